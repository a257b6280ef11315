package main

func run(version string) {
	// ruleid: shell-from-values
	exec.Command("sh", "-c", "git tag "+version).Run()
	// ruleid: shell-from-values
	exec.Command("/bin/bash", "-c", fmt.Sprintf("git tag %s", version)).Run()
	// ok: shell-from-values
	exec.Command("git", "tag", version).Run()
	// ok: shell-from-values
	exec.Command("sh", "-c", "git status | head").Run()
}
