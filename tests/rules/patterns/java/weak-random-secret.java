class A {
    void run() {
        // ruleid: weak-random-secret
        int otp = new Random().nextInt(1000000);
        // ruleid: weak-random-secret
        String token = Long.toHexString(random.nextLong());
        // ruleid: weak-random-secret
        user.setResetToken("t" + Math.random());
        // ok: weak-random-secret
        int delay = new Random().nextInt(1000);
        // ok: weak-random-secret
        int pin = secureRandom.nextInt(1000000);
        // ok: weak-random-secret
        String token2 = secureRandom.nextLong() + "";
    }
}

class Tokens {
    String resetToken() {
        Random random = new Random();
        // ruleid: weak-random-secret
        return Long.toHexString(random.nextLong());
    }

    String sessionToken() {
        SecureRandom random = new SecureRandom();
        // ok: weak-random-secret
        return Long.toHexString(random.nextLong());
    }

    int dice() {
        Random random = new Random();
        // ok: weak-random-secret
        return random.nextInt(6);
    }
}
