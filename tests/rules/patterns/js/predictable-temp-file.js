// ruleid: predictable-temp-file
fs.writeFileSync("/tmp/report.json", text);
// ruleid: predictable-temp-file
fs.createWriteStream(path.join(os.tmpdir(), "upload.bin"));
// ok: predictable-temp-file
fs.writeFileSync(path.join(fs.mkdtempSync(path.join(os.tmpdir(), "app-")), "report.json"), text);
// ok: predictable-temp-file
fs.readFileSync("/tmp/report.json");
