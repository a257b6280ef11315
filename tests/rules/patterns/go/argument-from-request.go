package main

func clone(w http.ResponseWriter, r *http.Request) {
	repo := r.URL.Query().Get("repo")
	// ruleid: argument-from-request
	exec.Command("git", "clone", repo).Run()
	// ruleid: argument-from-request
	exec.CommandContext(ctx, "curl", r.FormValue("url")).Run()
	// ok: argument-from-request
	exec.Command("git", "clone", "--", repo).Run()
	// ok: argument-from-request
	exec.Command("echo", repo).Run()
	// ok: argument-from-request
	exec.Command("git", "fetch", "origin").Run()
}
