"""A real repository of a session: its files, its git, and what git's hooks would have been told."""

from __future__ import annotations

import os
import random
import shlex
import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import Self

from attrs import define, field

from countermark.git.repository import Repository, discover
from countermark.provenance.journal import Journal

from .texts import Texts

# They write down what happened, without starting a program: processes are what a session's time goes to.
_HEAD = """#!/bin/sh
dir=${{GIT_DIR:-.git}}
read -r head <"$dir/HEAD"
case $head in ref:*) read -r head <"{common}/${{head#ref: }}" ;; esac
echo "commit $head" >>"{common}/told"
"""
_HOOKS = {
    "post-commit": _HEAD,
    "post-rewrite": '#!/bin/sh\nwhile read -r old new more; do echo "rewrite $old $new"; done >>"{common}/told"\n',
}
_SETTINGS = "[gc]\n\tauto = 0\n[maintenance]\n\tauto = false\n[core]\n\tfsync = none\n[init]\n\tdefaultBranch = main\n"


def environment(home: Path) -> dict[str, str]:
    """An environment in which git knows nothing of the machine, and starts nothing in the background."""
    home.mkdir(parents=True, exist_ok=True)
    (home / "gitconfig").write_text(_SETTINGS)
    people = {
        f"GIT_{role}_{what}": said
        for role in ("AUTHOR", "COMMITTER")
        for what, said in (("NAME", "Ada"), ("EMAIL", "ada@example.invalid"))
    }
    return people | {
        "PATH": os.environ["PATH"],
        "HOME": str(home),
        "GIT_CONFIG_NOSYSTEM": "1",
        "GIT_CONFIG_GLOBAL": str(home / "gitconfig"),
        "GIT_EDITOR": shlex.quote("true"),
        "GIT_ALLOW_PROTOCOL": "file",
    }


@define
class Place:
    """One worktree; ``top`` is the first one of the repository. Every step is chosen by ``random``."""

    path: Path
    random: random.Random
    environ: Mapping[str, str]
    texts: Texts = field(init=False)
    top: Path = field(init=False)
    repository: Repository = field(init=False)
    journal: Journal = field(init=False)

    def begin(self) -> None:
        """Make the repository, with some files that were there before anybody looked."""
        self.texts, self.top = Texts(self.random), self.path
        self.path.mkdir(parents=True)
        self.git("init", "-q", "--template=")
        hooks = self.path / ".git" / "hooks"
        hooks.mkdir()
        for name, text in _HOOKS.items():
            (hooks / name).write_text(text.format(common=self.path / ".git"))
            (hooks / name).chmod(0o755)
        for name in ("a.py", "b.py", "sub/c.py"):
            self.put(name, self.texts.lines("human", self.random.randint(5, 40)))
        self.git("add", "-A")
        self.git("commit", "-q", "-m", "start")
        self.enter(self.path)

    def enter(self, path: Path) -> Self:
        """Work in this worktree from now on."""
        self.path, self.repository = path, found(path, self.environ)
        self.journal = Journal.of(self.repository)
        return self

    def git(self, *args: str, check: bool = True, **more: str) -> subprocess.CompletedProcess[bytes]:
        """Run git."""
        done = subprocess.run(
            ["git", *args], cwd=self.path, env={**self.environ, **more}, capture_output=True, check=False
        )
        if check and done.returncode:
            raise AssertionError(f"{args}: {done.stderr.decode()}{done.stdout.decode()}")
        return done

    def files(self) -> list[str]:
        """The files of the worktree."""
        return sorted(
            str(file.relative_to(self.path))
            for file in self.path.rglob("*.py")
            if ".git" not in file.relative_to(self.path).parts
        )

    def get(self, name: str) -> list[str]:
        """The lines of a file; none where there is no such file."""
        data = self.data(name)
        return [] if data is None else data.decode().split("\n")[:-1]

    def put(self, name: str, lines: list[str]) -> None:
        """Write a file."""
        file = self.path / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text("".join(f"{line}\n" for line in lines))

    def data(self, name: str) -> bytes | None:
        """A file's bytes."""
        file = self.path / name
        return file.read_bytes() if file.exists() else None

    def told(self) -> list[list[str]]:
        """What git told its hooks since the last time, word by word."""
        file = self.top / ".git" / "told"
        if not file.exists():
            return []
        told = [line.split() for line in file.read_text().splitlines()]
        file.unlink()
        return told


def found(path: Path, environ: Mapping[str, str]) -> Repository:
    """The repository as the product sees it."""
    repository = discover(path, environ)
    if repository is None:
        raise LookupError(path)
    return repository
