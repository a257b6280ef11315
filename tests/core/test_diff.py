"""Hunks lead from one version to the other, mark little too much, and never take long."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from countermark.content import Content
from countermark.diff import Hunk, diff

LINES = st.lists(st.sampled_from(["", "a", "b", "}", "é\u2028\f", "\udc80", "c" * 50]), max_size=30)
ENDS = st.sampled_from(["\n", "\r\n", "\r"])


def lines_of(text: str) -> list[str]:
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return lines if lines[-1] else lines[:-1]


def line_at(content: Content, offset: int) -> int:
    return content.line_at(offset) if offset < len(content.text) else len(lines_of(content.text))


def applied(before: Content, after: Content, hunks: tuple[Hunk, ...]) -> list[str]:
    """The lines that the hunks make of the earlier version."""
    old, new = lines_of(before.text), lines_of(after.text)
    for hunk in reversed(hunks):
        replaced = slice(line_at(before, hunk.before.start), line_at(before, hunk.before.end))
        old[replaced] = new[line_at(after, hunk.after.start) : line_at(after, hunk.after.end)]
    return old


@given(LINES, LINES, ENDS, ENDS, st.booleans(), st.booleans())
def test_applied_hunks_give_the_later_version(
    old: list[str], new: list[str], old_end: str, new_end: str, old_ends: bool, new_ends: bool
) -> None:
    before = Content.of_text(old_end.join(old) + old_end * old_ends)
    after = Content.of_text(new_end.join(new) + new_end * new_ends)
    assert applied(before, after, diff(before, after)) == lines_of(after.text)


@given(LINES, ENDS, ENDS)
def test_only_other_line_ends_are_no_difference(lines: list[str], one: str, other: str) -> None:
    assert diff(Content.of_text(one.join(lines)), Content.of_text(other.join(lines))) == ()


@given(LINES, LINES)
def test_hunks_are_whole_lines_in_order_and_apart(old: list[str], new: list[str]) -> None:
    before, after = Content.of_text("\n".join(old)), Content.of_text("\n".join(new))
    at_before = at_after = -1
    for hunk in diff(before, after):
        assert hunk.before.start > at_before or hunk.after.start > at_after
        assert (hunk.before.start, hunk.after.start) >= (at_before, at_after)
        assert {hunk.after.start, hunk.after.end} <= {*after.line_starts, len(after.text)}
        assert hunk.before.start < hunk.before.end or hunk.after.start < hunk.after.end
        at_before, at_after = hunk.before.end, hunk.after.end


@pytest.mark.parametrize(
    ("before", "after", "added"),
    [
        (None, "a\n", ["a\n"]),
        (None, "", []),
        ("", "", []),
        ("", "a", ["a"]),
        ("a\n", "", []),
        ("a", "a\n", []),
        ("a\nc", "a\nb\nc", ["b\n"]),
        ("a\nb\n", "a\nB\n", ["B\n"]),
        ("a", "a\nb", ["b"]),
        ("one\ntwo\nthree\n", "zero\none\ntwo\nthree\nfour\n", ["zero\n", "four\n"]),
        ("a\u2028b\n", "a\u2028c\n", ["a\u2028c\n"]),
        ("f(1)\nf(2)\n", "f(0)\nf(1)\nf(2)\n", ["f(0)\n"]),
    ],
)
def test_what_is_added(before: str | None, after: str, added: list[str]) -> None:
    content = Content.of_text(after)
    hunks = diff(None if before is None else Content.of_text(before), content)
    assert [content.slice(hunk.after) for hunk in hunks if hunk.after.start < hunk.after.end] == added


def test_edits_far_apart_in_a_long_file_leave_the_lines_between_alone() -> None:
    old = [f"line {number}" for number in range(20_000)]
    new = ["first", *old[1:-1], "last"]
    after = Content.of_text("\n".join(new))
    assert [after.slice(hunk.after) for hunk in diff(Content.of_text("\n".join(old)), after)] == ["first\n", "last"]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (["x"] * 3000, ["x", "y"] * 1500),
        (["", "x"] * 1500, ["x" + ("" if number % 7 else "q") for number in range(3000)]),
        ([str(number) for number in range(50_000)], [str(number) for number in range(50_000, 0, -1)]),
        (["a"] * 100_000, ["b"] * 100_000),
    ],
    ids=["alternating", "few kinds", "reversed", "nothing in common"],
)
def test_hostile_files_take_no_longer(old: list[str], new: list[str]) -> None:
    before, after = Content.of_text("\n".join(old)), Content.of_text("\n".join(new))
    started = time.process_time()
    hunks = diff(before, after)
    assert time.process_time() - started < 3  # a plain longest-match search takes a minute for the first
    assert hunks
