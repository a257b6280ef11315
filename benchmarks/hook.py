"""How long a commit waits: our pre-commit hook on a staged change of ten files, beside the hooks of other scanners.

    python benchmarks/hook.py [--rounds N] [--peers DIR] [--json FILE]

Everything runs in alternating rounds of one run, so that a busy machine is busy for all. Ours is the installed hook script, as git
starts it: with the resident process that the first hook starts, and alone, as that first one runs. Peers are their own programs,
without the Python wrappers that some of them come in. Medians vary with the machine, ratios
hardly do. The script says whether the targets hold; it fails only where a program breaks.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import subprocess
import sys
import sysconfig
import tempfile
from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path

from attrs import asdict
from peers import Peers, Row, measure, of, print_table, print_targets
from serving import resident

# Modules of the standard library, of 70 to 600 lines, in which no scanner finds anything; some are changed, some are new.
_FILES = ("json/decoder", "json/encoder", "json/scanner", "textwrap", "queue", "sched", "csv", "heapq", "cmd", "pprint")
_NEW = 3
_ADDED = '\n\ndef retry(call, times=3, pause=0.5):\n    """Call again after a pause."""\n    return [call() for _ in range(times)]\n'
_ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"
_FOUND, _NOTHING = "something found", "nothing found"


def main() -> int:
    """Measure, print the tables, say whether the targets hold."""
    arguments = _arguments()
    peers = _peers(arguments.peers)
    with tempfile.TemporaryDirectory(prefix="cm-", ignore_cleanup_errors=True) as name, resident(Path(name)):
        repositories = {scenario: _repository(Path(name), scenario) for scenario in (_NOTHING, _FOUND)}
        rows = [
            row for scenario, path in repositories.items() for row in _measured(scenario, path, peers, arguments.rounds)
        ]
        for scenario, path in repositories.items():
            print_table(rows, scenario)
            _print_imports(scenario, path)
    held = _print_targets(rows)
    if arguments.json:
        arguments.json.write_text(
            json.dumps({"rows": [asdict(row) for row in rows], "targets": held}, indent=2), "utf-8"
        )
    return 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=15, help="rounds in each scenario (default: 15)")
    parser.add_argument(
        "--peers", type=Path, default=Peers.default(), help="the virtual environment of the peers, made when missing"
    )
    parser.add_argument("--json", type=Path, help="write the rows and the targets to this file too")
    return parser.parse_args()


def _peers(folder: Path) -> dict[str, list[str]]:
    """The peers' commands, installed into an environment of their own when they are not there yet."""
    peers = Peers(folder)
    peers.install(("gitleaks", "betterleaks", "detect-secrets"))
    scan = ["git", "--staged", "--no-banner", "--redact", "."]
    return {
        "gitleaks": [peers.program("gitleaks"), *scan],
        "betterleaks": [peers.program("betterleaks"), *scan],
        "detect-secrets-hook": [peers.script("detect-secrets-hook"), *(f"{file}.py" for file in _FILES)],
    }


def _repository(base: Path, scenario: str) -> Path:
    """A repository with a staged change of ten files, and our hooks installed."""
    path = base / scenario.replace(" ", "-")
    path.mkdir()
    _git(path, "init", "--quiet")
    library = Path(sysconfig.get_path("stdlib"))
    texts = {f"{file}.py": (library / f"{file}.py").read_text("utf-8") for file in _FILES}
    for file, text in list(texts.items())[:-_NEW]:
        _write(path / file, text)
    _git(path, "add", "--all")
    _git(path, "-c", "user.name=x", "-c", "user.email=x@example.invalid", "commit", "--quiet", "--message", "base")
    leak = _leak() if scenario == _FOUND else ""
    for number, (file, text) in enumerate(texts.items()):
        _write(path / file, text + _ADDED + (leak if number == 1 else ""))
    _git(path, "add", "--all")
    subprocess.run(
        [sys.executable, "-I", "-m", "countermark_cli", "install"], cwd=path, check=True, stdout=subprocess.DEVNULL
    )
    return path


def _leak() -> str:
    """Secrets that open nothing, made now."""
    letters = "".join(_ALPHABET[byte % len(_ALPHABET)] for byte in os.urandom(80))
    return f'\nACCESS_KEY = "{"AK" + "IA"}{letters[:16]}"\nTOKEN = "{"gh" + "p_"}{letters[16:52]}"\n'


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, "utf-8")


def _git(path: Path, *arguments: str) -> None:
    subprocess.run(["git", *arguments], cwd=path, check=True)


def _measured(scenario: str, path: Path, peers: dict[str, list[str]], rounds: int) -> list[Row]:
    hook = str(path / ".git" / "hooks" / "pre-commit")
    programs = {
        "countermark": [hook],
        "countermark, alone": ["env", "COUNTERMARK_RESIDENT=0", hook],
        **peers,
        "python -c pass": [sys.executable, "-I", "-c", "pass"],
    }
    environ = {**os.environ, "GIT_INDEX_FILE": ".git/index"}  # as git starts a hook
    return measure(scenario, programs, cwd=path, rounds=rounds, environ=environ)


def _print_imports(scenario: str, path: Path) -> None:
    """What the hook imports where it runs alone, and how long that takes; the times of importtime are higher than without it."""
    command = [sys.executable, "-I", "-X", "importtime", "-m", "countermark_hooks", "pre-commit"]
    environ = {**os.environ, "COUNTERMARK_RESIDENT": "0"}
    said = subprocess.run(command, cwd=path, env=environ, capture_output=True, check=False, text=True).stderr
    spent = {name: int(own) / 1000 for own, name in re.findall(r"import time:\s+(\d+) \|\s+\d+ \|\s*(\S+)", said)}
    ours = sum(time_ for name, time_ in spent.items() if name.startswith("countermark"))
    tops = {name.partition(".")[0] for name in spent} - sys.stdlib_module_names
    third = sorted(name for name in tops if not name.startswith("countermark") and find_spec(name))
    print(f"imports, {scenario}: {len(spent)} modules, {sum(spent.values()):.1f} ms, of which ours {ours:.1f} ms")
    print(f"  third party: {', '.join(third)}")
    slowest = sorted(spent, key=lambda name: -spent[name])[:6]
    print(f"  slowest:     {', '.join(f'{name} {spent[name]:.1f}' for name in slowest)}\n")


def _print_targets(rows: Sequence[Row]) -> dict[str, bool]:
    def ratio(peer: str, scenario: str, ours: str = "countermark") -> float:
        return of(rows, ours, scenario).median / of(rows, peer, scenario).median

    clean, found = ratio("betterleaks", _NOTHING), ratio("betterleaks", _FOUND)
    alone = ratio("gitleaks", _FOUND, "countermark, alone")
    slower = 1 / ratio("detect-secrets-hook", _NOTHING, "countermark, alone")
    held = {
        f"faster than betterleaks when nothing is found: {clean:.2f} of its time": clean < 1,
        f"faster than betterleaks when something is: {found:.2f} of its time": found < 1,
        f"alone, no slower than gitleaks when something is found: {alone:.2f} of its time": alone <= 1,
        f"alone, at least 3 times faster than detect-secrets-hook when nothing is: {slower:.1f} times": slower >= 3,  # noqa: PLR2004 - the target
    }
    print_targets(held)
    return held


if __name__ == "__main__":
    sys.exit(main())
