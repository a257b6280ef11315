package main

func main() {
	// ruleid: tls-old-version
	a := &tls.Config{MinVersion: tls.VersionTLS10}
	// ruleid: tls-old-version
	a.MinVersion = tls.VersionTLS11
	// ok: tls-old-version
	b := &tls.Config{MinVersion: tls.VersionTLS12}
	// ok: tls-old-version
	if version == tls.VersionTLS10 {
		return
	}
}
