package main

func main() {
	// ruleid: jwt-not-verified
	a, _, _ := parser.ParseUnverified(text, claims)
	// ruleid: jwt-not-verified
	b, _ := token.SignedString([]byte("secret"))
	// ruleid: jwt-not-verified
	c, _ := token.SignedString(jwt.UnsafeAllowNoneSignatureType)
	// ok: jwt-not-verified
	d, _ := token.SignedString([]byte(os.Getenv("JWT_SECRET")))
	// ok: jwt-not-verified
	e, _ := jwt.Parse(text, keyFunc, jwt.WithValidMethods([]string{"HS256"}))
	// ok: jwt-not-verified
	f, _ := token.SignedString(key)
}

var signingKey = []byte("once-upon-a-midnight")

func sign(t *jwt.Token) (string, error) {
	// ruleid: jwt-not-verified
	return t.SignedString(signingKey)
}

func signSafely(t *jwt.Token, key []byte) (string, error) {
	// ok: jwt-not-verified
	return t.SignedString(key)
}
