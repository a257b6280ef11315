zip.on("entry", (entry) => {
  // ruleid: zip-slip
  entry.pipe(fs.createWriteStream(path.join(folder, entry.path)));
});
for (const entry of zip.getEntries()) {
  // ruleid: zip-slip
  fs.writeFileSync(folder + "/" + entry.entryName, entry.getData());
}
zip.on("entry", (entry) => {
  const target = path.resolve(folder, entry.path);
  if (!target.startsWith(folder + path.sep)) throw new Error("outside");
  // ok: zip-slip
  entry.pipe(fs.createWriteStream(path.join(folder, entry.path)));
});
for (const entry of zip.getEntries()) {
  // ok: zip-slip
  fs.writeFileSync(path.join(folder, `${index}.bin`), entry.getData());
}
