package main

func main() {
	// ruleid: weak-crypto
	a, _ := des.NewCipher(key)
	// ruleid: weak-crypto
	b, _ := rsa.GenerateKey(rand.Reader, 1024)
	// ruleid: weak-crypto
	c := md5.Sum([]byte(password))
	// ruleid: weak-crypto
	d := sha256.Sum256([]byte(user.Password + salt))
	// ruleid: weak-crypto
	e, _ := bcrypt.GenerateFromPassword(p, 4)
	// ok: weak-crypto
	f, _ := aes.NewCipher(key)
	// ok: weak-crypto
	g, _ := rsa.GenerateKey(rand.Reader, 3072)
	// ok: weak-crypto
	h := md5.Sum([]byte(content))
	// ok: weak-crypto
	i, _ := bcrypt.GenerateFromPassword(p, bcrypt.DefaultCost)
	// ok: weak-crypto
	j := sha256.Sum256([]byte(text))
}

func fingerprint(user User, file []byte) {
	h := sha1.New()
	// ruleid: weak-crypto
	h.Write([]byte(user.Password))
	// ruleid: weak-crypto
	io.WriteString(h, pw)
	sum := sha256.New()
	// ok: weak-crypto
	io.WriteString(sum, name)
	// ok: weak-crypto
	sum.Write(file)
}
