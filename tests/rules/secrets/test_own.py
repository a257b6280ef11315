"""Kinds of credentials that a team describes in its settings."""

from __future__ import annotations

import pytest

from countermark.change import FileChange
from countermark.config.schema import OwnToken, RuleSetting, Secrets, Settings
from countermark.content import Content
from countermark.errors import UsageError
from countermark.finding import Confidence, Finding, Lifetime, Severity
from countermark_rules.detectors.secrets.detector import SecretsDetector
from countermark_rules.engine import examine
from countermark_rules.registry import check_settings
from tests.support import Repository, random_text

TOKEN = OwnToken(
    "acme-key", r"\bacme_([0-9a-f]{16})\b", opens="the warehouse", severity=Severity.CRITICAL, lifetime="long-lived"
)
VALUE = random_text(16, "0123456789abcdef", "own")
TEXT = f"acme_{VALUE}"


def found(text: str | bytes, *tokens: OwnToken, path: str = "notes.txt") -> list[Finding]:
    settings = Settings(secrets=Secrets(tokens))
    content = Content(text) if isinstance(text, bytes) else Content.of_text(text)
    [examined] = examine([FileChange(path, content)], [SecretsDetector(settings)], settings.limits)
    assert not examined.failures
    return [one for one in examined.findings if one.rule.id == "secrets/acme-key"]


@pytest.mark.parametrize(
    "text",
    [
        f"see {TEXT}",
        f"é😀\u2028 {TEXT} \r\n",
        f"password = '{TEXT}'\n",
        b"\xff\xfe" + f"see {TEXT}".encode("utf-16-le"),
        b"latin \xe9 " + TEXT.encode() + b" \xe9",
    ],
)
def test_the_group_is_the_secret_and_its_place_is_right(text: str | bytes) -> None:
    [finding] = found(text, TOKEN)

    content = Content(text) if isinstance(text, bytes) else Content.of_text(text)
    assert content.slice(finding.span) == VALUE
    assert VALUE not in finding.excerpt.text
    assert (finding.severity, finding.confidence, finding.lifetime) == (
        Severity.CRITICAL,
        Confidence.HIGH,
        Lifetime.LONG,
    )
    assert "the warehouse" in finding.message


@pytest.mark.parametrize("text", ["", f"acme_{VALUE}0", f"acme-{VALUE}", "acme_", TEXT.upper()])
def test_what_the_expression_does_not_match_is_none(text: str) -> None:
    assert found(text, TOKEN) == []


def test_every_occurrence_counts() -> None:
    assert len(found("\n".join(f"acme_{number:016x}" for number in range(40)), TOKEN)) == 40


def test_no_expression_can_take_long() -> None:
    hostile = OwnToken("acme-key", r"(?:a|a)*(?:a|aa)+b", severity=Severity.LOW)

    assert found("a" * 2_000_000 + "c", hostile) == []


@pytest.mark.parametrize("regex", [r"(?=a)a", r"(a)\1", "a{1001}", "(", "a*", r"(?:(?:x{1000}){1000}){1000}"])
def test_what_re2_does_not_take_is_refused_with_its_place(repository: Repository, regex: str) -> None:
    repository.write("countermark.toml", f"[[secrets.tokens]]\nid = 'acme-key'\nregex = '{regex}'\n")

    done = repository.countermark("check")

    assert done.returncode == 2
    assert "countermark.toml: secrets.tokens[0].regex: " in done.stderr
    assert "Traceback" not in done.stderr


def test_the_hook_finds_them_by_the_staged_settings(repository: Repository) -> None:
    settings = "[[secrets.tokens]]\nid = 'acme-key'\nregex = '\\bacme_([0-9a-f]{16})\\b'\n"
    repository.write("countermark.toml", settings).write("a.txt", TEXT).stage()

    done = repository.countermark("check", "--staged", "--format", "json")

    assert done.returncode == 1
    assert "secrets/acme-key" in done.stdout
    assert VALUE not in done.stdout + done.stderr


def test_levels_can_be_set_and_names_are_taken_once() -> None:
    check_settings(Settings(secrets=Secrets((TOKEN,)), rules={"secrets/acme-key": RuleSetting("warn")}))
    taken = OwnToken("private-key", "x")
    with pytest.raises(UsageError, match="there is a rule 'secrets/private-key' already"):
        check_settings(Settings(secrets=Secrets((taken,))))
