package main

func login(w http.ResponseWriter, r *http.Request) {
	user := r.FormValue("username")
	// ruleid: log-injection
	log.Printf("login attempt by %s", user)
	// ruleid: log-injection
	log.Println("path", r.URL.Path)
	// ok: log-injection
	log.Printf("login attempt by %q", user)
	// ok: log-injection
	slog.Info("login", "user", user)
	// ok: log-injection
	log.Printf("login attempt by %s", strings.ReplaceAll(user, "\n", ""))
}
