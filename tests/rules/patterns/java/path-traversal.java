class A extends HttpServlet {
    void doGet(HttpServletRequest request, HttpServletResponse response) {
        String name = request.getParameter("name");
        // ruleid: path-traversal
        new FileInputStream("uploads/" + name);
        // ruleid: path-traversal
        Files.readAllBytes(Paths.get("uploads", name));
        // ok: path-traversal
        new FileInputStream("uploads/" + FilenameUtils.getName(name));
        // ok: path-traversal
        Files.readAllBytes(Paths.get("uploads", "fixed"));
    }

    @PostMapping("/upload")
    void upload(MultipartFile file) {
        // ruleid: path-traversal
        file.transferTo(Paths.get("uploads", file.getOriginalFilename()));
    }

    @GetMapping("/file")
    Resource file(@RequestParam String name) {
        Path path = root.resolve(name).normalize();
        if (!path.startsWith(root)) throw new IllegalArgumentException();
        // ok: path-traversal
        return new FileSystemResource(path);
    }
}

@RestController
class Images {
    @GetMapping("/image")
    Resource image(@RequestParam String name) throws Exception {
        // ruleid: path-traversal
        return new UrlResource(Paths.get("images").resolve(name).toUri());
    }

    @GetMapping("/logo")
    Resource logo(@RequestParam String name) throws Exception {
        // ok: path-traversal
        return new UrlResource(Paths.get("images").resolve("logo.png").toUri());
    }
}
