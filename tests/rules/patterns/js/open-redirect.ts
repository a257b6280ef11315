app.get("/login", (req, res) => {
  // ruleid: open-redirect
  res.redirect(req.query.next as string);
  const { back } = req.query;
  // ruleid: open-redirect
  res.redirect(302, back);
  // ruleid: open-redirect
  res.setHeader("Location", req.query.url);
  // ok: open-redirect
  res.redirect("/home");
  // ok: open-redirect
  res.redirect("https://" + req.hostname + req.originalUrl);
  // ok: open-redirect
  res.redirect(`/users/${req.params.id}`);
  // ok: open-redirect
  res.redirect(PAGES[req.query.next]);
  // ok: open-redirect
  res.redirect("/search?q=" + req.query.q);
});

export async function GET(request: NextRequest) {
  const next = request.nextUrl.searchParams.get("next");
  // ruleid: open-redirect
  return NextResponse.redirect(next);
}
