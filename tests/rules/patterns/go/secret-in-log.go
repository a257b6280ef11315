package main

func authenticate(username, password string, cfg Config) bool {
	// ruleid: secret-in-log
	log.Printf("authenticating user=%s password=%s", username, password)
	// ruleid: secret-in-log
	fmt.Println("key:", cfg.APIKey)
	// ruleid: secret-in-log
	slog.Info("login", "password", password)
	// ok: secret-in-log
	log.Printf("authenticating user=%s", username)
	// ok: secret-in-log
	log.Printf("password of %s is wrong", username)
	// ok: secret-in-log
	fmt.Println("length", len(password))
	return check(username, password)
}
