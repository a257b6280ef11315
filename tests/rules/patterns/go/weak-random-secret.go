package main

import (
	"math/rand"
)

func generateToken() string {
	// ruleid: weak-random-secret
	token := strconv.Itoa(rand.Intn(1000000))
	// ruleid: weak-random-secret
	user.ResetToken = letters[rand.Intn(26)]
	// ok: weak-random-secret
	delay := rand.Intn(100)
	// ok: weak-random-secret
	token2 := newToken()
	return token
}

func newToken() string {
	const letters = "abcdefghijklmnopqrstuvwxyz0123456789"
	b := make([]byte, 32)
	for i := range b {
		// ruleid: weak-random-secret
		b[i] = letters[rand.Intn(len(letters))]
	}
	return string(b)
}

func pick(names []string) string {
	// ok: weak-random-secret
	return names[rand.Intn(len(names))]
}
