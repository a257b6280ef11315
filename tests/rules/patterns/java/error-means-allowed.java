class A {
    boolean a(String token) {
        // ruleid: error-means-allowed
        try {
            verifier.verify(token);
            return true;
        } catch (Exception e) {
            log.warn("bad token");
            return true;
        }
    }

    boolean b(String token) {
        // ok: error-means-allowed
        try {
            verifier.verify(token);
            return true;
        } catch (Exception e) {
            return false;
        }
    }
}
