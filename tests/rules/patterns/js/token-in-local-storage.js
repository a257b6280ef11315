// ruleid: token-in-local-storage
localStorage.setItem("token", response.data.token);
// ruleid: token-in-local-storage
window.localStorage.setItem("refresh_token", tokens.refresh);
// ok: token-in-local-storage
localStorage.setItem("theme", theme);
// ok: token-in-local-storage
localStorage.removeItem("token");
