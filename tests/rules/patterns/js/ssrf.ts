app.get("/proxy", async (req, res) => {
  // ruleid: ssrf
  const page = await fetch(req.query.url as string);
  const { target } = req.body;
  // ruleid: ssrf
  const data = await axios.get(target);
  // ruleid: ssrf
  https.get(`${req.query.host}/health`, done);
  // ok: ssrf
  await fetch("https://api.example.com/items");
  // ok: ssrf
  await fetch(HOOKS[req.query.name]);
  // ok: ssrf
  await axios.post("https://api.example.com/items", req.body);
  // ok: ssrf
  await fetch(`https://api.example.com/items/${req.params.id}`);
});

app.get("/checked", async (req, res) => {
  const url = new URL(req.query.url);
  if (!HOSTS.has(url.hostname)) return res.sendStatus(400);
  // ok: ssrf
  await fetch(url.hostname);
});

export async function GET(request: Request) {
  const target = new URL(request.url).searchParams.get("target");
  // ruleid: ssrf
  return fetch(target);
}
app.post("/preview", async (req, res) => {
  const url = new URL(req.body.url);
  if (url.protocol !== "https:" || !HOSTS.has(url.hostname)) return res.sendStatus(400);
  // ok: ssrf
  await fetch(url);
});
export async function GET(request) {
  const { searchParams } = new URL(request.url);
  // ruleid: ssrf
  return fetch(searchParams.get("target"));
}
