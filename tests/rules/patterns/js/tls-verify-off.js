// ruleid: tls-verify-off
const agent = new https.Agent({ keepAlive: true, rejectUnauthorized: false });
// ruleid: tls-verify-off
process.env.NODE_TLS_REJECT_UNAUTHORIZED = "0";
// ruleid: tls-verify-off
const db = new Pool({ host, ssl: { rejectUnauthorized: false } });
// ruleid: tls-verify-off
tls.connect({ host, checkServerIdentity: () => undefined });
// ok: tls-verify-off
const good = new https.Agent({ rejectUnauthorized: true, ca });
// ok: tls-verify-off
const off = process.env.NODE_TLS_REJECT_UNAUTHORIZED === "0";
// ok: tls-verify-off
tls.connect({ host, checkServerIdentity: (name, cert) => verify(name, cert) });
// ok: tls-verify-off
const other = new Pool({ host, ssl: { ca } });
