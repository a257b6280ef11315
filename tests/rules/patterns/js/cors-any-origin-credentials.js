// ruleid: cors-any-origin-credentials
app.use(cors({ origin: true, credentials: true }));
// ruleid: cors-any-origin-credentials
app.use(cors({ origin: "*", credentials: true }));
// ruleid: cors-any-origin-credentials
res.setHeader("Access-Control-Allow-Origin", req.headers.origin);
// ruleid: cors-any-origin-credentials
app.use(cors({ origin: (origin, done) => done(null, true), credentials: true }));
// ok: cors-any-origin-credentials
app.use(cors({ origin: ["https://app.example.com"], credentials: true }));
// ok: cors-any-origin-credentials
app.use(cors({ origin: "*" }));
// ok: cors-any-origin-credentials
res.setHeader("Access-Control-Allow-Origin", "https://app.example.com");
// ok: cors-any-origin-credentials
app.use(cors());
