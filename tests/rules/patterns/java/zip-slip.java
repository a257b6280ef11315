import java.util.zip.ZipEntry;

class A {
    void unpack(ZipInputStream zip, File folder) {
        ZipEntry entry = zip.getNextEntry();
        // ruleid: zip-slip
        write(new File(folder, entry.getName()), zip);
        // ruleid: zip-slip
        write(root.resolve(entry.getName()), zip);
        // ok: zip-slip
        write(new File(folder, "fixed"), zip);
        // ok: zip-slip
        write(new File(folder, user.getName()), zip);
    }
}

class Unzip {
    void unpack(ZipInputStream zip, Path root) throws IOException {
        for (ZipEntry e = zip.getNextEntry(); e != null; e = zip.getNextEntry()) {
            // ruleid: zip-slip
            Files.copy(zip, root.resolve(e.getName()));
            // ok: zip-slip
            Files.copy(zip, root.resolve("fixed"));
        }
    }
}
