const { exec, execSync, execFileSync, spawn } = require("child_process");
const cp = require("child_process");

function tag(version, folder) {
  // ruleid: shell-command-from-values
  execSync(`git tag ${version}`);
  // ruleid: shell-command-from-values
  exec("rm -rf " + folder, done);
  // ruleid: shell-command-from-values
  cp.exec(`ls ${folder}`, done);
  // ruleid: shell-command-from-values
  spawn(`make ${version}`, { shell: true });
  // ok: shell-command-from-values
  execFileSync("git", ["tag", version]);
  // ok: shell-command-from-values
  execSync("git status --porcelain");
  // ok: shell-command-from-values
  execSync(`git status`);
  // ok: shell-command-from-values
  exec(`ls ${shellQuote(folder)}`, done);
  // ok: shell-command-from-values
  /a+/.exec(`${folder}`);
}
