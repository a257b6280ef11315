// ruleid: whole-folder-served
app.use(express.static(__dirname));
// ruleid: whole-folder-served
app.use("/files", express.static(process.cwd()));
// ruleid: whole-folder-served
app.use(express.static("public", { dotfiles: "allow" }));
// ok: whole-folder-served
app.use(express.static("public"));
// ok: whole-folder-served
app.use(express.static(path.join(__dirname, "public")));
// ok: whole-folder-served
app.use(express.static("public", { maxAge: "1d" }));
