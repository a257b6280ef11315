class Pay {
    void pay(Order order) {
        // ruleid: security-check-swallowed
        try {
            verifySignature(order);
        } catch (Exception e) {
        }
        // ruleid: security-check-swallowed
        try {
            guard.checkAccess(order);
        } catch (AccessDeniedException e) {
            e.printStackTrace();
        }
        charge(order);
    }

    void paySafely(Order order) {
        // ok: security-check-swallowed
        try {
            verifySignature(order);
        } catch (SignatureException e) {
            throw new IllegalArgumentException(e);
        }
        // ok: security-check-swallowed
        try {
            stream.close();
        } catch (IOException e) {
        }
    }
}
