@RestController
class Plugins {
    @GetMapping("/run")
    String run(@RequestParam String name) throws Exception {
        // ruleid: class-from-request
        return Class.forName(name).getDeclaredConstructor().newInstance().toString();
    }

    @GetMapping("/load")
    Class<?> load(HttpServletRequest request) throws Exception {
        // ruleid: class-from-request
        return loader.loadClass("com.acme." + request.getParameter("name"));
    }

    @GetMapping("/safe")
    String runSafely(@RequestParam String name) throws Exception {
        // ok: class-from-request
        Class.forName("com.acme.Driver");
        // ok: class-from-request
        return Class.forName(NAMES.get(name)).getName();
    }
}
