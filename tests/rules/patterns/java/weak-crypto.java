class A {
    void run() throws Exception {
        // ruleid: weak-crypto
        Cipher a = Cipher.getInstance("DES/CBC/PKCS5Padding");
        // ruleid: weak-crypto
        Cipher b = Cipher.getInstance("AES/ECB/PKCS5Padding");
        // ruleid: weak-crypto
        Cipher c = Cipher.getInstance("AES");
        // ruleid: weak-crypto
        SecretKeySpec key = new SecretKeySpec("0123456789abcdef".getBytes(), "AES");
        // ok: weak-crypto
        Cipher d = Cipher.getInstance("AES/GCM/NoPadding");
        // ok: weak-crypto
        Cipher e = Cipher.getInstance("RSA/ECB/OAEPWithSHA-256AndMGF1Padding");
        // ok: weak-crypto
        SSLContext f = SSLContext.getInstance("TLS");
        // ok: weak-crypto
        SecretKeySpec g = new SecretKeySpec(bytes, "AES");
    }
}
