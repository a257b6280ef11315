class A extends HttpServlet {
    void doGet(HttpServletRequest request, HttpServletResponse response) {
        String name = request.getParameter("name");
        // ruleid: xss-response
        response.getWriter().println("<h1>Hello " + name + "</h1>");
        PrintWriter out = response.getWriter();
        // ruleid: xss-response
        out.write("<p>" + request.getParameter("q") + "</p>");
        // ok: xss-response
        out.write("<p>" + Encode.forHtml(name) + "</p>");
        // ok: xss-response
        out.write("<p>fixed</p>");
        // ok: xss-response
        log.write(name);
    }
}

@RestController
class Search {
    @GetMapping("/search")
    String search(@RequestParam String q) {
        // ruleid: xss-response
        return "<p>Results for " + q + "</p>";
    }

    @GetMapping("/greet")
    String greet(@RequestParam String name) {
        // ruleid: xss-response
        return String.format("<h1>Hello, %s!</h1>", name);
    }

    @GetMapping("/plain")
    String plain(@RequestParam String name) {
        // ok: xss-response
        return String.format("Hello, %s!", name);
    }

    @GetMapping("/echo")
    String echo(@RequestParam String q) {
        // ok: xss-response
        return "Results for " + q;
    }

    @GetMapping("/safe")
    String safe(@RequestParam String q) {
        // ok: xss-response
        return "<p>Results for " + HtmlUtils.htmlEscape(q) + "</p>";
    }
}
