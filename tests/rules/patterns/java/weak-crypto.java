class A {
    void run() throws Exception {
        // ruleid: weak-crypto
        Cipher a = Cipher.getInstance("DES/CBC/PKCS5Padding");
        // ruleid: weak-crypto
        Cipher b = Cipher.getInstance("AES/ECB/PKCS5Padding");
        // ruleid: weak-crypto
        Cipher c = Cipher.getInstance("AES");
        // ruleid: weak-crypto
        IvParameterSpec iv = new IvParameterSpec("1234567890123456".getBytes());
        // ruleid: weak-crypto
        SecretKeySpec key = new SecretKeySpec("0123456789abcdef".getBytes(), "AES");
        // ok: weak-crypto
        Cipher d = Cipher.getInstance("AES/GCM/NoPadding");
        // ok: weak-crypto
        Cipher e = Cipher.getInstance("RSA/ECB/OAEPWithSHA-256AndMGF1Padding");
        // ok: weak-crypto
        IvParameterSpec good = new IvParameterSpec(fresh);
        // ok: weak-crypto
        SSLContext f = SSLContext.getInstance("TLS");
        // ok: weak-crypto
        SecretKeySpec g = new SecretKeySpec(bytes, "AES");
    }
}

class Fixed {
    private static final byte[] IV = "0123456789abcdef".getBytes();

    void run(Cipher cipher, SecretKey key) throws Exception {
        // ruleid: weak-crypto
        cipher.init(Cipher.ENCRYPT_MODE, key, new IvParameterSpec(IV));
        byte[] nonce = new byte[12];
        random.nextBytes(nonce);
        // ok: weak-crypto
        cipher.init(Cipher.ENCRYPT_MODE, key, new GCMParameterSpec(128, nonce));
    }
}
