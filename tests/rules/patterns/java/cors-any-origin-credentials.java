class A {
    void cors(CorsRegistry registry) {
        // ruleid: cors-any-origin-credentials
        registry.addMapping("/**").allowedOriginPatterns("*").allowCredentials(true);
        // ruleid: cors-any-origin-credentials
        response.setHeader("Access-Control-Allow-Origin", request.getHeader("Origin"));
        // ok: cors-any-origin-credentials
        registry.addMapping("/**").allowedOrigins("https://app.example.com").allowCredentials(true);
        // ok: cors-any-origin-credentials
        response.setHeader("Access-Control-Allow-Origin", "https://app.example.com");
    }
}
