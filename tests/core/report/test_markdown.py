"""The summary in Markdown, and the command that answers for missing reviews."""

from __future__ import annotations

import pytest
from attrs import evolve

from countermark.report.render import render
from countermark.review.rules import AI_UNREVIEWED
from countermark.verdict import Failure, Judged, Level, Report

from .samples import judged, report, tls


def said(given: Report, shape: str = "markdown") -> str:
    return render(given, shape, rules=(), fail_on=Level.BLOCK, width=100)


def unreviewed() -> Judged:
    return judged(evolve(tls(), rule=AI_UNREVIEWED), Level.BLOCK)


def test_what_fails_is_a_table() -> None:
    lines = said(report(judged(tls(), Level.BLOCK))).split("\n")

    assert lines[0] == "### Countermark fails"
    assert lines[2] == "1 block."
    assert lines[6].startswith("| block | client.py\\:")


@pytest.mark.parametrize(
    ("given", "head"),
    [
        (report(), "### Countermark passes\n\nNothing was found.\n"),
        (report(judged(tls(), Level.WARN)), "### Countermark passes\n\n1 warn.\n"),
        (report(failures=(Failure("review", None, "x"),)), "### Countermark could not look at everything"),
    ],
    ids=["nothing", "warning", "failure"],
)
def test_the_headline_says_how_it_went(given: Report, head: str) -> None:
    assert said(given).startswith(head)


def test_names_are_text_and_nothing_else() -> None:
    told = said(report(judged(tls("a|b](http://x)<img>`\x1b\u202e.py"), Level.BLOCK)))

    assert "\\|b\\]\\(http\\://x\\)\\<img\\>\\`\\\\x1b\\\\u202e.py" in told


@pytest.mark.parametrize("shape", ["markdown", "text"])
def test_the_one_command_is_told(shape: str) -> None:
    given = report(unreviewed(), review="countermark review A..B")

    assert "    countermark review A..B\n" in said(given, shape)
    assert "countermark: allow" not in said(given, shape)
    assert "countermark review" not in said(report(judged(tls(), Level.BLOCK)), shape)
