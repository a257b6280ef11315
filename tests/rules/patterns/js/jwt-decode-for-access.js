app.get("/admin", (req, res) => {
  const claims = jwt.decode(req.cookies.token);
  // ruleid: jwt-decode-for-access
  if (claims.role !== "admin") return res.sendStatus(403);
  // ruleid: jwt-decode-for-access
  const id = jwt.decode(req.cookies.token).sub;
  // ok: jwt-decode-for-access
  const algorithm = claims.alg;
  const good = jwt.verify(req.cookies.token, key, { algorithms: ["HS256"] });
  // ok: jwt-decode-for-access
  show(good.role);
});
