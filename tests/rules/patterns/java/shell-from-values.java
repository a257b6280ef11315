class Converter {
    void convert(String in, String out) throws Exception {
        // ruleid: shell-from-values
        new ProcessBuilder("sh", "-c", "convert " + in + " " + out).start();
        // ruleid: shell-from-values
        Runtime.getRuntime().exec(new String[]{"/bin/bash", "-c", String.format("convert %s", in)});
        // ruleid: shell-from-values
        Runtime.getRuntime().exec("convert " + in);
    }

    void command(ProcessBuilder builder, String in) {
        // ruleid: shell-from-values
        builder.command("bash", "-c", "pandoc " + in);
        // ok: shell-from-values
        builder.command("pandoc", "--", in);
    }

    void convertSafely(String in, String out) throws Exception {
        // ok: shell-from-values
        new ProcessBuilder("convert", "--", in, out).start();
        // ok: shell-from-values
        new ProcessBuilder("sh", "-c", "sync").start();
        // ok: shell-from-values
        Runtime.getRuntime().exec("sync");
    }
}
