package main

func main() {
	// ruleid: server-without-timeouts
	http.ListenAndServe(":8080", handler)
	// ruleid: server-without-timeouts
	a := &http.Client{}
	// ruleid: server-without-timeouts
	b := &http.Server{Addr: ":8080", Handler: handler}
	// ok: server-without-timeouts
	c := &http.Client{Timeout: 10 * time.Second}
	// ok: server-without-timeouts
	d := &http.Server{Addr: ":8080", ReadHeaderTimeout: 5 * time.Second}
	// ok: server-without-timeouts
	d.ListenAndServe()
}
