// ruleid: slow-regex
const ok = /^(a+)+$/.test(text);
// ruleid: slow-regex
const words = /^([a-z0-9]+)*$/;
// ok: slow-regex
const plain = /^a+$/.test(text);
// ok: slow-regex
const list = /^([a-z]+,)*$/;
