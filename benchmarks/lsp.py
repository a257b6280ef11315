"""How long an editor waits: the language server beside `semgrep lsp` with the same rules, and detect-secrets on each key.

    python benchmarks/lsp.py [SECTION...] [--rounds N] [--minutes N] [--peers DIR] [--json FILE]

Sections are start, secrets, patterns, requests, memory, typing, semgrep and detect-secrets; all unless some are named. Times are from
the message that changes a text to the diagnostics for it, at the server's pipe. "Work" is the time that the server's processes had a
processor meanwhile: on a busy machine it says more than the clock. Then ten documents are typed into at once for --minutes: whatever is
shown is held against the text, what is shown at rest also against `countermark check`, and memory must not grow.

The script says whether the targets hold, and fails only where it breaks itself.
"""

# ruff: noqa: ASYNC221, ASYNC240 - while we wait for a process, nobody else has anything to do

from __future__ import annotations

import argparse
import asyncio
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable, Sequence
from pathlib import Path
from statistics import quantiles
from typing import Any

from attrs import asdict, define, field
from lsp_session import NoNews, Session, Watch, family, memory, serving
from lsp_typing import OURS, leak, source, typing
from peers import Peers, print_targets

# Milliseconds that the server waits for the next key before it looks for patterns in a short and in a long text.
_PAUSE, _LONG_PAUSE = 200.0, 600.0
_INSECURE = "import requests\nrequests.get(address, timeout=3, verify=False)\n"
_STARTS = 7


@define
class Row:
    """Values of one kind: milliseconds, MB or counts; ``work`` are milliseconds of the processor."""

    values: list[float] = field(factory=list)
    work: list[float] = field(factory=list)

    def p(self, share: int) -> float:
        """A percentile; of one value that value, and without any no end."""
        if len(self.values) < 2:  # noqa: PLR2004
            return self.values[0] if self.values else float("inf")
        return quantiles(self.values, n=100, method="inclusive")[share - 1]


Rows = dict[str, Row]


