class Fixed {
    private static final byte[] IV = "0123456789abcdef".getBytes();

    void seal(Cipher cipher, SecretKey key) throws Exception {
        // ruleid: static-iv
        cipher.init(Cipher.ENCRYPT_MODE, key, new IvParameterSpec(IV));
        // ruleid: static-iv
        cipher.init(Cipher.ENCRYPT_MODE, key, new IvParameterSpec("0123456789abcdef".getBytes()));
        byte[] zero = new byte[12];
        // ruleid: static-iv
        cipher.init(Cipher.ENCRYPT_MODE, key, new GCMParameterSpec(128, zero));
    }

    void sealSafely(Cipher cipher, SecretKey key) throws Exception {
        byte[] nonce = new byte[12];
        random.nextBytes(nonce);
        // ok: static-iv
        cipher.init(Cipher.ENCRYPT_MODE, key, new GCMParameterSpec(128, nonce));
    }

    void open(Cipher cipher, SecretKey key, byte[] sealed) throws Exception {
        byte[] nonce = new byte[12];
        System.arraycopy(sealed, 0, nonce, 0, 12);
        // ok: static-iv
        cipher.init(Cipher.DECRYPT_MODE, key, new GCMParameterSpec(128, nonce));
        // ok: static-iv
        cipher.init(Cipher.DECRYPT_MODE, key, new IvParameterSpec(Arrays.copyOf(sealed, 16)));
    }
}
