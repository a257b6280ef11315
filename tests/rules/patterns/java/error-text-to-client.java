class Errors {
    @ExceptionHandler(Exception.class)
    ResponseEntity<String> handle(Exception e) {
        StringWriter trace = new StringWriter();
        e.printStackTrace(new PrintWriter(trace));
        // ruleid: error-text-to-client
        return ResponseEntity.status(500).body(trace.toString());
    }

    void page(HttpServletResponse response, SQLException e) throws IOException {
        // ruleid: error-text-to-client
        response.getWriter().println("failed: " + e.getMessage());
        // ruleid: error-text-to-client
        e.printStackTrace(response.getWriter());
    }

    ResponseEntity<String> handleSafely(Exception e, IllegalArgumentException wrong) {
        // ok: error-text-to-client
        log.error("orders", e);
        // ok: error-text-to-client
        if (e == null) return ResponseEntity.badRequest().body(wrong.getMessage());
        // ok: error-text-to-client
        return ResponseEntity.status(500).body("try again later");
    }
}
