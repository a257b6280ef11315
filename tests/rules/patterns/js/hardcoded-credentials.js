// ruleid: hardcoded-credentials
const db = mysql.createConnection({ host: "db", user: "root", password: "hunter22" });
// ruleid: hardcoded-credentials
mongoose.connect("mongodb://admin:hunter22@db/app");
// ruleid: hardcoded-credentials
const pool = new Pool({ user: "app", password: "hunter22" });
// ruleid: hardcoded-credentials
if (username === "admin" && password === "hunter22") login();
// ok: hardcoded-credentials
const good = mysql.createConnection({ host: "db", password: process.env.DB_PASSWORD });
// ok: hardcoded-credentials
mongoose.connect("mongodb://localhost/app");
// ok: hardcoded-credentials
if (req.body.password === user.password) login();
// ok: hardcoded-credentials
const empty = password === undefined;
