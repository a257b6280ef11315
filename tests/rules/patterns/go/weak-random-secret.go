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

func NewSession() string {
	r := rand.New(rand.NewSource(time.Now().UnixNano()))
	// ruleid: weak-random-secret
	return fmt.Sprintf("%x", r.Int63())
}

func jitter() int {
	r := rand.New(rand.NewSource(1))
	// ok: weak-random-secret
	return r.Intn(1000)
}
