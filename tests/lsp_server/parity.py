"""What is said of texts by each face, in one form: (path, rule, line, column, verdict)."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterable, Iterator, Mapping
from subprocess import run

from lsprotocol import types as lsp

from countermark_lsp.diagnostics import SKIPPED
from tests.lsp_server.editor import editing
from tests.support import Repository

Said = tuple[str, str, int, int, str]  # path, rule, line, column, verdict
Shown = tuple[str, str, int, int, int]  # the same with an editor's severity
SETTINGS = """[policy]
fail-on = "note"  # so that the hook explains everything

[policy.ai]
raise = 1

[[paths]]
match = ["docs/"]
at-most = "note"
"""
# What a finding does, by what the editor makes of it; review and warn look the same there.
SHOWN = {"block": 1, "review": 2, "warn": 2, "note": 3}
_FILE = re.compile(r"(\S.*)")
_PLACE = re.compile(r"  (\d+):(\d+)  (block|review|warn|note)  ")
_RULE = re.compile(r"    rule: ([\w/-]+)[,;]")


def by_the_hook(repository: Repository) -> set[Said]:
    """What the pre-commit hook prints of what is staged."""
    done = run(
        [sys.executable, "-I", "-m", "countermark_hooks", "pre-commit"],
        cwd=repository.path, env=repository.env, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 1, done.stdout + done.stderr
    return set(_read(done.stdout + done.stderr))


def _read(text: str) -> Iterator[Said]:
    path, place, unseen = "", ("0", "0", ""), False
    for line in text.split("\n"):
        if unseen := line.startswith("not looked at: ") or (unseen and line.startswith("  ")):
            yield from (
                (name, SKIPPED, 1, 1, "note") for name in line.rpartition(": ")[2].split(", ") if line[0] == " "
            )
        elif found := _PLACE.match(line):
            place = (found[1], found[2], found[3])
        elif found := _RULE.match(line):
            yield path, found[1], int(place[0]), int(place[1]), place[2]
        elif found := _FILE.fullmatch(line):
            path = found[1]


def by_check(repository: Repository, *options: str) -> set[Said]:
    """What `countermark check` reports."""
    done = repository.countermark("check", "--no-progress", "--format", "json", *options)
    assert done.returncode == 1, done.stdout + done.stderr
    report = json.loads(done.stdout)
    assert report["summary"]["failures"] == []
    skipped = {(one["path"], SKIPPED, 1, 1, "note") for one in report["summary"]["skipped"]}
    return skipped | {
        (one["path"], one["rule"], one["start"]["line"], one["start"]["column"], one["verdict"])
        for one in report["findings"]
    }


def shown(said: Iterable[Said]) -> set[Shown]:
    """What an editor makes of it."""
    return {(*one[:4], SHOWN[one[4]]) for one in said}


async def by_the_editor(repository: Repository, texts: Mapping[str, str]) -> set[Shown]:
    """What an editor shows of each text."""
    said: set[Shown] = set()
    async with editing(repository, "yegappan-lsp", patience=900) as editor:  # utf-32: columns are characters
        uris = {name: (repository.path / name).as_uri() for name in texts}
        for name, text in texts.items():
            editor.open(uris[name], text)
        for name, uri in uris.items():
            said |= {_shown(name, one) for one in await editor.settled(uri)}
    return said


def _shown(name: str, one: lsp.Diagnostic) -> Shown:
    place = one.range.start
    assert one.severity is not None
    return name, str(one.code), place.line + 1, place.character + 1, one.severity.value
