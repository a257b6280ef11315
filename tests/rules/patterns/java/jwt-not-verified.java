class A {
    void run() {
        // ruleid: jwt-not-verified
        Claims a = Jwts.parser().setSigningKey("secret").parseClaimsJws(token).getBody();
        // ruleid: jwt-not-verified
        String b = JWT.create().sign(Algorithm.none());
        // ruleid: jwt-not-verified
        Algorithm c = Algorithm.HMAC256("secret");
        // ok: jwt-not-verified
        Claims d = Jwts.parser().verifyWith(key).build().parseSignedClaims(token).getPayload();
        // ok: jwt-not-verified
        Algorithm e = Algorithm.HMAC256(System.getenv("JWT_SECRET"));
        // ok: jwt-not-verified
        String f = JWT.create().sign(algorithm);
    }
}

class Reader {
    DecodedJWT read(String token) {
        // ruleid: jwt-not-verified
        return JWT.decode(token);
    }

    DecodedJWT readSafely(String token) {
        // ok: jwt-not-verified
        String key = JWT.decode(token).getKeyId();
        return verifier(key).verify(token);
    }
}
