import fs from "fs";
import path from "path";

app.get("/files/:name", (req, res) => {
  // ruleid: path-traversal
  fs.readFile(path.join("uploads", req.params.name), done);
  const file = `./docs/${req.query.file}`;
  // ruleid: path-traversal
  res.sendFile(file);
  // ruleid: path-traversal
  fs.createReadStream(file).pipe(res);
  // ruleid: path-traversal
  await fs.promises.unlink("/srv/data/" + req.body.name);
  // ok: path-traversal
  fs.readFile(path.join("uploads", path.basename(req.params.name)), done);
  // ok: path-traversal
  res.sendFile(req.params.name, { root: "uploads" });
  // ok: path-traversal
  fs.writeFile("log.txt", req.body.text, done);
  // ok: path-traversal
  fs.readFile(PAGES[req.params.name], done);
});

app.get("/safe/:name", (req, res) => {
  const full = path.resolve(ROOT, req.params.name);
  if (!full.startsWith(ROOT + path.sep)) return res.sendStatus(400);
  // ok: path-traversal
  fs.readFile(full, done);
});

app.post("/avatar", upload.single("avatar"), (req, res) => {
  // ruleid: path-traversal
  fs.writeFileSync("public/" + req.file.originalname, data);
});
