"""Suppressions in the source: where they count, what they need, and what is said about those that do not hold."""

from __future__ import annotations

import time
from collections.abc import Sequence
from datetime import date

import pytest

from countermark.change import FileChange
from countermark.content import Content, Span
from countermark.finding import Confidence, Finding, Rule, Severity
from countermark.placing import place
from countermark.triage.triage import Triage, Triaged

TODAY = date(2026, 6, 15)
SECRET = Rule("secrets/key", "Title", "Why.", "Do.", Severity.HIGH, Confidence.HIGH)
OTHER = Rule("py/tls", "Title", "Why.", "Do.", Severity.HIGH, Confidence.HIGH)
TRIAGE = Triage(today=TODAY, rules=lambda: (SECRET, OTHER))
ALLOW = "countermark: allow secrets/key because it is a test key"

NESTED = """\
# countermark: begin allow py/tls because x
# countermark: begin allow secrets/* because x
KEY
# countermark: end allow
KEY TLS
# countermark: end allow
TLS
"""


def triaged(
    text: str | bytes, *, path: str = "a.py", triage: Triage = TRIAGE, complete: bool = True, commit: str | None = None
) -> Triaged:
    """What becomes of findings where the text says KEY (of one rule) and TLS (of another); KEY(...) may span lines."""
    content = Content(text) if isinstance(text, bytes) else Content.of_text(text)
    file = FileChange(path, content, commit=commit)
    return triage.apply(file, place(file, found(content)), complete=complete)


def found(content: Content) -> list[Finding]:
    findings = []
    for word, rule in (("KEY", SECRET), ("TLS", OTHER)):
        at = content.text.find(word)
        while at >= 0:
            end = content.text.find(")", at) + 1 if content.text.startswith("(", at + 3) else at + 3
            span = Span(at, end)
            findings.append(Finding.of(rule, "a.py", span, secrets=(span,) if rule is SECRET else ()))
            at = content.text.find(word, at + 1)
    return findings


def ids(findings: Sequence[Finding]) -> list[str]:
    return [finding.rule.id for finding in findings]


@pytest.mark.parametrize(
    ("text", "suppressed"),
    [
        (f"KEY  # {ALLOW}", 1),
        (f"# {ALLOW}\nKEY", 1),
        (f"   # {ALLOW}\n\tKEY", 1),
        (f"#{ALLOW}\nKEY", 1),
        (f"## {ALLOW}\nKEY", 1),
        (f"# {ALLOW}\r\nKEY\r\n", 1),
        (f"# {ALLOW}\n\nKEY", 0),
        (f"KEY\n# {ALLOW}", 0),
        (f"x = 1  # {ALLOW}\nKEY", 0),  # what stands behind code speaks of that code
        (f"# {ALLOW}\nKEY\nKEY", 1),
        (f"KEY KEY  # {ALLOW}", 2),
        ("TLS  # countermark: allow secrets/key because x", 0),
        ("KEY  # countermark: allow secrets/* because x", 1),
        ("KEY TLS  # countermark: allow secrets/*, py/tls because x", 2),
        ("KEY TLS  # countermark: allow py/tls,secrets/key because x", 2),
        ("KEY TLS  # countermark: allow secrets/key because x # countermark: allow py/tls because y", 2),
        ("# countermark: allow secrets/key because x\n# countermark: allow py/tls because y\nKEY TLS", 2),
        ("KEY  # countermark: allow secrets/key until 2026-06-15 because x", 1),
        ("KEY  # countermark: allow secrets/key until 2030-01-01 because x", 1),
        ("KEY  #countermark:allow secrets/key because: x", 1),
        (f"KEY(\nx\n)  # {ALLOW}", 1),  # the last line of a finding
        (f"KEY(  # {ALLOW}\nx\n)", 1),
        (f"KEY(\nx  # {ALLOW}\n)", 0),
        (f"# {ALLOW}\nKEY(\nx\n)", 1),
        ("# countermark: begin allow secrets/* because x\nKEY\n\nKEY\n# countermark: end allow\nKEY", 2),
        ("# countermark: begin allow secrets/* because x\nKEY(\n# countermark: end allow\n)", 0),
        (NESTED, 2),
        (f"KEY\n# {ALLOW}\n".encode("utf-16"), 0),
        (f"# {ALLOW}\nKEY\n".encode("utf-16"), 1),
        (b"\xff\n# " + ALLOW.encode() + b"\nKEY\n", 1),
    ],
)
def test_where_a_suppression_counts(text: str | bytes, suppressed: int) -> None:
    result = triaged(text)
    assert len(result.suppressed) == suppressed
    assert len(result.suppressed) + len(result.kept) == len(
        found(Content(text) if isinstance(text, bytes) else Content.of_text(text))
    )
    assert all(item.in_source for item in result.suppressed)


