"""Places, excerpts and fingerprints, made in one room for every detector."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from countermark.change import FileChange
from countermark.content import Content, Position, Span
from countermark.finding import Confidence, Finding, Related, Rule, Severity
from countermark.placing import MASK, place

RULE = Rule("test/value", "A value", "Somebody could use it.", "Take it out.", Severity.HIGH, Confidence.HIGH)


def report(text: str, *values: str, path: str = "a.py", before: str | None = None) -> tuple[Finding, ...]:
    """A finding for every value, placed."""
    file = FileChange(path, Content.of_text(text), None if before is None else Content.of_text(before))
    spans, at = [], 0
    for value in values:
        at = text.index(value, at)
        spans.append(Span(at, at + len(value)))
        at += len(value)
    return place(file, [Finding.of(RULE, path, span, secrets=(span,)) for span in spans])


@pytest.mark.parametrize(
    ("text", "value", "line", "column", "shown"),
    [
        ("key = 'hunter2'", "hunter2", 1, 8, f"key = '{MASK}'"),
        ("\n\nkey = 'hunter2'\n", "hunter2", 3, 8, f"key = '{MASK}'"),
        ("é😀 = 'hunter2'\r\n", "hunter2", 1, 7, f"é😀 = '{MASK}'"),
        ("a\u2028b\x0cc\nkey='hunter2'", "hunter2", 2, 6, f"key='{MASK}'"),
        ("one\rtwo hunter2", "hunter2", 2, 5, f"two {MASK}"),
        ("-----BEGIN\nabc\n-----END", "-----BEGIN\nabc\n-----END", 1, 1, MASK),
    ],
)
def test_place_and_excerpt(text: str, value: str, line: int, column: int, shown: str) -> None:
    [finding] = report(text, value)

    assert (finding.start.line, finding.start.column) == (line, column)
    assert finding.excerpt.text == shown
    assert finding.excerpt.text[finding.excerpt.start : finding.excerpt.end] == MASK


def test_every_secret_of_a_line_is_masked_in_every_excerpt() -> None:
    excerpts = {finding.excerpt.text for finding in report("a='first1' b='second2'", "first1", "second2")}

    assert excerpts == {f"a='{MASK}' b='{MASK}'"}


def test_a_long_line_shows_a_window_that_cuts_no_secret() -> None:
    noise = "x" * 5000
    [finding] = report(f"{noise} key='hunter2' {noise}", "hunter2")

    assert len(finding.excerpt.text) < 200
    assert finding.excerpt.text[finding.excerpt.start : finding.excerpt.end] == MASK
    assert finding.excerpt.text.startswith("…")
    assert finding.excerpt.text.endswith("…")


@given(
    st.lists(st.text(alphabet="abé\n\r 'x", max_size=60), min_size=2, max_size=6),
    st.text(alphabet="QRSTUVWZ", min_size=6, max_size=300),
)
def test_no_excerpt_holds_a_piece_of_a_secret(around: list[str], secret: str) -> None:
    for finding in report(secret.join(around), *[secret] * (len(around) - 1)):
        assert not set(finding.excerpt.text) & set("QRSTUVWZ")
        assert 0 <= finding.excerpt.start < finding.excerpt.end <= len(finding.excerpt.text)


def fingerprints(text: str, *values: str) -> list[str]:
    return [finding.fingerprint for finding in report(text, *values)]


def test_a_fingerprint_knows_a_finding_wherever_it_moves() -> None:
    [here] = fingerprints("key = 'hunter2'\n", "hunter2")

    assert fingerprints("\n\nother\n    key  =  'hunter2'", "hunter2") == [here]


@pytest.mark.parametrize("text", ["key = 'hunter3'\n", "other = 'hunter2'\n"])
def test_a_fingerprint_is_bound_to_value_and_line(text: str) -> None:
    assert fingerprints(text, text.split("'")[1]) != fingerprints("key = 'hunter2'\n", "hunter2")


def test_twins_have_fingerprints_of_their_own() -> None:
    line = "key = 'hunter2'\n"

    assert len(set(fingerprints(line * 3, *["hunter2"] * 3))) == 3


def test_a_fingerprint_cannot_confirm_a_guess() -> None:
    """Of a dictionary many values give the same fingerprint: 200,000 words fall into 65,536 classes."""
    made = {fingerprints(f"key = '{number:07}'", f"{number:07}")[0] for number in range(2000)}
    parts = {one[:14] for one in made}

    assert len(parts) == 1  # the context says nothing of the value
    assert {len(one) for one in made} == {18}  # 56 bits of context, 16 of the value


@pytest.mark.parametrize(
    ("before", "touched"),
    [(None, True), ("key = 'hunter2'\nold\n", False), ("key = 'hunter1'\nnew\n", True), ("new\n", True)],
)
def test_touched_means_the_change_wrote_the_line(before: str | None, touched: bool) -> None:
    [finding] = report("key = 'hunter2'\nnew\n", "hunter2", before=before)

    assert finding.touched is touched


def test_a_line_of_thousands_of_findings_takes_no_longer_for_each() -> None:
    def seconds(count: int) -> float:
        text = "".join(f"k{number}='hunter{number}' " for number in range(count))
        started = time.perf_counter()
        assert len(report(text, *(f"hunter{number}" for number in range(count)))) == count
        return time.perf_counter() - started

    seconds(100)
    assert seconds(4_000) < max(seconds(500), 0.01) * 8 * 5


def test_a_loss_is_touched_and_its_place_before_stays_as_it_is() -> None:
    file = FileChange("a.py", Content(b"kept\n"), Content(b"guard\nkept\n"))
    start, end = Position(1, 1), Position(1, 6)
    was = Related("a.py", Span(0, 5), "was there", start, end, before=True)
    rule = Rule("guards/test", "t", "w", "r", Severity.LOW, Confidence.LOW)
    plain = Finding.of(rule, "a.py", Span(0, 4))
    [without] = place(file, [plain])
    [lost] = place(file, [Finding.of(rule, "a.py", Span(0, 4), related=(was,))])
    assert (without.touched, lost.touched, lost.related) == (False, True, (was,))
