package main

func ping(w http.ResponseWriter, r *http.Request) {
	host := r.URL.Query().Get("host")
	// ruleid: command-injection
	exec.Command("sh", "-c", "ping -c 1 "+host).Run()
	// ruleid: command-injection
	exec.Command("bash", "-c", fmt.Sprintf("ping %s", r.FormValue("host"))).Run()
	// ruleid: command-injection
	exec.CommandContext(ctx, r.FormValue("program"), "-v").Run()
	// ok: command-injection
	exec.Command("ping", "-c", "1", "--", host).Run()
	// ok: command-injection
	exec.Command("sh", "-c", "uptime").Run()
	n, _ := strconv.Atoi(r.FormValue("n"))
	// ok: command-injection
	exec.Command("sh", "-c", fmt.Sprintf("head -n %d log", n)).Run()
}