@pytest.mark.parametrize(
    ("path", "line"),
    [
        ("a.js", f"KEY // {ALLOW}"),
        ("a.js", f"KEY /* {ALLOW} */"),
        ("a.js", f"/* {ALLOW} */ KEY"),
        ("a.ts", f"/**\n * {ALLOW}\n */ KEY"),
        ("a.css", f"/* {ALLOW} */\nKEY"),
        ("a.sql", f"KEY -- {ALLOW}"),
        ("a.lua", f"KEY -- {ALLOW}"),
        ("a.lisp", f"KEY ;; {ALLOW}"),
        ("a.ini", f"; {ALLOW}\nKEY"),
        ("a.tex", f"KEY % {ALLOW}"),
        ("a.html", f"<!-- {ALLOW} -->\nKEY"),
        ("README.md", f"KEY <!-- {ALLOW} -->"),
        ("a.vue", f"KEY // {ALLOW}"),
        ("a.html.j2", f"{{# {ALLOW} #}}\nKEY"),
        ("a.bat", f"REM {ALLOW}\nKEY"),
        ("a.cmd", f":: {ALLOW}\nKEY"),
        ("a.vb", f"KEY ' {ALLOW}"),
        ("a.ps1", f"KEY <# {ALLOW} #>"),
        ("a.ml", f"KEY (* {ALLOW} *)"),
        ("a.tf", f"KEY # {ALLOW}"),
        ("a.tf", f"KEY // {ALLOW}"),
        ("a.properties", f"! {ALLOW}\nKEY"),
        ("go.mod", f"KEY // {ALLOW}"),
        ("Dockerfile", f"# {ALLOW}\nKEY"),
        ("Dockerfile.dev", f"# {ALLOW}\nKEY"),
        (".env", f"KEY # {ALLOW}"),
        (".env.local", f"KEY # {ALLOW}"),
        ("deep/.npmrc", f"; {ALLOW}\nKEY"),
        ("Makefile", f"KEY # {ALLOW}"),
        ("a.ipynb", f'  "# {ALLOW}\\n",\n  "KEY\\n",'),
        ("a.unheard-of", f"KEY # {ALLOW}"),
        ("a.unheard-of", f"KEY // {ALLOW}"),
        ("no-extension", f"KEY -- {ALLOW}"),
        ("no-extension", f"' {ALLOW}\nKEY"),
    ],
)
def test_comments_of_many_languages(path: str, line: str) -> None:
    result = triaged(line, path=path)
    assert (ids(result.kept), ids(result.about), len(result.suppressed)) == ([], [], 1)


@pytest.mark.parametrize(
    ("path", "line"),
    [
        ("a.py", f"KEY // {ALLOW}"),
        ("a.py", f"KEY '{ALLOW}'"),
        ("a.py", f"KEY {ALLOW}"),
        ("a.js", f"KEY # {ALLOW}"),
        ("a.js", f"x * {ALLOW}; KEY"),
        ("a.html", f"KEY // {ALLOW}"),
        ("a.unheard-of", f"KEY ' {ALLOW}"),
        ("a.bat", f"KEYREM {ALLOW}"),
        ("a.py", f"KEY  # see {ALLOW}"),
    ],
)
def test_what_is_no_comment_of_the_language_suppresses_nothing(path: str, line: str) -> None:
    result = triaged(line, path=path)
    assert (ids(result.kept), result.about) == (["secrets/key"], ())


