package main

func main() {
	// ruleid: tls-verify-off
	a := &tls.Config{InsecureSkipVerify: true}
	b := &tls.Config{}
	// ruleid: tls-verify-off
	b.InsecureSkipVerify = true
	// ruleid: tls-verify-off
	c := &ssh.ClientConfig{HostKeyCallback: ssh.InsecureIgnoreHostKey()}
	// ok: tls-verify-off
	d := &tls.Config{RootCAs: pool}
	// ok: tls-verify-off
	e := &tls.Config{InsecureSkipVerify: false}
	// ok: tls-verify-off
	f := &tls.Config{InsecureSkipVerify: options.Insecure}
}
