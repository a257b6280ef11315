"""Real parts for tests: git repositories with pinned settings, and secrets that are fake and made at run time."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
import time
import zlib
from collections.abc import Mapping
from pathlib import Path

_ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"


def random_text(length: int, alphabet: str = _ALPHABET, seed: str = "countermark") -> str:
    """Text that looks random and is the same on every run."""
    digest = hashlib.shake_256(f"{seed}/{length}/{alphabet}".encode()).digest(length * 2)
    return "".join(alphabet[int.from_bytes(digest[i : i + 2], "big") % len(alphabet)] for i in range(0, length * 2, 2))


def fake_aws_key(seed: str = "aws") -> str:
    """A well-formed AWS access key id that opens nothing."""
    return "AK" + "IA" + random_text(16, seed=seed)


def fake_github_token(seed: str = "github") -> str:
    """A well-formed classic GitHub token, its checksum included; opens nothing."""
    digits = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
    body = random_text(30, digits, seed)
    checksum = "".join(digits[zlib.crc32(body.encode()) // 62**place % 62] for place in reversed(range(6)))
    return "gh" + "p_" + body + checksum


def git_environment(home: Path) -> dict[str, str]:
    """An environment in which git knows nothing of the machine: no user or system settings, fixed names and dates."""
    kept = {key: os.environ[key] for key in ("PATH", "TMPDIR", "SYSTEMROOT", "LANG") if key in os.environ}
    return {
        **kept,
        "HOME": str(home),
        "XDG_CONFIG_HOME": str(home / ".config"),
        "XDG_CACHE_HOME": str(home / ".cache"),
        "COUNTERMARK_RESIDENT": "0",  # each hook is a process of its own unless a test asks for the other way
        "GIT_CONFIG_NOSYSTEM": "1",
        "GIT_CONFIG_GLOBAL": str(home / ".gitconfig"),
        "GIT_AUTHOR_NAME": "Ada",
        "GIT_AUTHOR_EMAIL": "ada@example.invalid",
        "GIT_AUTHOR_DATE": "2026-01-02T03:04:05Z",
        "GIT_COMMITTER_NAME": "Ada",
        "GIT_COMMITTER_EMAIL": "ada@example.invalid",
        "GIT_COMMITTER_DATE": "2026-01-02T03:04:05Z",
        "GIT_ALLOW_PROTOCOL": "file",
        "GIT_TERMINAL_PROMPT": "0",
    }


class Repository:
    """A real git repository for one test; most methods give it back, so that steps read as a chain."""

    def __init__(self, path: Path, home: Path, *, init: bool = True) -> None:
        self.path = path
        self.env = git_environment(home)
        path.mkdir(parents=True, exist_ok=True)
        if init:
            self.git("init", "-q", "-b", "main")

    def git(
        self,
        *args: str | bytes,
        check: bool = True,
        env: Mapping[str, str] | None = None,
        input: bytes | None = None,  # noqa: A002 - subprocess' own name
    ) -> subprocess.CompletedProcess[str]:
        """Run git here."""
        done = subprocess.run(
            ["git", *args],
            cwd=self.path,
            env={**self.env, **(env or {})},
            input=input,
            capture_output=True,
            check=False,
        )
        result = subprocess.CompletedProcess(
            done.args, done.returncode, done.stdout.decode("utf-8", "replace"), done.stderr.decode("utf-8", "replace")
        )
        if check and done.returncode:
            raise AssertionError(f"git {args!r} failed: {result.stdout}{result.stderr}")
        return result

    def write(self, path: str, content: str | bytes | None) -> Repository:
        """Write a file of the worktree, or remove it with None."""
        file = self.path / path
        if content is None:
            file.unlink()
            return self
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content.encode() if isinstance(content, str) else content)
        return self

    def stage(self, *paths: str) -> Repository:
        """Stage paths; everything when no path is named."""
        self.git("add", "-A", "--", *paths) if paths else self.git("add", "-A")
        return self

    def commit(self, message: str = "change", *args: str) -> Repository:
        """Commit, past every hook."""
        self.git("commit", "-q", "--no-verify", "--allow-empty", "-m", message, *args)
        return self

    def countermark(
        self,
        *args: str,
        input: str | None = None,  # noqa: A002 - subprocess' own name
        env: Mapping[str, str] | None = None,
        cwd: Path | None = None,
    ) -> subprocess.CompletedProcess[str]:
        """Run the real command here."""
        return subprocess.run(
            [sys.executable, "-I", "-m", "countermark_cli", *args],
            cwd=cwd or self.path,
            env={**self.env, **(env or {})},
            input=input,
            capture_output=True,
            text=True,
            check=False,
        )


def is_gone(group: int) -> bool:
    """Whether a group of processes has ended, or ends within ten seconds: whoever adopts the last of it may be slow to notice."""
    for _ in range(100):
        try:
            os.killpg(group, 0)
        except ProcessLookupError:
            return True
        time.sleep(0.1)
    return False
