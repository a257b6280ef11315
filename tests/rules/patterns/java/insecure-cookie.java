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

class Login {
    void remember(HttpServletResponse response, String id) {
        Cookie session = new Cookie("session", id);
        session.setPath("/");
        // ruleid: insecure-cookie
        response.addCookie(session);
    }

    void rememberSafely(HttpServletResponse response, String id) {
        Cookie session = new Cookie("session", id);
        session.setHttpOnly(true);
        session.setSecure(true);
        // ok: insecure-cookie
        response.addCookie(session);
        Cookie theme = new Cookie("theme", "dark");
        // ok: insecure-cookie
        response.addCookie(theme);
    }
}

class Answer {
    void run(String token) {
        // ruleid: insecure-cookie
        ResponseCookie bare = ResponseCookie.from("token", token).path("/").build();
        // ok: insecure-cookie
        ResponseCookie good = ResponseCookie.from("token", token).path("/").httpOnly(true).secure(true).build();
    }
}
