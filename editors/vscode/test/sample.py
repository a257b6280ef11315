# ruff: noqa: INP001 - a script
"""A repository for the test in VS Code: a finding behind wide characters, and below it three hunks that an agent wrote.

python -I sample.py FOLDER
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from countermark.git.repository import discover
from countermark.provenance.events import Event
from countermark.provenance.journal import Journal
from countermark.provenance.model import Author, State

FILE = "report.py"
RATES = 'import requests\n\n\ndef rates():\n    return requests.get("https://rates.invalid/é😀", timeout=3)\n'
TOTAL = "\n\ndef total(rows):\n    return sum(rows)\n"
BEST = "\n\ndef best(rows):\n    return max(rows)\n"
OURS = RATES.replace("    return", '    x = "é😀\u2028"; return').replace("timeout=3", "timeout=3, verify=False")
IN_WORDS = '\n\ndef in_words(month):\n    names = ["January", "February", "March"]\n    return names[month - 1]\n'
QUARTER = "\n\ndef quarter(month):\n    return (month - 1) // 3 + 1\n"
HALF = "\n\ndef half(month):\n    return 1 if month <= 6 else 2\n"


def main(folder: Path) -> None:
    """Make it."""
    folder.mkdir(parents=True)
    file = folder / FILE
    git(folder, "init", "--quiet", "--initial-branch", "main")
    git(folder, "config", "user.name", "Ada")
    git(folder, "config", "user.email", "ada@example.invalid")
    file.write_text(RATES + TOTAL + BEST, "utf-8")
    git(folder, "add", FILE)
    git(folder, "commit", "--quiet", "--no-verify", "--message", "Rates")
    file.write_text(OURS + TOTAL + BEST, "utf-8")
    report(folder, "before")
    file.write_text(OURS + IN_WORDS + TOTAL + QUARTER + BEST + HALF, "utf-8")
    report(folder, "after")


def git(folder: Path, *arguments: str) -> None:
    subprocess.run(["git", *arguments], cwd=folder, check=True)  # noqa: S607 - the git of the machine


def report(folder: Path, kind: str) -> None:
    """What the hook of an agent reports before and after it writes the file."""
    repository = discover(folder, {})
    assert repository is not None  # noqa: S101 - it was just made
    author = Author(State.AI, "claude", "opus", "sample")
    event = Event("before" if kind == "before" else "after", "call-1", author, (FILE,), prompt="Months in words")
    Journal.of(repository).append(event, {FILE: (folder / FILE).read_bytes()})


if __name__ == "__main__":
    main(Path(sys.argv[1]))
