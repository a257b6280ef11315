"""How authorship is shown: a gutter beside the lines, a porcelain for scripts, JSON."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from countermark.display import escape
from countermark.git.repository import Repository
from countermark.provenance.blame import Blamed, Range
from countermark.provenance.model import State
from countermark.review.ledger import Ledger

STYLES = ("text", "porcelain", "json")
_WORDS = {State.AI: "AI", State.HUMAN: "human", State.SUSPECTED: "AI?", State.UNTRACKED: "-"}
_GUTTER = 34
_MOST_LINE = 200


def own_reviews(repository: Repository) -> list[Mapping[str, Any]]:
    """What was decided in this clone; a part of it may be in no note yet."""
    entries, _ = Ledger.of(repository).examine()
    return [entry.value for entry in entries]


def value(schema: str, files: Sequence[Blamed], **more: Any) -> dict[str, Any]:
    """The files as one JSON object."""
    return {"schema": schema, **more, "files": [file.as_value() for file in files]}


def text(files: Sequence[Blamed]) -> Iterator[str]:
    """Each line with who wrote it and who answered for it; the beginning of a range says so, and the lines below it need not."""
    for file in files:
        yield escape(file.path)
        for one in file.ranges:
            for number in range(one.start, one.end + 1):
                said = whose(one) if number == one.start else "|" if one.author.state is not State.UNTRACKED else ""
                line = escape(file.lines[number - 1][:_MOST_LINE]) if number <= len(file.lines) else ""
                yield f"{said[:_GUTTER]:<{_GUTTER}} {number:>5}  {line}".rstrip()


def porcelain(files: Sequence[Blamed]) -> Iterator[str]:
    """One range a line, cut at tabs: path, first, last, state, agent, model, session, hunk, decision."""
    for file in files:
        for one in file.ranges:
            author = one.author
            names = (
                author.state.value,
                author.agent,
                author.model,
                author.session,
                one.hunk or "",
                decision(one.review),
            )
            yield "\t".join((escape(file.path), str(one.start), str(one.end), *(escape(name) for name in names)))


def whose(one: Range) -> str:
    """Who wrote a range, and what came of its review."""
    author = one.author
    words = [_WORDS[author.state], escape(author.agent), escape(author.model), escape(decision(one.review))]
    return " ".join(word for word in words if word)


def decision(review: Mapping[str, Any] | None) -> str:
    """The decision of a review, as its writer calls it."""
    return str(review.get("decision", "reviewed"))[:20] if review else ""