NO_REASON, EXPIRED, MALFORMED, UNUSED = (
    f"suppressions/{name}" for name in ("no-reason", "expired", "malformed", "unused")
)


@pytest.mark.parametrize(
    ("directive", "rule", "said"),
    [
        ("allow secrets/key", NO_REASON, "does not say why"),
        ("allow secrets/key because", NO_REASON, "no reason behind `because`"),
        ("allow secrets/key because ...", NO_REASON, "no reason behind `because`"),
        ("allow secrets/key until 2027-01-01", NO_REASON, "does not say why"),
        ("allow secrets/key until 2026-06-14 because x", EXPIRED, "until 2026-06-14"),
        ("allow secrets/key until 2026-02-30 because x", MALFORMED, "date of the calendar"),
        ("allow secrets/key until tomorrow because x", MALFORMED, "date of the calendar"),
        ("allow secrets/key until because x", MALFORMED, "date of the calendar"),
        ("allow secrets/key until 20270101 because x", MALFORMED, "date of the calendar"),
        ("allow secrets/key until 2027-01-01 2028-01-01 because x", MALFORMED, "date of the calendar"),
        ("allow because x", MALFORMED, "which rule"),
        ("allow", MALFORMED, "which rule"),
        ("allow key because x", MALFORMED, "`family/name`"),
        ("allow * because x", MALFORMED, "`family/name`"),
        ("allow */* because x", MALFORMED, "`family/name`"),
        ("allow secrets/key py/tls because x", MALFORMED, "comma"),
        ("allow secrets/key, because x", MALFORMED, "comma"),
        ("allowed secrets/key because x", MALFORMED, "comes `allow`"),
        ("ignore secrets/key because x", MALFORMED, "comes `allow`"),
        ("", MALFORMED, "comes `allow`"),
        ("end allow", MALFORMED, "No `begin allow`"),
        ("begin allow secrets/key because x", MALFORMED, "No `end allow`"),
        ("allow secrets/other because x", None, ""),  # of a rule that this run does not know
        ("allow secrets/key because x", None, ""),
    ],
)
def test_what_does_not_hold_is_a_finding(directive: str, rule: str | None, said: str) -> None:
    result = triaged(f"KEY  # countermark: {directive}")
    assert ids(result.about) == ([rule] if rule else [])
    assert all(said in finding.message for finding in result.about)
    if rule:
        assert (ids(result.kept), result.suppressed) == (["secrets/key"], ())


def test_a_block_that_does_not_hold_suppresses_nothing() -> None:
    result = triaged("# countermark: begin allow secrets/*\nKEY\n# countermark: end allow")
    assert (ids(result.kept), ids(result.about)) == (["secrets/key"], [NO_REASON])


def test_where_the_finding_about_a_suppression_points() -> None:
    text = "KEY  # countermark: allow secrets/key\n"
    (about,) = triaged(text).about
    assert text[about.span.start : about.span.end] == "# countermark: allow secrets/key"
    assert (about.severity, about.path) == (Severity.MEDIUM, "a.py")


@pytest.mark.parametrize(
    ("text", "unused"),
    [
        (f"x  # {ALLOW}", 1),
        (f"KEY  # {ALLOW}", 0),
        ("KEY  # countermark: allow secrets/key, py/tls because x", 0),
        ("TLS  # countermark: allow secrets/* because x", 1),
        ("# countermark: begin allow py/tls because x\nKEY\n# countermark: end allow", 1),
        ("x  # countermark: allow secrets/absent because x", 0),
        ("x  # countermark: allow absent/* because x", 0),
        ("x  # countermark: allow secrets/key, absent/* because x", 0),
    ],
)
def test_what_suppresses_nothing_is_a_finding(text: str, unused: int) -> None:
    assert ids(triaged(text).about) == [UNUSED] * unused
    assert triaged(text, complete=False).about == ()
    assert triaged(text, commit="0" * 40).about == ()
    assert triaged(text, triage=Triage(today=TODAY)).about == ()


