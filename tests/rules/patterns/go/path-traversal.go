package main

func download(w http.ResponseWriter, r *http.Request) {
	name := r.URL.Query().Get("name")
	// ruleid: path-traversal
	data, err := os.ReadFile("uploads/" + name)
	// ruleid: path-traversal
	http.ServeFile(w, r, filepath.Join("uploads", name))
	// ruleid: path-traversal
	os.Remove(filepath.Join("uploads", mux.Vars(r)["name"]))
	// ok: path-traversal
	os.ReadFile(filepath.Join("uploads", filepath.Base(name)))
	// ok: path-traversal
	os.WriteFile("log.txt", []byte(name), 0o600)
	// ok: path-traversal
	os.ReadFile(PAGES)
}

func checked(w http.ResponseWriter, r *http.Request) {
	name := r.FormValue("name")
	if !filepath.IsLocal(name) {
		return
	}
	// ok: path-traversal
	os.Open(name)
}
