import OpenAI from "openai";

const openai = new OpenAI();

async function run(question: string) {
  const answer = await openai.chat.completions.create({ model, messages });
  const code = answer.choices[0].message.content;
  // ruleid: llm-output-executed
  eval(code);
  // ruleid: llm-output-executed
  await db.query(code);
  // ruleid: llm-output-executed
  exec(code, done);
  const { text } = await generateText({ model, prompt: question });
  // ruleid: llm-output-executed
  box.innerHTML = text;
  // ok: llm-output-executed
  box.textContent = text;
  // ok: llm-output-executed
  box.innerHTML = DOMPurify.sanitize(text);
  const action = ACTIONS[text];
  // ok: llm-output-executed
  exec(action, done);
  // ok: llm-output-executed
  await db.query("SELECT * FROM notes WHERE topic = $1", [text]);
  // ok: llm-output-executed
  await fs.writeFile("answer.txt", text);
}

server.tool("read", { path: z.string() }, async ({ path }) => {
  // ruleid: llm-output-executed
  return reply(await readFile(path, "utf8"));
});
server.tool("list", { folder: z.string() }, async ({ folder }) => {
  // ruleid: llm-output-executed
  return reply(execSync(`ls ${folder}`));
});
server.tool("get", { id: z.string() }, async ({ id }) => {
  // ok: llm-output-executed
  return reply(await db.query("SELECT * FROM notes WHERE id = $1", [id]));
});
