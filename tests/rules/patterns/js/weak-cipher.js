// ruleid: weak-cipher
const a = crypto.createCipher("aes-256-cbc", password);
// ruleid: weak-cipher
const b = crypto.createCipheriv("des-ede3-cbc", key, iv);
// ruleid: weak-cipher
const c = crypto.createCipheriv("aes-128-ecb", key, null);
// ruleid: weak-cipher
const d = CryptoJS.AES.encrypt(text, key, { mode: CryptoJS.mode.ECB });
// ok: weak-cipher
const e = crypto.createCipheriv("aes-256-gcm", key, iv);
// ok: weak-cipher
const f = crypto.createDecipheriv("aes-256-gcm", key, iv);
// ok: weak-cipher
const g = crypto.createCipheriv("chacha20-poly1305", key, iv);
// ok: weak-cipher
const h = CryptoJS.AES.encrypt(text, key, { mode: CryptoJS.mode.CTR });
