"""What it costs to know who wrote it: an agent's report, a commit of 50 hunks, a check of 1,000 commits.

The programs are the real ones. Each is timed in turn with what it is compared to, in the processor time of all its processes: on a busy
machine that says more than the clock does.
"""

from __future__ import annotations

import json
import os
import random
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from attrs import frozen
from sessions.actors import AGENT
from sessions.answers import approval
from sessions.place import environment, found

from countermark.git.repository import Repository
from countermark.provenance.events import Event
from countermark.provenance.hunks import digest
from countermark.provenance.journal import Journal
from countermark.provenance.model import MarkedHunk
from countermark.provenance.notes import Note, NotedHunk, write_notes
from countermark.review.ledger import Ledger

_PYTHON = [sys.executable, "-I"]
_NOTHING = [*_PYTHON, "-c", "pass"]
_HOOKS = [*_PYTHON, "-m", "countermark_hooks"]
_VERIFY = [*_PYTHON, "-m", "countermark_cli", "verify", "HEAD~1000..HEAD"]
_COMMITS, _FILES, _HUNKS = 1000, 40, 50


@frozen
class Time:
    """Seconds, by the clock and of the processor."""

    wall: float
    cpu: float


def event(rounds: int = 15) -> tuple[float, float, float]:
    """How many times `python -c pass` an agent's report takes, and the milliseconds that the agent waits, also where git is broken."""
    with scratch() as (folder, environ):
        place = _repository(folder, environ)
        (folder / "a.py").write_text("x = 1\n")
        broken = folder.with_name("broken")
        (broken / ".git").mkdir(parents=True)
        (broken / ".git" / "HEAD").write_text("nonsense\n")
        (broken / "a.py").write_text("x = 1\n")
        number = iter(range(10**6))
        acts: dict[str, Callable[[], Time]] = {
            "nothing": lambda: timed(_NOTHING),
            "event": lambda: _report(place.root, f"call-{next(number)}"),
            "broken": lambda: _report(broken, f"call-{next(number)}"),
        }
        times = alternated(acts, rounds)
    ratio = median(one.wall for one in times["event"]) / median(one.wall for one in times["nothing"])
    return ratio, _milliseconds(times["event"]), _milliseconds(times["broken"])


def gate(rounds: int = 15) -> tuple[float, float]:
    """The processor's milliseconds that 50 approved hunks add to the hook on the same change, and those of `python -c pass`."""
    with scratch() as (folder, environ):
        reported, plain = folder / "reported", folder / "plain"
        for place in (reported, plain):
            _fifty_hunks(_repository(place, environ), told=place is reported)
        acts: dict[str, Callable[[], Time]] = {
            str(place): lambda place=place: timed([*_HOOKS, "pre-commit"], cwd=place, environ=environ)  # type: ignore[misc]
            for place in (reported, plain)
        }
        times = alternated(acts | {"nothing": lambda: timed(_NOTHING)}, rounds)
    pairs = zip(times[str(reported)], times[str(plain)], strict=True)
    more = median(one.cpu - other.cpu for one, other in pairs)
    return more * 1000, median(one.cpu for one in times["nothing"]) * 1000


def verified(rounds: int = 5) -> tuple[Time, Time]:
    """The least that `countermark verify` takes for 1,000 commits with a note and a review each, and `python -c pass`."""
    with scratch() as (folder, environ):
        _thousand_commits(_repository(folder, environ))
        acts: dict[str, Callable[[], Time]] = {
            "verify": lambda: timed(_VERIFY, cwd=folder, environ=environ),
            "nothing": lambda: timed(_NOTHING),
        }
        times = alternated(acts, rounds)
    least = {name: Time(min(one.wall for one in each), min(one.cpu for one in each)) for name, each in times.items()}
    return least["verify"], least["nothing"]


def alternated(acts: Mapping[str, Callable[[], Time]], rounds: int) -> dict[str, list[Time]]:
    """The times of several acts in turn, after one round that warms caches."""
    for act in acts.values():
        act()
    taken = [{name: act() for name, act in acts.items()} for _ in range(rounds)]
    return {name: [one[name] for one in taken] for name in acts}


