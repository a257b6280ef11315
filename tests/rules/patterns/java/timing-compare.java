class Hmac {
    boolean verify(String expected, HttpServletRequest request) {
        // ruleid: timing-compare
        return expected.equals(request.getHeader("X-Signature"));
    }

    boolean key(HttpServletRequest request) {
        String given = request.getHeader("X-Api-Key");
        // ruleid: timing-compare
        return given.equals(KEY);
    }

    boolean mac(byte[] data, byte[] given) {
        byte[] mac = hmac.doFinal(data);
        // ruleid: timing-compare
        return Arrays.equals(mac, given);
    }

    boolean verifySafely(byte[] expected, HttpServletRequest request) {
        // ok: timing-compare
        if ("application/json".equals(request.getHeader("Content-Type"))) return false;
        // ok: timing-compare
        if (name.equals("X-Signature")) return false;
        // ok: timing-compare
        return MessageDigest.isEqual(expected, HexFormat.of().parseHex(request.getHeader("X-Signature")));
    }
}
