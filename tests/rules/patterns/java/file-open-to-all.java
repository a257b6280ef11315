class Temp {
    void write(byte[] data) throws IOException {
        File file = new File("/tmp/report.csv");
        // ruleid: file-open-to-all
        file.createNewFile();
        // ruleid: file-open-to-all
        file.setWritable(true, false);
        // ruleid: file-open-to-all
        Files.write(Paths.get("/tmp/report.csv"), data);
        // ruleid: file-open-to-all
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwxrwxrwx"));
    }

    void writeSafely(byte[] data) throws IOException {
        // ok: file-open-to-all
        Path file = Files.createTempFile("report", ".csv");
        // ok: file-open-to-all
        file.toFile().setWritable(true, true);
        // ok: file-open-to-all
        Files.write(file, data);
        // ok: file-open-to-all
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
    }
}
