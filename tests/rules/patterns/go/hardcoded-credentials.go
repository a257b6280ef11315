package main

func main() {
	// ruleid: hardcoded-credentials
	a, _ := sql.Open("mysql", "root:hunter22@tcp(db:3306)/app")
	// ruleid: hardcoded-credentials
	b, _ := sql.Open("postgres", "host=db user=app password=hunter22 sslmode=disable")
	// ruleid: hardcoded-credentials
	req.SetBasicAuth("admin", "hunter22")
	// ok: hardcoded-credentials
	c, _ := sql.Open("postgres", os.Getenv("DATABASE_URL"))
	// ok: hardcoded-credentials
	d, _ := sql.Open("sqlite3", "file:app.db")
	// ok: hardcoded-credentials
	req.SetBasicAuth(user, password)
}
