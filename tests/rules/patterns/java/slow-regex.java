class Mail {
    // ruleid: slow-regex
    static final Pattern NAME = Pattern.compile("^([a-zA-Z0-9]+)*@acme$");
    // ruleid: slow-regex
    boolean digits(String s) { return s.matches("(\\d+)+"); }
    // ok: slow-regex
    static final Pattern PLAIN = Pattern.compile("^[a-zA-Z0-9]+@acme$");
    // ok: slow-regex
    boolean date(String s) { return s.matches("(\\d{4})-(\\d{2})"); }
}
