"""Whether lines keep their authors, and what that costs.

    python benchmarks/provenance.py [--sessions N] [--steps N] [--first SEED] [--skip-times]

Plays random sessions of agents and people in real repositories (see provenance_sessions.py) and compares what is said of every line
with the truth: when it is staged, at the end of the session, and at the end in a clone that has the notes and nothing else. Then it
measures an agent's event beside `python -c pass`, the attribution of 50 staged hunks, and that of a range of 1,000 commits. The script
says whether the targets hold; it fails only where something breaks.
"""

from __future__ import annotations

import argparse
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from statistics import median

from provenance_sessions import AGENT, Score, environment, play

from countermark.change import FileChange
from countermark.changes.index import staged
from countermark.changes.range import commits
from countermark.config.schema import Limits
from countermark.diff import lines_of
from countermark.git.repository import Repository, discover
from countermark.provenance.attribute import Attributor
from countermark.provenance.hunks import digest
from countermark.provenance.journal import Event, Journal
from countermark.provenance.model import MarkedHunk
from countermark.provenance.notes import Note, NotedHunk, write_notes

_RECALL, _PRECISION = 0.99, 0.995
_EVENT, _HUNKS_MS, _RANGE_S = 6.0, 50.0, 5.0
_COMMITS, _FILES = 1000, 40

_EVENT_CODE = """
import sys
from pathlib import Path
from countermark.provenance.journal import Event, Journal
from countermark.provenance.model import Author, State
place = Path(sys.argv[1])
event = Event("after", sys.argv[2], Author(State.AI, "robot"), ("a.py",))
Journal.of((place, place / ".git")).append(event, {"a.py": (sys.argv[2] * 500).encode()})
"""