def timed(
    command: list[str], *, cwd: Path | None = None, environ: Mapping[str, str] | None = None, said: bytes = b""
) -> Time:
    """Run a program to its end, which has to be a good one."""
    before, began = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    done = subprocess.run(command, cwd=cwd, env=environ, input=said, capture_output=True, check=False)
    wall, after = time.perf_counter() - began, resource.getrusage(resource.RUSAGE_CHILDREN)
    if done.returncode:
        sys.exit(f"{command} ended with {done.returncode}: {done.stderr.decode(errors='replace')}")
    return Time(wall, after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime)


@contextmanager
def scratch() -> Iterator[tuple[Path, dict[str, str]]]:
    """A folder, in memory where the system has such, and an environment for git."""
    memory = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None  # noqa: S108 - TemporaryDirectory makes a name of its own there
    with TemporaryDirectory(prefix="countermark-benchmark-", ignore_cleanup_errors=True, dir=memory) as name:
        yield Path(name) / "work", environment(Path(name) / "home")


def _report(place: Path, key: str) -> Time:
    said = {
        "session_id": "s",
        "cwd": str(place),
        "hook_event_name": "PostToolUse",
        "tool_name": "Edit",
        "tool_use_id": key,
        "tool_input": {"file_path": str(place / "a.py")},
        "tool_response": {},
    }
    return timed([*_HOOKS, "agent-event", "claude"], said=json.dumps(said).encode())


def _milliseconds(times: list[Time]) -> float:
    return median(one.wall for one in times) * 1000


def _fifty_hunks(repository: Repository, *, told: bool) -> None:
    """What an agent wrote in 50 places of 10 files is staged; where it was ``told``, each place was reported, and approved since."""
    journal, root = Journal.of(repository), repository.root
    for name in "abcdefghij":
        (root / f"{name}.py").write_text("\n".join(_lines(name, 200)) + "\n")
    _commit(repository)
    for number in range(_HUNKS):
        name = f"{'abcdefghij'[number % 10]}.py"
        before = (root / name).read_bytes()
        lines, at, new = before.decode().split("\n"), 20 * (number // 10 + 1) * 2, _lines(f"agent{number}", 4)
        (root / name).write_text("\n".join([*lines[:at], *new, *lines[at:]]))
        if told:
            journal.append(Event("before", f"{number}", AGENT, (name,)), {name: before})
            journal.append(Event("after", f"{number}", AGENT, (name,)), {name: (root / name).read_bytes()})
            Ledger.of(repository).append(approval(MarkedHunk(digest(new) or "", name, 1, 4, AGENT, tuple(new))))
    journal.database.close()
    repository.git("add", "-A")


def _thousand_commits(repository: Repository) -> None:
    """As in CI: no journal and no ledger, a note on each commit with a hunk and its review."""
    texts = {f"f{number}.py": _lines(f"f{number}", 50) for number in range(_FILES)}
    stream, notes = [], []
    for number in range(_COMMITS + 1):
        name, new = f"f{number % _FILES}.py", _lines(f"c{number}", 3)
        at = random.Random(number).randrange(len(texts[name]))  # noqa: S311 - a place in a text
        texts[name][at:at] = new
        text = "\n".join(texts[name]) + "\n"
        stream.append(
            f"commit refs/heads/main\ncommitter A <a@x> {1_700_000_000 + number} +0000\ndata 1\nx\n"
            f"M 100644 inline {name}\ndata {len(text)}\n{text}\n"
        )
        hunk = MarkedHunk(digest(new) or "", name, at + 1, at + len(new), AGENT, tuple(new))
        notes.append(Note((NotedHunk.of(hunk, texts[name]),), (approval(hunk).value,)))
    repository.git("fast-import", "--quiet", input="".join(stream).encode())
    made = repository.git("rev-list", "--reverse", "main").decode().split()
    write_notes(repository, dict(zip(made, notes, strict=True)))


def _lines(word: str, count: int) -> list[str]:
    return [f"{word}_value_{number} = compute({word}, {number})" for number in range(count)]


def _repository(folder: Path, environ: Mapping[str, str]) -> Repository:
    folder.mkdir(parents=True)
    subprocess.run(["git", "init", "-q", "-b", "main", str(folder)], env=dict(environ), check=True)
    return found(folder, environ)


def _commit(repository: Repository) -> None:
    repository.git("add", "-A")
    repository.git("commit", "-q", "-m", "x")
