package main

func checkKey(r *http.Request, want string) bool {
	// ruleid: key-compared-plain
	return r.Header.Get("X-Api-Key") == want
}

func checkToken(r *http.Request, want string) bool {
	token := r.Header.Get("X-Auth-Token")
	// ok: key-compared-plain
	if token == "" {
		return false
	}
	// ruleid: key-compared-plain
	return token == want
}

func checkSafely(r *http.Request, want string) bool {
	// ok: key-compared-plain
	if r.Header.Get("Content-Type") != "application/json" {
		return false
	}
	// ok: key-compared-plain
	return subtle.ConstantTimeCompare([]byte(r.Header.Get("X-Api-Key")), []byte(want)) == 1
}
