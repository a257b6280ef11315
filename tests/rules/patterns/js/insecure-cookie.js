// ruleid: insecure-cookie
res.cookie("token", token, { httpOnly: false });
// ruleid: insecure-cookie
res.cookie("session", id);
// ruleid: insecure-cookie
res.cookie("authToken", token, { maxAge: 1000 });
// ruleid: insecure-cookie
app.use(session({ secret, cookie: { secure: false } }));
// ok: insecure-cookie
res.cookie("token", token, { httpOnly: true, secure: true, sameSite: "lax" });
// ok: insecure-cookie
res.cookie("theme", "dark");
// ok: insecure-cookie
app.use(session({ secret, cookie: { secure: true } }));
// ok: insecure-cookie
res.cookie("session", id, { ...defaults, maxAge: 5 });
// ok: insecure-cookie
res.cookie("XSRF-TOKEN", value, { httpOnly: false });
// ruleid: insecure-cookie
res.cookie("session", id, { httpOnly: true });
// ok: insecure-cookie
res.cookie("session", id, { httpOnly: true, secure: true });
// ok: insecure-cookie
res.cookie("session", id, { httpOnly: true, ...settings });