@define
class Bench:
    """What is measured where."""

    folder: Path
    rounds: int
    minutes: float
    peers: Path

    async def start(self) -> Rows:
        """From the start of the process to the answer to `initialize`."""
        row = Row()
        for _ in range(_STARTS):
            begun = time.perf_counter()
            async with serving(OURS, self.folder):
                row.values.append((time.perf_counter() - begun) * 1000)
        return {"initialize": row}

    async def secrets(self) -> Rows:
        """A key that completes a secret."""
        async with serving(OURS, self.folder) as session:
            row = await self._timed(session, "secrets", 1000, leak() + "\n", "secrets/")
        return {"key to secrets, 1000 lines": row}

    async def patterns(self) -> Rows:
        """A pause after a change that completes an insecure call."""
        async with serving(OURS, self.folder) as session:
            return {
                f"pause to patterns, {lines} lines": await self._timed(session, "patterns", lines, _INSECURE, "py/tls")
                for lines in (300, 2000)
            }

    async def requests(self) -> Rows:
        """What a person asks for where a finding is, in a file of 1,000 lines."""
        uri, line = (self.folder / "asked.py").as_uri(), _middle(1000)
        place = {"line": line + 1, "character": 3}
        asked: dict[str, dict[str, Any]] = {
            "codeAction": {"range": {"start": place, "end": place}, "context": {"diagnostics": []}},
            "hover": {"position": place},
            "codeLens": {},
        }
        rows = {name: Row() for name in asked}
        async with serving(OURS, self.folder) as session:
            await session.open(uri, source(1000))
            await session.insert(uri, 2, line, _INSECURE)
            await session.until(uri, "py/tls", there=True)
            for _ in range(self.rounds):
                for name, more in asked.items():
                    watch = Watch(session)
                    answer = await session.ask(f"textDocument/{name}", {"textDocument": {"uri": uri}, **more})
                    _add(rows[name], watch)
                    if name != "codeLens" and not answer:
                        raise NoNews(f"{name}: nothing came")
        return rows

    async def memory(self) -> Rows:
        """When nothing happens, after a file was looked at."""
        uri = (self.folder / "still.py").as_uri()
        async with serving(OURS, self.folder, status=True) as session:
            await session.open(uri, source(300) + _INSECURE)
            await session.settled(uri, 1)
            await asyncio.sleep(3)
            pids = family(session.process.pid)
            return {"memory of the server": Row([memory(pids[:1])]), "memory with its processes": Row([memory(pids)])}

    async def typing(self) -> Rows:
        """Ten documents that are typed into at once."""
        return {name: Row([value]) for name, value in (await typing(self.folder, self.minutes)).items()}

    async def semgrep(self) -> Rows:
        """`semgrep lsp` with the same Python rules; it looks when a file is opened or saved."""
        from countermark_rules.detectors.patterns.bundle import load_rules
        from countermark_rules.detectors.patterns.semgrep import core, environment

        rules = [dict(rule.semgrep) for rule in load_rules() if rule.pack == "py"]
        (self.folder / "rules.json").write_text(json.dumps({"rules": rules}), "utf-8")
        scan = {
            "configuration": [str(self.folder / "rules.json")], "exclude": [], "include": [], "jobs": 1, "maxMemory": 0,
            "maxTargetBytes": 0, "timeout": 60, "timeoutThreshold": 3, "onlyGitDirty": False, "ci": False, "pro_intrafile": False,
        }  # fmt: skip
        command, env = ["osemgrep", "lsp"], environment(self.folder)
        async with serving(
            command, self.folder, program=str(core()), env=env, scan=scan, metrics={"enabled": False}
        ) as session:
            rows: Rows = {}
            await session.rules_read()
            for lines in (300, 2000):
                try:
                    rows[f"pause to patterns, {lines} lines"] = await self._saved(session, lines)
                except NoNews as fault:
                    print(f"semgrep lsp: {fault}")
            return rows

    async def detect_secrets(self) -> Rows:
        """A process of detect-secrets for each key, as extensions without a server do it."""
        peers = Peers(self.peers)
        peers.install(("detect-secrets",))
        command = [peers.script("detect-secrets"), "scan", "--no-verify", "keys.py"]
        row = Row()
        for _ in range(min(self.rounds, 10)):
            (self.folder / "keys.py").write_text(source(1000) + leak() + "\n", "utf-8")
            begun = time.perf_counter()
            subprocess.run(command, cwd=self.folder, check=True, stdout=subprocess.DEVNULL)
            row.values.append((time.perf_counter() - begun) * 1000)
        return {"key to secrets, 1000 lines": row}

    async def _timed(self, session: Session, name: str, lines: int, text: str, rule: str) -> Row:
        """From a change to the diagnostics that it causes; the first two times something is loaded late."""
        uri, at, row = (self.folder / f"{name}{lines}.py").as_uri(), _middle(lines), Row()
        await session.open(uri, source(lines))
        for number in range(self.rounds + 2):
            watch = Watch(session)
            await session.insert(uri, 2 + 2 * number, at, text)
            await session.until(uri, rule, there=True)
            if number > 1:
                _add(row, watch)
            await session.insert(uri, 3 + 2 * number, at, "", at + text.count("\n"))
            await session.until(uri, rule, there=False)
            await asyncio.sleep(0.1)
        return row

    async def _saved(self, session: Session, lines: int) -> Row:
        file, row = self.folder / f"saved{lines}.py", Row()
        file.write_text(source(lines), "utf-8")
        await session.send(method="workspace/didCreateFiles", params={"files": [{"uri": file.as_uri()}]})
        for number in range(min(self.rounds, 10) + 2):
            for text, there in ((_INSECURE, True), ("", False)):
                file.write_text(source(lines) + text, "utf-8")
                session.published.pop(file.as_uri(), None)
                watch = Watch(session)
                await session.open(file.as_uri(), "")
                await session.until(file.as_uri(), "tls-verify-off", there=there)
                if there and number > 1:
                    _add(row, watch)
        return row


def _add(row: Row, watch: Watch) -> None:
    took, worked = watch.read()
    row.values.append(took)
    row.work.append(worked)


def _middle(lines: int) -> int:
    """A line between two functions in the middle."""
    return 2 + lines // 12 * 6


