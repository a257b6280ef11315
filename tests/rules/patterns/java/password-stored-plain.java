class Users {
    void register(String name, String password) {
        User user = new User();
        // ruleid: password-stored-plain
        user.setPassword(password);
        users.save(user);
    }

    void register(SignUp form) {
        User user = new User();
        // ruleid: password-stored-plain
        user.setPassword(form.getPassword());
        users.save(user);
    }

    void registerSafely(String name, String password) {
        User user = new User();
        // ok: password-stored-plain
        user.setPassword(encoder.encode(password));
        users.save(user);
    }

    void connect(String password) {
        // ok: password-stored-plain
        dataSource.setPassword(password);
        pool.add(dataSource);
    }
}
