package main

func main() {
	// ruleid: world-writable-file
	os.Chmod("/srv/data", 0777)
	// ruleid: world-writable-file
	os.WriteFile("run.sh", data, 0o777)
	// ok: world-writable-file
	os.Chmod("/srv/data", 0755)
	// ok: world-writable-file
	os.WriteFile("key.pem", data, 0o600)
	// ok: world-writable-file
	os.MkdirAll("data", 0o750)
}
