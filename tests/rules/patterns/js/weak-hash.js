// ruleid: weak-hash
const signer = crypto.createSign("RSA-SHA1");
// ruleid: weak-hash
const mac = crypto.createHmac("md5", key).update(body).digest("hex");
// ruleid: weak-hash
const resetToken = crypto.createHash("sha1").update(email + Date.now()).digest("hex");
// ok: weak-hash
const etag = crypto.createHash("sha1").update(body).digest("base64");
// ok: weak-hash
const good = crypto.createSign("RSA-SHA256");
// ok: weak-hash
const mac2 = crypto.createHmac("sha256", key).update(body).digest("hex");