@pytest.mark.parametrize(
    ("until", "holds"),
    [("", False), ("until 2026-07-15 ", True), ("until 2026-07-16 ", False), ("until 2026-06-15 ", True)],
)
def test_the_policy_limits_how_long(until: str, holds: bool) -> None:
    triage = Triage(today=TODAY, longest=30)
    result = triaged(f"KEY  # countermark: allow secrets/key {until}because x", triage=triage)
    assert (len(result.suppressed), ids(result.about)) == ((1, []) if holds else (0, [MALFORMED]))
    assert holds or "policy.longest-suppression" in result.about[0].message


@pytest.mark.parametrize("text", [f"KEY  # {ALLOW}", "KEY  # countermark: nonsense", "KEY  # gitleaks:allow"])
def test_ci_can_ignore_them_all(text: str) -> None:
    triage = Triage(today=TODAY, ignore_inline=True, foreign_markers=True, rules=lambda: (SECRET,))
    result = triaged(text, triage=triage)
    assert (ids(result.kept), result.suppressed, result.about) == (["secrets/key"], (), ())


def test_the_reason_is_shown_without_secrets() -> None:
    (item,) = triaged("x\nKEY  # countermark: allow secrets/key because KEY is old  # noqa").suppressed[:1]
    assert item.why == "line 2: ******** is old  # noqa"


@pytest.mark.parametrize(
    ("text", "suppressed"),
    [
        ("KEY  # pragma: allowlist secret", ["secrets/key"]),
        ("KEY  # pragma: whitelist secret", ["secrets/key"]),
        ("# pragma: allowlist nextline secret\nKEY", ["secrets/key"]),
        ("# pragma: allowlist secret\nKEY", []),
        ("KEY  # pragma: allowlist nextline secret", []),
        ("KEY  # gitleaks:allow", ["secrets/key"]),
        ("KEY(\n) # gitleaks:allow", ["secrets/key"]),
        ("TLS  # gitleaks:allow", []),
        ("TLS  # pragma: allowlist secret", []),
        ("KEY TLS  # nosemgrep", ["py/tls"]),
        ("# nosemgrep\nTLS", ["py/tls"]),
        ("# nosemgrep\n\nTLS", []),
        ("TLS  # nosemgrep: py/tls", ["py/tls"]),
        ("TLS  # nosemgrep: other, rules.python.tls", ["py/tls"]),
        ("TLS  # nosemgrep: other", []),
        ("TLS  # nosem", ["py/tls"]),
        ("TLS  # nosemgreps", []),
    ],
)
def test_foreign_markers_count_where_the_policy_says_so(text: str, suppressed: list[str]) -> None:
    result = triaged(text, triage=Triage(today=TODAY, foreign_markers=True))
    assert [item.finding.rule.id for item in result.suppressed] == suppressed
    assert all(item.in_source and " in line " in item.why for item in result.suppressed)
    assert triaged(text).suppressed == ()


def test_there_is_an_end_to_them() -> None:
    result = triaged(f"KEY # {ALLOW}\n" * 501)
    assert len(result.suppressed) == 500
    assert "more than 500" in result.about[0].message


@pytest.mark.parametrize(
    "unit",
    ["countermark:", "#countermark:", "# countermark: allow ", "# countermark: allow a/b because x ", "/* countermark:",
     " " * 50 + "countermark:", "* countermark:", "# countermark: begin allow a/b because x\n", "nosemgrep: a, ",
     "# countermark: end allow\n", "# countermark: allow a/b, until because until ", "# countermark: allow a/b because x\n"],
)  # fmt: skip
@pytest.mark.parametrize("path", ["a.py", "a.c", "a.unknown"])
def test_hostile_lines_take_time_in_proportion(unit: str, path: str) -> None:
    text = "KEY " + unit * (500_000 // len(unit))
    started = time.process_time()
    triaged(text, path=path, triage=Triage(today=TODAY, foreign_markers=True, rules=lambda: (SECRET,)))
    assert time.process_time() - started < 2
