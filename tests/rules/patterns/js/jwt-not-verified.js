// ruleid: jwt-not-verified
const a = jwt.verify(token, key, { algorithms: ["HS256", "none"] });
// ruleid: jwt-not-verified
const b = jwt.sign({ id }, "", { algorithm: "none" });
// ruleid: jwt-not-verified
const c = jwt.verify(token, key, { ignoreExpiration: true });
app.use((req, res, next) => {
  // ruleid: jwt-not-verified
  req.user = jwt.decode(req.headers.authorization.split(" ")[1]);
  // ok: jwt-not-verified
  req.user = jwt.verify(token, key, { algorithms: ["HS256"] });
});
// ok: jwt-not-verified
const d = jwt.verify(token, key);
// ok: jwt-not-verified
const e = jwt.decode(token, { complete: true }).header.kid;
// ok: jwt-not-verified
const f = jwt.sign({ id }, key, { algorithm: "RS256" });

async function whoever(request, response, next) {
  // ruleid: jwt-not-verified
  request.user = jwt.decode(request.cookies.token);
  next();
}

async function koa(ctx, next) {
  // ruleid: jwt-not-verified
  ctx.state.user = jwt.decode(ctx.cookies.get("token"));
  await next();
}

class Page {
  show(token) {
    // ok: jwt-not-verified
    this.user = jwtDecode(token);
    // ok: jwt-not-verified
    store.user = jwtDecode(token);
  }
}
