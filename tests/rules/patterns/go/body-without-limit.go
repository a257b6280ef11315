package main

func upload(w http.ResponseWriter, r *http.Request) {
	// ruleid: body-without-limit
	body, err := io.ReadAll(r.Body)
	use(body, err)
}

func limited(w http.ResponseWriter, r *http.Request) {
	// ok: body-without-limit
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, 1<<20))
	use(body, err)
}

func limitedBefore(w http.ResponseWriter, r *http.Request) {
	r.Body = http.MaxBytesReader(w, r.Body, 1<<20)
	// ok: body-without-limit
	body, err := io.ReadAll(r.Body)
	use(body, err)
}

func fetch(c *http.Client) {
	resp, err := c.Get("https://acme.dev")
	// ok: body-without-limit
	body, err := io.ReadAll(resp.Body)
	use(body, err)
}
