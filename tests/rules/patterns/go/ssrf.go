package main

func proxy(w http.ResponseWriter, r *http.Request) {
	target := r.FormValue("url")
	// ruleid: ssrf
	http.Get(target)
	// ruleid: ssrf
	http.NewRequest("GET", "https://"+r.FormValue("host"), nil)
	// ruleid: ssrf
	http.Redirect(w, r, r.URL.Query().Get("next"), 302)
	// ok: ssrf
	http.Get("https://api.example.com/items/" + target)
	// ok: ssrf
	http.Redirect(w, r, "/home", 302)
	// ok: ssrf
	http.Get(hooks)
}
