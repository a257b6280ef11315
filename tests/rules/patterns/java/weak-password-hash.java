class A {
    void run() throws Exception {
        MessageDigest md = MessageDigest.getInstance("MD5");
        // ruleid: weak-password-hash
        md.update(password.getBytes());
        // ruleid: weak-password-hash
        String a = DigestUtils.sha256Hex(user.getPassword());
        // ruleid: weak-password-hash
        PasswordEncoder b = NoOpPasswordEncoder.getInstance();
        // ok: weak-password-hash
        md.update(content.getBytes());
        // ok: weak-password-hash
        PasswordEncoder c = new BCryptPasswordEncoder(12);
        // ok: weak-password-hash
        String d = DigestUtils.sha256Hex(file);
    }
}
