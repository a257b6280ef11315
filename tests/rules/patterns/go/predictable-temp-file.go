package main

func report(data []byte, name string) {
	// ruleid: predictable-temp-file
	os.WriteFile("/tmp/report.csv", data, 0600)
	// ruleid: predictable-temp-file
	f, err := os.Create("/tmp/" + name)
	// ok: predictable-temp-file
	g, err := os.CreateTemp("", "report-*.csv")
	// ok: predictable-temp-file
	os.WriteFile("/srv/report.csv", data, 0600)
	// ok: predictable-temp-file
	os.ReadFile("/tmp/report.csv")
	use(f, g, err)
}
