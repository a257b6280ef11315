// ruleid: jwt-literal-secret
const token = jwt.sign({ id }, "supersecret", { expiresIn: "1h" });
// ruleid: jwt-literal-secret
app.use(session({ resave: false, secret: "keyboard-cat" }));
// ruleid: jwt-literal-secret
jwt.verify(token, process.env.JWT_SECRET || "changeme");
const KEY = "my-secret-key";
// ruleid: jwt-literal-secret
jwt.sign({ id }, KEY);
// ruleid: jwt-literal-secret
const JWT = process.env.JWT_SECRET || "development";
// ok: jwt-literal-secret
jwt.sign({ id }, process.env.JWT_SECRET, { expiresIn: "1h" });
// ok: jwt-literal-secret
app.use(session({ resave: false, secret: config.sessionSecret }));
// ok: jwt-literal-secret
const region = process.env.REGION || "eu-west-1";
// ok: jwt-literal-secret
jwt.verify(token, readKey("signing"));
// ok: jwt-literal-secret
cookieParser();
