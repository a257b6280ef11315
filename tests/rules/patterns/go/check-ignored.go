package main

func login(text, password string, hash []byte, cert *x509.Certificate) error {
	// ruleid: check-ignored
	token, _ := jwt.Parse(text, keyFunc)
	// ruleid: check-ignored
	_ = bcrypt.CompareHashAndPassword(hash, []byte(password))
	// ok: check-ignored
	claims, err := jwt.ParseWithClaims(text, &Claims{}, keyFunc)
	if err != nil {
		return err
	}
	// ok: check-ignored
	if err := bcrypt.CompareHashAndPassword(hash, []byte(password)); err != nil {
		return err
	}
	// ok: check-ignored
	age, _ := strconv.Atoi(text)
	use(token, claims, age)
	return nil
}
