// ruleid: world-writable-file
fs.chmodSync("/srv/data", 0o777);
// ruleid: world-writable-file
fs.chmod(path, "777", done);
// ruleid: world-writable-file
fs.writeFileSync("run.sh", text, { mode: 0o666 });
// ok: world-writable-file
fs.chmodSync("/srv/data", 0o755);
// ok: world-writable-file
fs.writeFileSync("key.pem", text, { mode: 0o600 });
// ok: world-writable-file
fs.chmod(path, 0o644, done);