def main() -> int:
    """Play, measure, print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sessions", type=int, default=20, help="how many sessions to play")
    parser.add_argument("--steps", type=int, default=25, help="how much happens in each")
    parser.add_argument("--first", type=int, default=0, help="the seed of the first")
    parser.add_argument("--skip-times", action="store_true", help="measure no times")
    arguments = parser.parse_args()
    _sessions(range(arguments.first, arguments.first + arguments.sessions), arguments.steps)
    if not arguments.skip_times:
        _times()
    return 0


def _sessions(seeds: range, steps: int) -> None:
    totals = {"staged": Score(), "at the end": Score(), "from notes alone": Score()}
    for seed in seeds:
        with _scratch() as (folder, environ):
            outcome = play(folder, seed, steps, environ)
        for total, score in zip(totals.values(), (outcome.staged, outcome.ended, outcome.cloned), strict=True):
            total.add(score)
    print(f"{len(seeds)} sessions of {steps} steps")
    print(f"{'':18} {'AI lines':>9} {'marked':>8} {'marks':>7} {'right':>8} {'doubtful':>9}")
    for name, total in totals.items():
        shares = f"{total.recall:>8.2%} {total.claimed:>7} {total.precision:>8.2%} {total.doubtful:>9}"
        print(f"{name:18} {total.written:>9} {shares}")
        _target(f"{name}: marked", total.recall >= _RECALL, f"{_RECALL:.1%}")
        _target(f"{name}: right", total.precision >= _PRECISION, f"{_PRECISION:.1%}")


def _times() -> None:
    with _scratch() as (folder, environ):
        ratio = _event(folder)
    print(f"an event costs {ratio:.1f} times `python -c pass`")
    _target("event", ratio <= _EVENT, f"{_EVENT} times")
    with _scratch() as (folder, environ):
        milliseconds = _fifty_hunks(folder, environ)
    print(f"the authors of 50 staged hunks take {milliseconds:.0f} ms")
    _target("50 hunks", milliseconds <= _HUNKS_MS, f"{_HUNKS_MS:.0f} ms")
    with _scratch() as (folder, environ):
        seconds = _thousand_commits(folder, environ)
    print(f"the authors of what {_COMMITS} commits add take {seconds:.2f} s")
    _target("range", seconds <= _RANGE_S, f"{_RANGE_S} s")


def _event(folder: Path) -> float:
    (folder / ".git").mkdir()
    numbers = iter(range(10**6))
    bare = [sys.executable, "-c", "pass"]
    rounds = [
        (_timed(lambda: subprocess.run(bare, check=True)), _timed(lambda: _report(folder, next(numbers))))
        for _ in range(15)
    ]
    return median(event for _, event in rounds) / median(nothing for nothing, _ in rounds)


def _report(folder: Path, number: int) -> None:
    subprocess.run([sys.executable, "-I", "-c", _EVENT_CODE, str(folder), f"call-{number}"], check=True)


def _fifty_hunks(folder: Path, environ: Mapping[str, str]) -> float:
    """As before a commit: what an agent wrote in 50 places of 10 files, each reported, is staged."""
    repository = _repository(folder, environ)
    journal = Journal.of(repository)
    texts = {f"{name}.py": _lines(f"{name}", 200) for name in "abcdefghij"}
    for name, lines in texts.items():
        (folder / name).write_text("\n".join(lines))
    _commit(repository)
    for number in range(50):
        name = f"{'abcdefghij'[number % 10]}.py"
        lines = (folder / name).read_text().split("\n")
        before = (folder / name).read_bytes()
        at = 20 * (number // 10 + 1) * 2
        lines[at:at] = _lines(f"agent{number}", 4)
        (folder / name).write_text("\n".join(lines))
        journal.append(Event("before", f"{number}", AGENT, (name,)), {name: before})
        journal.append(Event("after", f"{number}", AGENT, (name,)), {name: (folder / name).read_bytes()})
    journal.database.close()
    repository.git("add", "-A")
    files = [file for file in staged(repository, Limits()).entries if isinstance(file, FileChange)]
    first = _timed(lambda: _attributed(repository, files))
    again = _timed(lambda: _attributed(repository, files))
    print(
        f"  the first time, with 100 entries of the journal to read: {first * 1000:.0f} ms; then {again * 1000:.0f} ms"
    )
    return again * 1000


def _attributed(repository: Repository, files: list[FileChange], made: tuple[str, ...] = ()) -> int:
    with Attributor.of(repository, made) as attributor:
        return sum(one.author.state.value == "ai" for file in files for one in attributor.stretches(file))


def _thousand_commits(folder: Path, environ: Mapping[str, str]) -> float:
    """As in CI: no journal, a note on each commit."""
    repository = _repository(folder, environ)
    texts = {f"f{number}.py": _lines(f"f{number}", 50) for number in range(_FILES)}
    stream, hunks = [], []
    for number in range(_COMMITS):
        name = f"f{number % _FILES}.py"
        new = _lines(f"c{number}", 3)
        at = random.Random(number).randrange(len(texts[name]))  # noqa: S311 - a place in a text
        texts[name][at:at] = new
        text = "\n".join(texts[name]) + "\n"
        stream.append(
            f"commit refs/heads/main\nmark :{number + 1}\ncommitter A <a@x> {1_700_000_000 + number} +0000\ndata 1\nx\n"
            f"M 100644 inline {name}\ndata {len(text)}\n{text}\n"
        )
        marked = MarkedHunk(digest(new) or "", name, at + 1, at + len(new), AGENT, tuple(new))
        hunks.append(NotedHunk.of(marked, texts[name]))
    repository.git("fast-import", "--quiet", input="".join(stream).encode())
    made = repository.git("rev-list", "--reverse", "main").decode().split()
    write_notes(repository, {commit: Note((hunk,)) for commit, hunk in zip(made, hunks, strict=True)})
    files = [
        file
        for file in commits(repository, f"{made[0]}..main", Limits()).entries
        if isinstance(file, FileChange) and file.commit is None
    ]
    found = 0

    def read() -> None:
        nonlocal found
        found = sum(len(lines_of(file.after)) for file in files) and _attributed(repository, files, tuple(made))

    seconds = _timed(read)
    print(f"  {len(files)} files, {found} stretches of an agent's lines")
    return seconds


def _lines(word: str, count: int) -> list[str]:
    return [f"{word}_value_{number} = compute({word}, {number})" for number in range(count)]


def _repository(folder: Path, environ: Mapping[str, str]) -> Repository:
    subprocess.run(["git", "init", "-q", "-b", "main", str(folder)], env=dict(environ), check=True)
    found = discover(folder, environ)
    if found is None:
        raise LookupError(folder)
    return found


def _commit(repository: Repository) -> None:
    repository.git("add", "-A")
    repository.git("commit", "-q", "-m", "x")


@contextmanager
def _scratch() -> Iterator[tuple[Path, dict[str, str]]]:
    with tempfile.TemporaryDirectory(prefix="countermark-benchmark-", ignore_cleanup_errors=True) as name:
        folder = Path(name) / "work"
        folder.mkdir()
        yield folder, environment(Path(name) / "home")


def _timed(act: Callable[[], object]) -> float:
    start = time.perf_counter()
    act()
    return time.perf_counter() - start


def _target(name: str, holds: bool, target: str) -> None:  # noqa: FBT001 - read by people
    print(f"  {'holds' if holds else 'MISSED'}: {name} ({target})")


if __name__ == "__main__":
    sys.exit(main())
