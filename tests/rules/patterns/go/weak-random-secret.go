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
