// ruleid: client-without-timeout
const api = axios.create({ baseURL: "https://api.example.com" });
// ruleid: client-without-timeout
server.requestTimeout = 0;
// ok: client-without-timeout
const good = axios.create({ baseURL: "https://api.example.com", timeout: 10_000 });
// ok: client-without-timeout
const spread = axios.create({ ...defaults });
