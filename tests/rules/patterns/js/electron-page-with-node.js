// ruleid: electron-page-with-node
const a = new BrowserWindow({ width: 800, webPreferences: { nodeIntegration: true } });
// ruleid: electron-page-with-node
const b = new BrowserWindow({ webPreferences: { preload, contextIsolation: false } });
// ruleid: electron-page-with-node
const c = new BrowserWindow({ webPreferences: { webSecurity: false } });
// ok: electron-page-with-node
const d = new BrowserWindow({ webPreferences: { preload } });
// ok: electron-page-with-node
const e = new BrowserWindow({ webPreferences: { nodeIntegration: false, contextIsolation: true } });
// ok: electron-page-with-node
const f = { nodeIntegration: true };
