package main

func main() {
	// ruleid: insecure-cookie
	http.SetCookie(w, &http.Cookie{Name: "session", Value: id})
	// ruleid: insecure-cookie
	c.SetCookie("token", token, 3600, "/", "", false, true)
	// ok: insecure-cookie
	http.SetCookie(w, &http.Cookie{Name: "session", Value: id, HttpOnly: true, Secure: true})
	// ok: insecure-cookie
	http.SetCookie(w, &http.Cookie{Name: "theme", Value: "dark"})
	// ok: insecure-cookie
	c.SetCookie("token", token, 3600, "/", "", true, true)
}
