"""Ten documents that are typed into at once: whether what a language server shows is ever wrong, and whether its memory grows."""

# ruff: noqa: S311 - nothing here is a secret

from __future__ import annotations

import asyncio
import json
import random
import sys
import time
from collections import OrderedDict
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from attrs import define, field
from lsp_memory import Memory
from lsp_session import NoNews, Session, serving

OURS = (sys.executable, "-I", "-m", "countermark_cli", "lsp")
_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"
_PIECE = """

def step_{0}(value, table):
    \"\"\"Look a value up.\"\"\"
    found = table.get(value, {0})
    return [one * {0} for one in range(found)]
"""
_INSECURE = "import requests; requests.get(address, timeout=3, verify=False)"
# What the lines begin with on which each may stand; that half-typed text cannot be read is said at the top.
_RULES = {
    "secrets/aws-access-key-id": "KEY = ",
    "py/tls-verify-off": "import requests; ",
    "engine/not-looked-at": "import json",
}
_PACKAGES = ("deps/unknown-package", "deps/look-alike")  # what is true of a package whose name is half-typed
_INNOCENT = ("VALUE = 1", "VALUE = max(2, 3)")
_BEGINNINGS = ("KEY", "import requests; ", "VALUE")
_MOST_LINES = 12  # that are put into one document
_TAKEN_OUT = 0.4  # of the times a line is taken out
_WHOLE = len('KEY = "') + 20 + len('"')
_MOST_VERSIONS = 200  # that are remembered of a document
_REST = 20.0  # seconds that everybody types between two looks at what is shown


def source(lines: int) -> str:
    """Clean Python of about so many lines."""
    return "import json\n" + "".join(_PIECE.format(number) for number in range(lines // 6))


def leak() -> str:
    """A secret that opens nothing, made now."""
    return f'KEY = "{"AK" + "IA"}{"".join(random.choices(_LETTERS, k=16))}"'


@define
class Typist:
    """One document, and whoever types into it: whole lines, a few characters at a time, that are taken out again later."""

    uri: str
    lines: list[str]
    version: int = 1
    texts: OrderedDict[int, list[str]] = field(factory=OrderedDict)

    @property
    def name(self) -> str:
        return self.uri.rpartition("/")[2]

    async def type(self, session: Session, until: float) -> None:
        """Go on until then, and leave no line half-typed."""
        while time.monotonic() < until:
            ours = [number for number, line in enumerate(self.lines) if line.startswith(_BEGINNINGS)]
            if ours and (len(ours) > _MOST_LINES or random.random() < _TAKEN_OUT):
                at = random.choice(ours)
                self._next(self.lines[:at] + self.lines[at + 1 :])
                await session.insert(self.uri, self.version, at, "", at + 1)
            else:
                await self._line(session, self._blank(), random.choice((leak(), _INSECURE, *_INNOCENT)))
            await asyncio.sleep(random.choice((0.1, 0.4, 1.5)))

    async def _line(self, session: Session, at: int, text: str) -> None:
        self._next([*self.lines[:at], "", *self.lines[at:]])
        await session.insert(self.uri, self.version, at, "\n")
        done = 0
        while done < len(text):
            piece = text[done : done + random.randint(2, 9)]
            self._next([*self.lines[:at], text[:done] + piece, *self.lines[at + 1 :]])
            await session.change(self.uri, self.version, (at, done), (at, done), piece)
            done += len(piece)
            await asyncio.sleep(random.uniform(0.05, 0.15))

    def _blank(self) -> int:
        """A blank line between two functions."""
        return random.choice([number for number, line in enumerate(self.lines[1:-1], 1) if not line])

    def _next(self, lines: list[str]) -> None:
        self.version += 1
        self.lines = self.texts[self.version] = lines
        if len(self.texts) > _MOST_VERSIONS:
            self.texts.popitem(last=False)

    def wrong(self, shown: Mapping[str, Any]) -> list[str]:
        """What a publication says of another text than it is about: a place where nothing is, or a secret that it leaves out."""
        lines = self.texts.get(shown["version"])
        if lines is None:
            return []
        places = {(one["code"], one["range"]["start"]["line"]) for one in shown["diagnostics"]}
        stale = [f"{code} in line {line}" for code, line in places if not _may_stand(code, lines[line])]
        whole = [number for number, line in enumerate(lines) if line.startswith("KEY") and len(line) == _WHOLE]
        missed = [f"no secret in line {line}" for line in whole if ("secrets/aws-access-key-id", line) not in places]
        return [f"{self.name}, version {shown['version']}: {said}" for said in stale + missed]


def _may_stand(code: str, line: str) -> bool:
    whole = _INSECURE.partition(";")[0]
    if code in _PACKAGES:
        return whole.startswith(line) and line != whole
    return line.startswith(_RULES.get(code, "no such"))


async def typing(folder: Path, minutes: float) -> dict[str, float]:
    """MB by which the processes grow, and how many diagnostics are missed or stale."""
    async with serving(OURS, folder, status=True, suspect="off") as session:
        typists = [Typist((folder / f"t{number}.py").as_uri(), source(300).split("\n")) for number in range(10)]
        faults: list[str] = []
        by_uri = {typist.uri: typist for typist in typists}
        session.heard = lambda shown: faults.extend(by_uri[shown["uri"]].wrong(shown))
        for typist in typists:
            await session.open(typist.uri, "\n".join(typist.lines))
        begun, looks, memory = time.monotonic(), 0, Memory(session)
        watching = asyncio.create_task(memory.watch())
        while time.monotonic() - begun < minutes * 60:
            until = min(time.monotonic() + _REST, begun + minutes * 60)
            await asyncio.gather(*(typist.type(session, until) for typist in typists))
            shown = [await _at_rest(session, typist, faults) for typist in typists]
            checked = typists if time.monotonic() - begun >= minutes * 60 else [typists[looks % len(typists)]]
            for typist in checked:
                faults += await _untrue(folder, typist, shown[typists.index(typist)])
            looks += 1
        watching.cancel()
        versions = sum(typist.version for typist in typists)
    print(f"typed {versions} versions of ten documents, compared {looks} times with a check", *faults[:20], sep="\n")
    return {"memory growth while typing": memory.growth(), "missed or stale diagnostics": float(len(faults))}


async def _at_rest(session: Session, typist: Typist, faults: list[str]) -> Mapping[str, Any]:
    try:
        return await session.settled(typist.uri, typist.version)
    except NoNews as fault:
        faults.append(str(fault))
        return session.published.get(typist.uri, {"version": 0, "diagnostics": []})


async def _untrue(folder: Path, typist: Typist, shown: Mapping[str, Any]) -> list[str]:
    """In what the diagnostics of a document at rest differ from what a fresh check says of its text."""
    command = (*OURS[:-1], "check", "--no-progress", "--format", "json", "--stdin-filename", typist.name)
    pipe = asyncio.subprocess.PIPE
    process = await asyncio.create_subprocess_exec(*command, cwd=folder, stdin=pipe, stdout=pipe)
    said, _ = await process.communicate("\n".join(typist.lines).encode())
    wanted = {
        (one["rule"], one["start"]["line"] - 1, one["start"]["column"] - 1) for one in json.loads(said)["findings"]
    }
    starts = ((one["code"], one["range"]["start"]) for one in shown["diagnostics"])
    found = {(code, start["line"], start["character"]) for code, start in starts}
    return [f"{typist.name}, version {typist.version}, at rest: {one}" for one in sorted(found ^ wanted)]
