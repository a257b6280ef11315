"""Read from Markdown what the tests of the documentation check: fenced blocks, console sessions, links and headings."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from attrs import frozen

ROOT = Path(__file__).resolve().parents[2]
PAGES = sorted(
    page.relative_to(ROOT).as_posix()
    for page in [*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md"), *ROOT.glob("changelog.d/README.md")]
)
# Written beside the settings that they are about, for readers of each editor's own kind.
EDITORS = sorted(page.relative_to(ROOT).as_posix() for page in ROOT.glob("editors/**/README.md"))

_FENCE = re.compile(
    r"^(?P<indent> *)```(?P<language>\S*)[^\n]*\n(?P<body>.*?)^(?P=indent)```$", re.DOTALL | re.MULTILINE
)
_NOT_RUN = re.compile(r"<!-- not run: (?P<reason>[^>]+) -->\s*\Z")
_LINK = re.compile(r"!?\[[^\]]*\]\((?P<target>[^)\s]+)\)")
_HEADING = re.compile(r"^#+ +(?P<text>.+?) *#*$", re.MULTILINE)


@frozen
class Block:
    """A fenced block, and why the tests do not run it, if they do not."""

    language: str
    body: str
    line: int
    not_run: str | None


@frozen
class Command:
    """A command as a reader would type it, and what it prints; ``…`` stands for any text, on a line of its own for any lines."""

    typed: str
    prints: str


def read(page: str) -> str:
    """A page's text."""
    return (ROOT / page).read_text(encoding="utf-8")


def blocks(text: str) -> Iterator[Block]:
    """The fenced blocks of a page, in order."""
    for match in _FENCE.finditer(text):
        before = text[: match.start()]
        mark = _NOT_RUN.search(before)
        indent = len(match["indent"])
        body = "".join(line[indent:] for line in match["body"].splitlines(keepends=True))
        yield Block(match["language"], body, before.count("\n") + 1, mark["reason"].strip() if mark else None)


def commands(body: str) -> list[Command]:
    """The commands of a console block: ``$ `` begins one, ``> `` continues it, and what follows is what it prints."""
    found: list[Command] = []
    for part in re.split(r"^\$ ", body, flags=re.MULTILINE)[1:]:
        lines = part.splitlines()
        end = 1
        while end < len(lines) and lines[end].startswith("> "):
            end += 1
        typed = "\n".join([lines[0], *(line[2:] for line in lines[1:end])])
        found.append(Command(typed, "\n".join(lines[end:])))
    return found


def pattern(prints: str) -> re.Pattern[str]:
    """What matches the output that a page shows."""
    lines = [line.rstrip() for line in prints.strip("\n").splitlines()]
    parts = [r"(?:.*\n)*?" if line == "…" else re.escape(line).replace("…", ".*") + r"\n" for line in lines]
    return re.compile("".join(parts))


def prose(text: str) -> str:
    """A page without its fenced blocks and code spans, where nothing is a link."""
    return re.sub(r"`[^`\n]*`", "``", _FENCE.sub("", text))


def links(text: str) -> list[str]:
    """The targets of links and images."""
    return [match["target"] for match in _LINK.finditer(prose(text))]


def anchors(text: str) -> set[str]:
    """The names that a forge gives to the headings of a page."""
    headings = (match["text"] for match in _HEADING.finditer(_FENCE.sub("", text)))
    return {re.sub(r"[^\w\- ]", "", heading.replace("`", "").lower()).replace(" ", "-") for heading in headings}
