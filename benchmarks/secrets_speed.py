"""How long a scan for secrets takes: a tree, a tree full of secrets, a history, and one file as a keystroke pays for it.

    python benchmarks/secrets_speed.py TREE [--rounds N] [--peers DIR] [--history REPOSITORY] [--json FILE]

TREE is any folder of source; the targets are meant for a copy of Python's standard library, which is 38 MB. The secret-dense tree is
made from it, with a made-up secret of another kind every few lines; so is the repository of 3,700 commits, unless one is named.

Everything runs in alternating rounds of one run, so that a busy machine is busy for all: look at the ratios. Each program looks for
secrets alone, writes its report to a scratch file, and asks no service. The script says whether the targets hold; it fails only where
a program breaks.
"""

from __future__ import annotations

import argparse
import json
import shutil
import sys
import tempfile
import time
from collections.abc import Iterator
from functools import partial
from itertools import cycle
from pathlib import Path
from random import Random
from statistics import median

from attrs import asdict
from history_repository import make
from peers import Peers, Row, measure, of, print_table, print_targets

from countermark.change import FileChange
from countermark.content import Content
from countermark_rules.detectors.secrets.detector import SecretsDetector
from countermark_rules.detectors.secrets.samples import positives
from countermark_rules.detectors.secrets.search import bundle

_NAMES = ("gitleaks", "betterleaks", "kingfisher")
_TREE, _DENSE, _HISTORY = "tree", "secret-dense tree", "history"
_EVERY = 250  # lines between two secrets, which makes some 4,000 of them
_LINES = 1000
_TIMES = 200


def main() -> int:
    """Measure, print the tables, say whether the targets hold."""
    arguments = _arguments()
    peers = Peers(arguments.peers)
    peers.install(_NAMES)
    with tempfile.TemporaryDirectory(prefix="countermark-benchmark-", ignore_cleanup_errors=True) as name:
        scratch = Path(name)
        tree = shutil.copytree(arguments.tree, scratch / "tree", ignore=shutil.ignore_patterns(".git", "__pycache__"))
        dense = _dense(tree, scratch / "dense")
        history = arguments.history or scratch / "history"
        if not arguments.history:
            make(tree, history)
        folder = partial(_of_folder, peers, scratch)
        scenarios = (
            (_TREE, tree, folder),
            (_DENSE, dense, folder),
            (_HISTORY, history, partial(_of_history, peers, scratch)),
        )
        rows: list[Row] = []
        for scenario, place, programs in scenarios:
            rows += measure(scenario, programs(), cwd=place, rounds=arguments.rounds)
            print_table(rows, scenario)
        keystroke = _keystroke(tree)
    held = _targets(rows, keystroke)
    print_targets(held)
    if arguments.json:
        said = {"rows": [asdict(row) for row in rows], "keystroke_ms": keystroke, "targets": held}
        arguments.json.write_text(json.dumps(said, indent=2), "utf-8")
    return 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("tree", type=Path)
    parser.add_argument("--rounds", type=int, default=5, help="rounds in each scenario (default: 5)")
    parser.add_argument(
        "--peers", type=Path, default=Peers.default(), help="the virtual environment of the peers, made when missing"
    )
    parser.add_argument("--history", type=Path, help="a repository, in the place of one made from TREE")
    parser.add_argument("--json", type=Path, help="write the rows and the targets to this file too")
    return parser.parse_args()


def _of_folder(peers: Peers, scratch: Path) -> dict[str, list[str]]:
    scan = [peers.program("betterleaks"), "fs", "--no-banner", "--redact", "--silent", "--output"]
    return {
        "countermark": [*_ours(scratch), "--only", "secrets", "."],
        "gitleaks": [*_gitleaks(peers, "dir", scratch), "."],
        "betterleaks": [*scan, str(scratch / "betterleaks.json"), "."],
        "kingfisher": _kingfisher(peers, scratch, "none"),
    }