OURSELVES: dict[str, Callable[[Bench], Awaitable[Rows]]] = {
    "start": Bench.start, "secrets": Bench.secrets, "patterns": Bench.patterns, "requests": Bench.requests,
    "memory": Bench.memory, "typing": Bench.typing,
}  # fmt: skip
PEERS: dict[str, Callable[[Bench], Awaitable[Rows]]] = {
    "semgrep": Bench.semgrep,
    "detect-secrets": Bench.detect_secrets,
}
# What is measured, the percentile, and the most that it may be; the pauses that the server waits for are part of the times.
LIMITS: Sequence[tuple[str, int, float]] = (
    ("initialize", 50, 600),
    ("key to secrets, 1000 lines", 50, 10),
    ("key to secrets, 1000 lines", 95, 30),
    ("pause to patterns, 300 lines", 50, 60 + _PAUSE),
    ("pause to patterns, 2000 lines", 50, 350 + _LONG_PAUSE),
    ("codeAction", 95, 20),
    ("hover", 95, 20),
    ("codeLens", 95, 20),
    ("memory of the server", 50, 110),
    ("memory with its processes", 50, 250),
    ("memory growth while typing", 50, 5),
    ("missed or stale diagnostics", 50, 0),
)


def report(measured: dict[str, Rows]) -> dict[str, bool]:
    """Print what was measured, and say which targets hold."""
    print(f"\n{'':62}{'p50':>9}{'p95':>9}{'least':>9}{'work':>9}")
    for program, rows in measured.items():
        for name, row in rows.items():
            work = f"{Row(row.work).p(50):>9.1f}" if row.work else ""
            least = min(row.values, default=float("inf"))
            print(f"{program:<16}{name:<46}{row.p(50):>9.1f}{row.p(95):>9.1f}{least:>9.1f}{work}")
    us = measured["countermark"]
    held = {
        f"{name}, p{share}: {us[name].p(share):.1f}, at most {most:g}": us[name].p(share) <= most
        for name, share, most in LIMITS
        if name in us
    }
    print(f"load {os.getloadavg()[0]:.1f} on {os.cpu_count()} processors; ms and MB")
    print_targets(held)
    return held


async def main() -> int:
    """Measure, print, say whether the targets hold."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sections", nargs="*", metavar="SECTION", help=f"of {', '.join([*OURSELVES, *PEERS])}")
    parser.add_argument("--rounds", type=int, default=40, help="changes of each kind (default: 40)")
    parser.add_argument("--minutes", type=float, default=2, help="how long is typed (default: 2)")
    parser.add_argument("--peers", type=Path, default=Peers.default(), help="the virtual environment of the peers")
    parser.add_argument("--json", type=Path, help="write everything to this file too")
    given = parser.parse_args()
    if unknown := set(given.sections) - OURSELVES.keys() - PEERS.keys():
        parser.error(f"no such section: {', '.join(sorted(unknown))}")
    measured: dict[str, Rows] = {"countermark": {}, "semgrep lsp": {}, "detect-secrets": {}}
    with tempfile.TemporaryDirectory(prefix="countermark-benchmark-", ignore_cleanup_errors=True) as name:
        bench = Bench(Path(name).resolve(), given.rounds, given.minutes, given.peers)
        _prepare(bench.folder)
        for section, measure in (OURSELVES | PEERS).items():
            if given.sections and section not in given.sections:
                continue
            program = {"semgrep": "semgrep lsp", "detect-secrets": "detect-secrets"}.get(section, "countermark")
            try:
                measured[program] |= await measure(bench)
            except NoNews as fault:  # a machine too busy for somebody's time limit
                print(f"{section}: {fault}")
                measured[program][section] = Row()
    held = report(measured)
    if given.json:
        rows = {program: {name: asdict(row) for name, row in rows.items()} for program, rows in measured.items()}
        given.json.write_text(json.dumps({"rows": rows, "targets": held}, indent=2), "utf-8")
    return 0


def _prepare(folder: Path) -> None:
    """A repository, and what is made once for a machine."""
    subprocess.run(["git", "init", "--quiet"], cwd=folder, check=True)
    (folder / "first.py").write_text(f"{_INSECURE}{leak()}\n", "utf-8")
    command = [*OURS[:-1], "check", "--no-progress"]
    subprocess.run(command, cwd=folder, check=False, capture_output=True)


if __name__ == "__main__":
    sys.exit(asyncio.run(main()))
