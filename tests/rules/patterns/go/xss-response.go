package main

func hello(w http.ResponseWriter, r *http.Request) {
	name := r.FormValue("name")
	// ruleid: xss-response
	fmt.Fprintf(w, "<h1>Hello %s</h1>", name)
	// ruleid: xss-response
	w.Write([]byte("<p>" + r.URL.Query().Get("q") + "</p>"))
	// ruleid: xss-response
	page.Execute(w, template.HTML(name))
	// ok: xss-response
	fmt.Fprintf(w, "<h1>Hello %s</h1>", html.EscapeString(name))
	// ok: xss-response
	page.Execute(w, name)
	// ok: xss-response
	fmt.Fprintf(w, "<h1>Hello</h1>")
}
