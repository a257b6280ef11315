"""What people do with git."""

# ruff: noqa: PLR2004 - how likely things are

from __future__ import annotations

import subprocess
from abc import abstractmethod

from attrs import define, field

from .actors import Actors

_GOING_ON = ("rebase", "cherry-pick", "revert", "merge")


@define
class Gitting(Actors):
    """A place whose changes go into git, in each of the ways that git has."""

    log: list[str] = field(factory=list, init=False)

    @abstractmethod
    def look(self) -> None:
        """Look at what is staged, as the hook before a commit does."""

    def commit(self) -> None:
        """Commit everything, or a part."""
        part, names = self.random.random(), self.files()
        if part < 0.3 and names:
            self.git("add", "-A", "--", self.random.choice(names))
        elif part < 0.5 and names:
            self._stage_partly(self.random.choice(names))
        else:
            self.git("add", "-A")
        self.look()
        self.git("commit", "-q", "--allow-empty", "-m", "change")

    def clean(self, message: str = "all") -> None:
        """Commit all that is there, so that git can move."""
        self.git("add", "-A")
        self.look()
        self.git("commit", "-q", "--allow-empty", "-m", message)

    def amend(self) -> None:
        """Commit into the commit before."""
        self.git("add", "-A")
        self.git("commit", "-q", "--amend", "--allow-empty", "-m", "amended")

    def stash(self) -> None:
        """Put the worktree aside, do something else, and take it back."""
        if self.git("stash", "push", "-q", "-u", check=False).returncode:
            return
        if self.random.random() < 0.5:
            self.edit()
            self.clean("between")
        if self.git("stash", "list").stdout and self.git("stash", "pop", "-q", check=False).returncode:
            self._resolve()
            self.git("stash", "drop", "-q", check=False)

    def branch(self) -> None:
        """Work on a branch and on the main one, and bring them together in one of git's ways."""
        self.clean()
        name = f"topic{self.texts.number()}"
        self.git("checkout", "-q", "-b", name)
        self._work()
        self.git("checkout", "-q", "main")
        self._join(name)

    def beside(self) -> None:
        """The same in a linked worktree."""
        self.clean()
        name, here = f"topic{self.texts.number()}", self.path
        there = here.with_name(name)
        self.git("worktree", "add", "-q", "-b", name, str(there))
        self.enter(there)
        self._work()
        self.enter(here)
        self.git("worktree", "remove", "--force", str(there))
        self._join(name)

    def fold(self) -> None:
        """Squash or fix up commits in an interactive rebase."""
        self.clean()
        self.edit()
        self.clean()
        count = min(3, int(self.git("rev-list", "--count", "--no-merges", "HEAD").stdout) - 1)
        if count < 2 or self.git("rev-list", "--merges", f"HEAD~{count}..HEAD", check=False).stdout:
            return
        editor = f"sed -i '2s/^pick/{self.random.choice(('squash', 'fixup'))}/'"
        done = self.git("rebase", "-q", "-i", f"HEAD~{count}", check=False, GIT_SEQUENCE_EDITOR=editor)
        self._finish(done, "rebase", "--continue")

    def undo(self) -> None:
        """Revert a commit, and perhaps the revert."""
        self.clean()
        if self.git("rev-parse", "-q", "--verify", "HEAD^2", check=False).returncode == 0:
            return
        for _ in range(self.random.randint(1, 2)):
            self._finish(self.git("revert", "--no-edit", "HEAD", check=False), "revert", "--continue")

    def reset(self) -> None:
        """Take a commit back and make it again."""
        self.clean()
        self.git("reset", "-q", "--soft", "HEAD^")
        if self.random.random() < 0.5:
            self.edit()
        self.clean()

    def _work(self) -> None:
        for _ in range(self.random.randint(1, 3)):
            self.edit()
            self.clean()

    def _join(self, name: str) -> None:
        """Bring a branch into the main one, which may have gone on."""
        if self.random.random() < 0.6:
            self.edit()
            self.clean()
        how = self.random.choice(("merge", "squash", "rebase", "cherry-pick"))
        self.log.append(how)
        if how == "merge":
            self._finish(self.git("merge", "-q", "--no-edit", name, check=False), "commit", "-q", "--no-edit")
        elif how == "squash":
            self._finish(self.git("merge", "-q", "--squash", name, check=False))
            self.clean("squashed")
        elif how == "rebase":
            self.git("checkout", "-q", name)
            self._finish(self.git("rebase", "-q", "main", check=False), "rebase", "--continue")
            self.git("checkout", "-q", "main")
            self.git("merge", "-q", "--ff-only", name)
        else:
            self._finish(self.git("cherry-pick", f"main..{name}", check=False), "cherry-pick", "--continue")

    def _stage_partly(self, name: str) -> None:
        """Stage some of a file's hunks, as `git add -p` does."""
        self.git("add", "-N", "--", name)
        head, *hunks = self.git("diff", "-U0", "--", name).stdout.decode().split("\n@@ ")
        kept = [hunk for hunk in hunks if self.random.random() < 0.5]
        if kept and "\nrename" not in head:
            text = "\n@@ ".join([head, *kept]).removesuffix("\n") + "\n"
            command = ["git", "apply", "--cached", "--unidiff-zero", "--recount", "-"]
            subprocess.run(
                command, cwd=self.path, env=self.environ, input=text.encode(), capture_output=True, check=False
            )

    def _finish(self, done: subprocess.CompletedProcess[bytes], *going_on: str) -> None:
        """Resolve what conflicts until git is done."""
        for _ in range(20):
            if done.returncode == 0:
                return
            self._resolve()
            if not going_on:
                return
            done = self.git(*going_on, check=False)
            if done.returncode and _empty(done):
                done = self.git(going_on[0], "--skip", check=False)
                if done.returncode and _nothing_goes_on(done):
                    return
        for command in _GOING_ON:
            self.git(command, "--abort", check=False)

    def _resolve(self) -> None:
        """Keep both sides of every conflict."""
        unmerged = self.git("diff", "--name-only", "--diff-filter=U", "-z").stdout.decode().split("\0")[:-1]
        for name in unmerged:
            if (self.path / name).exists():
                marks = ("<<<<<<< ", "=======", ">>>>>>> ", "||||||| ")
                self.put(name, [line for line in self.get(name) if not line.startswith(marks)])
        self.git("add", "-A")


def _empty(done: subprocess.CompletedProcess[bytes]) -> bool:
    said = done.stderr + done.stdout
    return b"--skip" in said or b"nothing to commit" in said or b"empty" in said or _nothing_goes_on(done)


def _nothing_goes_on(done: subprocess.CompletedProcess[bytes]) -> bool:
    return b"in progress" in done.stderr
