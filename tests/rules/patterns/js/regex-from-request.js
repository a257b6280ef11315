app.get("/search", (req, res) => {
  // ruleid: regex-from-request
  const a = new RegExp(req.query.q, "i");
  // ruleid: regex-from-request
  const b = new RegExp(`^${req.query.prefix}`);
  const { term } = req.query;
  // ruleid: regex-from-request
  const c = new RegExp(term);
  // ok: regex-from-request
  const d = new RegExp(escapeStringRegexp(req.query.q));
  // ok: regex-from-request
  const e = /^[a-z]+$/.test(req.query.q);
  // ok: regex-from-request
  const f = new RegExp("^" + PREFIX);
});