def _of_history(peers: Peers, scratch: Path) -> dict[str, list[str]]:
    scan = [peers.program("betterleaks"), "git", "--no-banner", "--redact", "--silent", "--output"]
    return {
        "countermark": [*_ours(scratch), "--history", "--no-resume"],
        "gitleaks": [*_gitleaks(peers, "git", scratch), "."],
        "betterleaks": [*scan, str(scratch / "betterleaks.json"), "."],
        "kingfisher": _kingfisher(peers, scratch, "full"),
    }


def _ours(scratch: Path) -> list[str]:
    command = [
        sys.executable,
        "-I",
        "-m",
        "countermark_cli",
        "check",
        "--jobs",
        "2",
        "--no-progress",
        "--fail-on",
        "block",
    ]
    return [*command, "--format", "json", "--output", str(scratch / "countermark.json")]


def _gitleaks(peers: Peers, kind: str, scratch: Path) -> list[str]:
    flags = ["--no-banner", "--redact", "--log-level", "error", "--report-path", str(scratch / "gitleaks.json")]
    return [peers.program("gitleaks"), kind, *flags]


def _kingfisher(peers: Peers, scratch: Path, history: str) -> list[str]:
    flags = ["--no-validate", "--no-update-check", "--git-history", history, "--format", "json"]
    return [peers.program("kingfisher"), "scan", ".", *flags, "--output", str(scratch / "kingfisher.json")]


def _dense(tree: Path, folder: Path) -> Path:
    """The text of a tree, with a secret after every few lines."""
    secrets = cycle(_secrets())
    for path in sorted(tree.rglob("*")):
        if not path.is_file():
            continue
        lines = path.read_bytes().splitlines(keepends=True)
        for at in range(len(lines) // _EVERY * _EVERY, 0, -_EVERY):
            lines.insert(at, f"{next(secrets)}\n".encode())
        place = folder / path.relative_to(tree)
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(b"".join(lines))
    return folder


def _secrets() -> list[str]:
    """Samples of every kind of token, in an order that mixes the kinds; they open nothing."""
    found = [sample.text for token in bundle().tokens() if token.enabled for sample in positives(token)]
    Random(1).shuffle(found)  # noqa: S311 - an order, not a secret
    return found


def _keystroke(tree: Path) -> float:
    """Milliseconds for one file of 1,000 lines in this process: the slowest of five."""
    detector = SecretsDetector()
    detector.prepare()
    return max(_of_file(detector, text) for text in _thousands(tree))


def _of_file(detector: SecretsDetector, text: bytes) -> float:
    took: list[float] = []
    for _ in range(_TIMES):
        file = FileChange("module.py", Content(text))
        begun = time.perf_counter()
        list(detector.detect([file]))
        took.append((time.perf_counter() - begun) * 1000)
    print(f"one file of {_LINES} lines, {len(text) // 1000} kB: median {median(took):.2f} ms, least {min(took):.2f}")
    return median(took)


def _thousands(tree: Path) -> Iterator[bytes]:
    """The first 1,000 lines of the files that are a little longer."""
    count = 0
    for path in sorted(tree.rglob("*.py")):
        lines = path.read_bytes().splitlines(keepends=True)
        if _LINES <= len(lines) <= _LINES * 1.2 and (count := count + 1) <= 5:  # noqa: PLR2004
            yield b"".join(lines[:_LINES])


def _targets(rows: list[Row], keystroke: float) -> dict[str, bool]:
    def ratio(scenario: str, peer: str) -> float:
        return of(rows, "countermark", scenario).median / of(rows, peer, scenario).median

    tree = ratio(_TREE, "gitleaks")
    faster = {(scenario, peer): ratio(scenario, peer) for scenario, peer in (
        (_TREE, "betterleaks"), (_TREE, "kingfisher"), (_DENSE, "betterleaks"), (_HISTORY, "betterleaks"),
    )}  # fmt: skip
    return {
        f"{_TREE}: at most 0.25 of gitleaks' time: {tree:.2f}": tree <= 0.25,  # noqa: PLR2004 - the target
        **{
            f"{scenario}: faster than {peer}: {value:.2f} of its time": value < 1
            for (scenario, peer), value in faster.items()
        },
        f"one file of {_LINES} lines: at most 1 ms: {keystroke:.2f}": keystroke <= 1,
    }


if __name__ == "__main__":
    sys.exit(main())
