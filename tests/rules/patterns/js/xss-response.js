app.get("/hello", (req, res) => {
  // ruleid: xss-response
  res.send(`<h1>Hello ${req.query.name}</h1>`);
  const page = "<p>Results for " + req.query.q + "</p>";
  // ruleid: xss-response
  res.send(page);
  // ruleid: xss-response
  res.write("<li>" + req.body.item + "</li>");
  // ruleid: xss-response
  res.send(req.query.name);
  // ok: xss-response
  res.send(`<h1>Hello ${escapeHtml(req.query.name)}</h1>`);
  // ok: xss-response
  res.json({ name: req.query.name });
  // ok: xss-response
  res.render("hello", { name: req.query.name });
  // ok: xss-response
  res.send({ name: req.query.name });
  // ok: xss-response
  res.send(`<p>${Number(req.query.n)}</p>`);
});
