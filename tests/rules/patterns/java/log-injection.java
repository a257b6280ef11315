class A extends HttpServlet {
    void doGet(HttpServletRequest request, HttpServletResponse response) {
        // ruleid: log-injection
        log.info("login of " + request.getParameter("user"));
        // ruleid: log-injection
        logger.warn("agent {}", request.getHeader("User-Agent"));
        String name = request.getParameter("name");
        // ruleid: log-injection
        log.info("hello " + name);
        // ok: log-injection
        log.info("login of {}", clean(request.getParameter("user")));
        // ok: log-injection
        log.info("login of " + user.getId());
        // ok: log-injection
        store.put("user", request.getParameter("user"));
    }
}

@RestController
class Audit {
    @PostMapping("/login")
    void login(@RequestParam String user) {
        // ruleid: log-injection
        log.info("attempt: " + user);
        // ok: log-injection
        log.info("attempt: {}", user.replaceAll("[\\r\\n]", "_"));
    }
}
