"""Hand-made reports: every field that a format has to show, and values that try to break it."""

from __future__ import annotations

from typing import Any

from attrs import evolve

from countermark.change import FileChange, Skipped
from countermark.content import Content, Span
from countermark.finding import Confidence, Edit, Finding, Fix, Lifetime, Related, Rule, Severity
from countermark.placing import place
from countermark.verdict import Failure, Judged, Level, Report, Suppressed, Verdict

KEY = Rule(
    id="secrets/cloud-key",
    title="Cloud key",
    why="Whoever reads this can act as the key until somebody revokes it.",
    remedy="Revoke the key, then read it from the environment.",
    severity=Severity.CRITICAL,
    confidence=Confidence.HIGH,
    cwe=("CWE-798",),
    references=("https://example.invalid/keys",),
)
TLS = Rule(
    id="py/tls-verify-off",
    title="Certificate checks are off",
    why="Anyone on the network path can read this traffic.",
    remedy="Remove verify=False.",
    severity=Severity.MEDIUM,
    confidence=Confidence.HIGH,
    cwe=("CWE-295",),
)
QUIET = Rule(
    "py/assert", "Assert in code", "It vanishes under -O.", "Raise.", Severity.LOW, Confidence.LOW, enabled=False
)
RULES = (KEY, TLS, QUIET)
VALUE = "hunter2hunter2"
REASONS = {level: f"policy.{level.name.lower()}: a test" for level in Level}


def judged(finding: Finding, level: Level) -> Judged:
    return Judged(finding, Verdict(level, REASONS[level]))


def found(
    text: str = f"key = '{VALUE}'\n", part: str = VALUE, *, rule: Rule = KEY, path: str = "settings.py"
) -> Finding:
    """The finding that a detector would report for a part of a text, placed; the part is a secret."""
    start = text.index(part)
    span = Span(start, start + len(part))
    file = FileChange(path, Content.of_text(text))
    finding = Finding.of(rule, path, span, secrets=(span,) if rule is KEY else ())
    return place(file, [finding])[0]


def tls(path: str = "client.py") -> Finding:
    """A finding with a fix and a related place."""
    text = "def load(url):\n    return get(url, verify=False)\n"
    start = text.index(", verify=False")
    span = Span(start + 2, start + 14)
    finding = Finding.of(
        TLS,
        path,
        span,
        fixes=(Fix("Remove verify=False", safe=False, edits=(Edit(Span(start, start + 14), ""),)),),
        related=(
            Related(path, Span(4, 8), "called load"),
            Related("elsewhere.py", Span(0, 1), "called here"),
        ),
    )
    return place(FileChange(path, Content.of_text(text)), [finding])[0]


def report(*items: Judged, **more: Any) -> Report:
    return evolve(Report(root="/repository", files=2, judged=items), **more)


def full() -> Report:
    """A report with one of everything."""
    leak = evolve(found(), lifetime=Lifetime.LONG)
    return report(
        judged(leak, Level.BLOCK),
        judged(evolve(tls(), touched=True), Level.WARN),
        judged(evolve(found(path="old.py"), commit="c" * 40), Level.REVIEW),
        judged(found("assert admin\n", "assert", rule=QUIET, path="odd \udcff\u202e,:%\n.py"), Level.NOTE),
        skipped=(Skipped("logo.png", "binary"), Skipped("bad\udcfe\x1b[0m.bin", "binary")),
        failures=(
            Failure("secrets", "broken.py", "broke with KeyError at plugin.py:3"),
            Failure("engine", None, "late"),
        ),
        suppressed=(
            Suppressed(found(path="test_settings.py"), in_source=True, why="a fake for tests"),
            Suppressed(found(path="legacy.py"), in_source=False, why="known"),
        ),
    )
