class Auth {
    boolean login(String user, String password, Account account) {
        // ruleid: secret-in-log
        log.debug("login user={} password={}", user, password);
        // ruleid: secret-in-log
        System.out.println("key " + account.getApiKey());
        // ok: secret-in-log
        log.info("login user={}", user);
        // ok: secret-in-log
        log.warn("the password of {} is wrong", user);
        // ok: secret-in-log
        log.debug("found {}", hasPassword);
        return check(user, password);
    }
}
