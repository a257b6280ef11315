"use server";

// ruleid: server-action-without-auth
export async function deletePost(id: string) {
  await db.post.delete({ where: { id } });
}

// ok: server-action-without-auth
export async function updatePost(id: string, title: string) {
  const session = await auth();
  if (!session) throw new Error("sign in first");
  await db.post.update({ where: { id, owner: session.user.id }, data: { title } });
}

// ok: server-action-without-auth
export async function readPost(id: string) {
  return db.post.findUnique({ where: { id } });
}
