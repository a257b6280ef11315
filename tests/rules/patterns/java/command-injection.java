class A extends HttpServlet {
    void doGet(HttpServletRequest request, HttpServletResponse response) {
        String host = request.getParameter("host");
        // ruleid: command-injection
        Runtime.getRuntime().exec("ping -c 1 " + host);
        // ruleid: command-injection
        new ProcessBuilder("sh", "-c", "ping " + host).start();
        // ruleid: command-injection
        engine.eval(request.getParameter("formula"));
        // ok: command-injection
        Runtime.getRuntime().exec("uptime");
        int count = Integer.parseInt(request.getParameter("n"));
        // ok: command-injection
        new ProcessBuilder("sh", "-c", "head -n " + count).start();
        // ok: command-injection
        engine.eval("1 + 1");
    }

    @GetMapping("/run")
    String run(@RequestParam String name) {
        // ruleid: command-injection
        return read(Runtime.getRuntime().exec("run-" + name));
    }

    @GetMapping("/size")
    String size(@RequestParam int size) {
        // ok: command-injection
        return read(Runtime.getRuntime().exec("run-" + size));
    }
}

@RestController
class Ping {
    @GetMapping("/ping")
    Process ping(@RequestParam String host) {
        // ok: command-injection
        return new ProcessBuilder("ping", "-c", "1", "--", host).start();
    }

    @GetMapping("/shell")
    Process shell(@RequestParam String host) {
        // ruleid: command-injection
        return new ProcessBuilder("sh", "-c", "ping " + host).start();
    }
}
