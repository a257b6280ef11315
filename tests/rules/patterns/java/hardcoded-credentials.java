class A {
    void run() throws Exception {
        // ruleid: hardcoded-credentials
        Connection a = DriverManager.getConnection(url, "root", "hunter22");
        // ruleid: hardcoded-credentials
        source.setPassword("hunter22");
        // ruleid: hardcoded-credentials
        if (password.equals("hunter22")) login();
        // ok: hardcoded-credentials
        Connection b = DriverManager.getConnection(url, "root", System.getenv("DB_PASSWORD"));
        // ok: hardcoded-credentials
        source.setPassword(config.password());
        // ok: hardcoded-credentials
        if (password.equals("")) refuse();
    }
}
