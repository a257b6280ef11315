package main

func debug(w http.ResponseWriter, r *http.Request) {
	// ruleid: environment-to-client
	json.NewEncoder(w).Encode(os.Environ())
	for _, line := range os.Environ() {
		// ruleid: environment-to-client
		fmt.Fprintln(w, line)
	}
}

func version(w http.ResponseWriter, r *http.Request) {
	// ok: environment-to-client
	json.NewEncoder(w).Encode(map[string]string{"version": os.Getenv("VERSION")})
	cmd := exec.Command("git", "fetch")
	// ok: environment-to-client
	cmd.Env = append(os.Environ(), "LANG=C")
}
