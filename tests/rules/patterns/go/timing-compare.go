package main

func check(given string, body []byte) bool {
	h := hmac.New(sha256.New, key)
	h.Write(body)
	expected := hex.EncodeToString(h.Sum(nil))
	// ruleid: timing-compare
	if given == expected {
		return true
	}
	// ok: timing-compare
	if hmac.Equal([]byte(given), []byte(expected)) {
		return true
	}
	// ok: timing-compare
	return given == ""
}
