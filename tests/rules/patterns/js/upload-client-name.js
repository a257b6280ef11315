const storage = multer.diskStorage({
  destination: "uploads",
  filename: (req, file, cb) => {
    // ruleid: upload-client-name
    cb(null, file.originalname);
  },
});
const dated = multer.diskStorage({
  filename(req, file, done) {
    // ruleid: upload-client-name
    done(null, `${Date.now()}-${file.originalname}`);
  },
});
// ruleid: upload-client-name
sample.mv("./uploads/" + sample.name, done);

const good = multer.diskStorage({
  filename(req, file, done) {
    // ok: upload-client-name
    done(null, crypto.randomUUID() + ".png");
  },
});
// ok: upload-client-name
sample.mv("./uploads/" + id, done);
// ok: upload-client-name
log.info("received " + file.originalname);
