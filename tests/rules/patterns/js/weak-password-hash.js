// ruleid: weak-password-hash
const a = crypto.createHash("md5").update(password).digest("hex");
// ruleid: weak-password-hash
const b = createHash("sha256").update(req.body.password + salt).digest("hex");
// ruleid: weak-password-hash
const c = md5(user.password);
// ok: weak-password-hash
const d = crypto.createHash("md5").update(content).digest("hex");
// ok: weak-password-hash
const e = await bcrypt.hash(password, 12);
// ok: weak-password-hash
const f = crypto.createHash("sha256").update(token).digest("hex");
