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
