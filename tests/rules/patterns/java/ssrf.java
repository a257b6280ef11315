class A extends HttpServlet {
    void doGet(HttpServletRequest request, HttpServletResponse response) {
        String target = request.getParameter("url");
        // ruleid: ssrf
        new URL(target).openStream();
        // ruleid: ssrf
        rest.getForObject(target, String.class);
        // ruleid: ssrf
        response.sendRedirect(request.getParameter("next"));
        // ok: ssrf
        rest.getForObject("https://api.example.com/items/" + target, String.class);
        // ok: ssrf
        response.sendRedirect("/home");
        // ok: ssrf
        new URL("https://api.example.com/").openStream();
    }
}
