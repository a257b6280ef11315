// ruleid: static-iv
crypto.createCipheriv("aes-256-cbc", key, "1234567890123456");
// ruleid: static-iv
crypto.createCipheriv("aes-256-cbc", key, Buffer.alloc(16, 0));
const iv = Buffer.from("00112233445566778899aabbccddeeff", "hex");
// ruleid: static-iv
crypto.createCipheriv("aes-256-cbc", key, iv);
// ruleid: static-iv
const derived = crypto.scryptSync(password, "salt", 32);
const fresh = crypto.randomBytes(12);
// ok: static-iv
crypto.createCipheriv("aes-256-gcm", key, fresh);
// ok: static-iv
crypto.createCipheriv("aes-256-gcm", key, crypto.randomBytes(12));
// ok: static-iv
const good = crypto.scryptSync(password, salt, 32);
// ok: static-iv
crypto.createDecipheriv("aes-256-gcm", key, Buffer.from(stored, "hex"));
