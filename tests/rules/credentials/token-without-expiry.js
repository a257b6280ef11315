const jwt = require("jsonwebtoken");

// ruleid: token-without-expiry
const a = jwt.sign({ sub: user.id, note: "a, ) b" }, key);
// ruleid: token-without-expiry
const b = jwt.sign({ sub: user.id }, process.env.KEY, { algorithm: "HS256" });
// ruleid: token-without-expiry
jwt.sign(
  { sub: user.id, roles: ["a", "b"] }, // exp
  key,
  (error, token) => done(token),
);

// ok: token-without-expiry
const c = jwt.sign({ sub: user.id, exp: soon }, key);
// ok: token-without-expiry
const d = jwt.sign({ sub: user.id }, key, { expiresIn: "5m" });
// ok: token-without-expiry
const e = jwt.sign({ ...claims }, key);
// ok: token-without-expiry
const f = jwt.sign(claims, key);
// ok: token-without-expiry
const g = jwt.sign({ sub: user.id }, key, options);
// ok: token-without-expiry
const h = other.jwt.sign({ sub: user.id }, key);
