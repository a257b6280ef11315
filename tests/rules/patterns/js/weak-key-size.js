// ruleid: weak-key-size
crypto.generateKeyPairSync("rsa", { modulusLength: 1024 });
// ruleid: weak-key-size
const h = await bcrypt.hash(password, 5);
// ruleid: weak-key-size
crypto.pbkdf2Sync(password, salt, 1000, 32, "sha256");
// ruleid: weak-key-size
https.createServer({ key, cert, minVersion: "TLSv1" });
// ok: weak-key-size
crypto.generateKeyPairSync("rsa", { modulusLength: 3072 });
// ok: weak-key-size
const g = await bcrypt.hash(password, 12);
// ok: weak-key-size
crypto.pbkdf2Sync(password, salt, 600000, 32, "sha256");
// ok: weak-key-size
https.createServer({ key, cert, minVersion: "TLSv1.2" });
