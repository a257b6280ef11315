package main

func main() {
	// ruleid: cors-any-origin-credentials
	a := cors.New(cors.Options{AllowedOrigins: []string{"*"}, AllowCredentials: true})
	// ruleid: cors-any-origin-credentials
	w.Header().Set("Access-Control-Allow-Origin", r.Header.Get("Origin"))
	// ruleid: cors-any-origin-credentials
	up := websocket.Upgrader{CheckOrigin: func(r *http.Request) bool { return true }}
	// ok: cors-any-origin-credentials
	b := cors.New(cors.Options{AllowedOrigins: []string{"https://app.example.com"}, AllowCredentials: true})
	// ok: cors-any-origin-credentials
	c := cors.New(cors.Options{AllowedOrigins: []string{"*"}})
	// ok: cors-any-origin-credentials
	w.Header().Set("Access-Control-Allow-Origin", "https://app.example.com")
}
