from __future__ import annotations

import pytest
from attrs import evolve
from lsprotocol import types as lsp

from countermark.content import Position, Span
from countermark.finding import Confidence, Finding, Lifetime, Related, Rule, Severity
from countermark.verdict import Judged, Level, Report, Verdict
from countermark_lsp.client import Client
from countermark_lsp.diagnostics import diagnostics
from countermark_lsp.documents import Document
from countermark_lsp.encoding import Encoding
from countermark_lsp.job import Answer
from countermark_lsp.markup import explain
from countermark_lsp.store import Scan

RULE = Rule(
    "test/rule", "A title", "Why it matters.", "Do this. And later that.", Severity.HIGH, Confidence.HIGH,
    references=("http://plain.invalid", "https://example.invalid/rule"),
)  # fmt: skip
FINDING = evolve(
    Finding.of(RULE, "a.py", Span(0, 3), lifetime=Lifetime.LONG),
    start=Position(1, 1),
    end=Position(1, 4),
    fingerprint="f0",
)


def judged(message: str = "It matters here.", finding: Finding = FINDING) -> Judged:
    return Judged(evolve(finding, message=message), Verdict(Level.BLOCK, "policy.block: severity from high"))


def scan(*items: Judged) -> Scan:
    document = Document.of(lsp.TextDocumentItem("file:///a.py", "python", 1, "one\ntwo\n"), Encoding.Utf16)
    return Scan(document.snapshot(), Answer(Report(root="/", files=1, judged=items)))


def test_an_explanation_says_why_what_to_do_and_what_was_decided() -> None:
    markdown = explain([judged()], markdown=True).value
    plain = explain([judged()], markdown=False)

    for said in ("A title", "test/rule", "It matters here.", "Do this. And later that.", "long-lived", "policy.block"):
        assert said in markdown
        assert said in plain.value
    assert plain.kind is lsp.MarkupKind.PlainText
    assert "**" not in plain.value


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("![x](https://evil.invalid/p.png)", r"!\[x\](https://evil.invalid/p.png)"),
        ("<img src=x>", r"\<img src=x\>"),
        ("`a` **b**", r"\`a\` \*\*b\*\*"),
        ("# head", r"\# head"),
        ("- item", r"\- item"),
        ("1. item", r"1\. item"),
        ("a\u202eb\nc", r"a\\u202eb\\nc"),
        ("os.environ['MY_KEY']", r"os.environ\['MY_KEY'\]"),
        ("_emphasis_", r"\_emphasis\_"),
        ("v1.2 (a) - b", "v1.2 (a) - b"),
    ],
)
def test_what_a_stranger_wrote_is_text(written: str, shown: str) -> None:
    assert f"\n\n{shown}\n\n" in explain([judged(written)], markdown=True).value


def test_a_message_is_short_and_shows_nothing_hidden() -> None:
    (found,) = diagnostics(scan(judged("Named \u202e by a stranger.")), Client())

    assert found.message == "Named \\u202e by a stranger. Do this."
    assert found.data == "f0"


@pytest.mark.parametrize("offered", [True, False])
def test_extras_are_sent_to_those_who_show_them(*, offered: bool) -> None:
    related = Related("a.py", Span(4, 7), "made here", Position(2, 1), Position(2, 4))
    elsewhere = Related("b.py", Span(0, 1), "and there")
    finding = evolve(FINDING, related=(related, elsewhere))

    (found,) = diagnostics(scan(judged(finding=finding)), Client(related=offered, links=offered))

    if offered:
        assert found.code_description == lsp.CodeDescription("https://example.invalid/rule")
        assert [one.message for one in found.related_information or ()] == ["made here"]
        assert found.related_information[0].location.range.start == lsp.Position(1, 0)  # type: ignore[index]
    else:
        assert (found.code_description, found.related_information) == (None, None)
