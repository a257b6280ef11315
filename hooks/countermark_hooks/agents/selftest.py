"""Prove that an agent's reports arrive: play one edit of it in a throw-away repository, through the command that it would run."""

from __future__ import annotations

import json
import os
import subprocess
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from importlib.resources import files
from pathlib import Path
from typing import Any

from attrs import frozen

from countermark.change import FileChange
from countermark.config.schema import Limits
from countermark.git import process
from countermark.git.repository import Repository, discover
from countermark.provenance.model import State

_PATIENCE = 5.0  # seconds that a report may take to arrive
_SECONDS = 30.0  # that the command may take


@frozen
class Tried:
    """How it went: who the line is attributed to, "" for nobody, and how long the agent had to wait for each report."""

    author: str
    milliseconds: tuple[float, ...]
    said: str


def sample(name: str) -> Mapping[str, Any]:
    """Messages of an agent as a version of it sends them, with ``{root}``, ``{file}``, ``{name}`` and others to be filled in."""
    text = files("countermark_hooks.agents").joinpath("samples", f"{name}.json").read_text("utf-8")
    said: Mapping[str, Any] = json.loads(text)
    return said


def filled(said: Any, values: Mapping[str, str]) -> Any:
    """A message with its places filled in; a text that is JSON itself stays JSON."""
    if isinstance(said, dict):
        return {key: filled(value, values) for key, value in said.items()}
    if isinstance(said, list):
        return [filled(value, values) for value in said]
    if not isinstance(said, str):
        return said
    inner = said.startswith("{") and '"' in said
    for name, value in values.items():
        said = said.replace(f"{{{name}}}", json.dumps(value)[1:-1] if inner else value)
    return said


def selftest(name: str, command: Sequence[str], *, kind: str = "edit") -> Tried:
    """Play an edit, or a shell command, of an agent. Raises PartFailed where git cannot even make a repository."""
    with tempfile.TemporaryDirectory(prefix="countermark-", ignore_cleanup_errors=True) as folder:
        root = Path(os.path.realpath(folder)) / "repository"
        root.mkdir()
        repository = _repository(root)
        values = {
            "root": str(root),
            "file": str(root / "a.txt"),
            "name": "a.txt",
            "home": folder,
            "session": "selftest",
        }
        said = [filled(sample(name)[kind][when], values | {"call": "call-1"}) for when in ("before", "after")]
        before, _ = _run(command, said[0])
        (root / "a.txt").write_text("one\nwritten by the agent\n")
        after, answer = _run(command, said[1])
        return Tried(_author(repository), (before, after), answer)


def _repository(root: Path) -> Repository:
    process.git(["init", "--quiet"], cwd=root)
    (root / "a.txt").write_text("one\n")
    process.git(["add", "a.txt"], cwd=root)
    process.git(["-c", "user.name=a", "-c", "user.email=a@example.invalid", "commit", "-qm", "one"], cwd=root)
    repository = discover(root, {key: value for key, value in os.environ.items() if not key.startswith("GIT_")})
    assert repository is not None  # noqa: S101 - made just now
    return repository


def _run(command: Sequence[str], said: Mapping[str, Any]) -> tuple[float, str]:
    began = time.perf_counter()
    data = json.dumps(said).encode()
    done = subprocess.run(command, input=data, capture_output=True, check=False, timeout=_SECONDS)
    return (time.perf_counter() - began) * 1000, (done.stdout + done.stderr).decode("utf-8", "replace").strip()


def _author(repository: Repository) -> str:
    """The agent that the new line is attributed to, as soon as it is."""
    from countermark.provenance.attribute import Attributor

    until = time.monotonic() + _PATIENCE
    while True:
        with Attributor.of(repository) as attributor:
            for file in _changed(repository):
                for stretch in attributor.stretches(file):
                    if stretch.author.state is State.AI and stretch.last == 2:  # noqa: PLR2004 - the line that was added
                        return stretch.author.agent
        if time.monotonic() > until:
            return ""
        time.sleep(0.05)


def _changed(repository: Repository) -> Iterator[FileChange]:
    from countermark.changes.index import staged

    repository.git("add", "a.txt")
    for entry in staged(repository, Limits()).entries:
        if isinstance(entry, FileChange):
            yield entry
