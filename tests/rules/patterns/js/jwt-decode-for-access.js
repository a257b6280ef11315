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
const jwt = require("jsonwebtoken");

function user(token) {
  // ok: jwt-decode-for-access
  return jwt.decode(token);
}

function signedIn(req, res, next) {
  let claims = jwt.decode(req.headers.authorization.slice(7));
  if (!claims) return res.sendStatus(401);
  // ruleid: jwt-decode-for-access
  req.account = accounts.get(claims.sub);
  next();
}

exports.administer = async function (req, res) {
  // ruleid: jwt-decode-for-access
  const { role } = jwt.decode(req.cookies.token);
  const opened = jwt.decode(req.cookies.token);
  // ruleid: jwt-decode-for-access
  if (opened?.isAdmin) res.json(await everything());
};

function checked(req, res, next) {
  const claims = jwt.decode(req.cookies.token, { complete: true });
  const proven = jwt.verify(req.cookies.token, keyOf(claims.header.kid), { algorithms: ["RS256"] });
  // ok: jwt-decode-for-access
  req.user = proven;
  // ok: jwt-decode-for-access
  log.info(claims.sub);
  next();
}

function shown(token) {
  const { sub } = jwtDecode(token);
  // ok: jwt-decode-for-access
  return sub;
}
