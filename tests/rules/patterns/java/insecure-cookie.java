class A {
    void run(Cookie cookie) {
        // ruleid: insecure-cookie
        cookie.setHttpOnly(false);
        // ruleid: insecure-cookie
        cookie.setSecure(false);
        // ok: insecure-cookie
        cookie.setHttpOnly(true);
        // ok: insecure-cookie
        cookie.setSecure(request.isSecure());
    }
}
