"""The judgement of values that people choose."""

from __future__ import annotations

import pytest

from countermark.change import FileChange
from countermark.content import Content
from countermark.finding import Confidence
from countermark_rules.detectors.secrets.value import in_tests, is_fake, judge_value

HIGH, MEDIUM, LOW = Confidence.HIGH, Confidence.MEDIUM, Confidence.LOW


def judge(value: str, path: str = "app.py") -> Confidence | None:
    return judge_value(value, f'password = "{value}"', FileChange(path, Content(b""))).confidence


@pytest.mark.parametrize(
    ("value", "confidence"),
    [
        ("Kx8-wr4ng9ler", MEDIUM),
        ("hunter2!", MEDIUM),
        ("geheim$parole", MEDIUM),
        ("q3v7KxT0mZ9rB4nWs8Lp2Yc6", HIGH),
        ("swordfish", LOW),
        ("abc", None),
        ("x" * 600, None),
        ("xxxxxxxxxx", None),
        ("**********", None),
        ("changeme", None),
        ("please-change-me", None),
        ("your_api_key", None),
        ("<token>", None),
        ("${DB_PASSWORD}", None),
        ("{{ vault.password }}", None),
        ("#{ENV['X']}", None),
        ("%(password)s", None),
        ("$PASSWORD", None),
        ("my-secret-here", None),
        ("None", None),
        ("password", None),
        ("api_key_secret", None),
        ("config.database.password", None),
        ("settings.SECRET_KEY", None),
        ("/etc/ssl/private/server.key", None),
        ("https://example.com/reset", None),
        ("server.pem", None),
        ("Enter your password again", None),
        ("3f0e7a9c-1d2b-4c5d-8e6f-a7b8c9d0e1f2", None),
        ("$2b$12$KIXQ0Q0Q0Q0Q0Q0Q0Q0Q0u", None),
        ("12345678", None),
    ],
)
def test_values(value: str, confidence: Confidence | None) -> None:
    assert judge(value) is confidence


def test_tests_and_examples_count_for_less() -> None:
    assert judge("Kx8-wr4ng9ler", "tests/test_login.py") is LOW
    assert judge("swordfish", "tests/test_login.py") is None


@pytest.mark.parametrize(
    "path",
    [
        "tests/a.py",
        "src/test/java/A.java",
        "a_test.go",
        "spec/a.rb",
        "docs/a.md",
        "__tests__/a.js",
        "a.spec.ts",
        "examples/x",
    ],
)
def test_files_of_tests_are_known(path: str) -> None:
    assert in_tests(path)


@pytest.mark.parametrize("path", ["app/contest.py", "latest/a.py", "src/attestation.go", "protest.js"])
def test_files_of_programs_are_no_tests(path: str) -> None:
    assert not in_tests(path)


def test_the_reason_never_quotes_the_value() -> None:
    judgement = judge_value("Kx8-wr4ng9ler", 'password = "Kx8-wr4ng9ler"', FileChange("a.py", Content(b"")))
    assert judgement.reason
    assert "Kx8" not in judgement.reason


@pytest.mark.parametrize(
    "token",
    ["AKIAIOSFODNN7EXAMPLE", "ghp_xxxxxxxxxxxx", "sk_live_00000000000000", "0123456789ABCDEF", "sk-1Zq-ghijklmnop-7Qw"],
)
def test_tokens_of_documentation_are_known(token: str) -> None:
    assert is_fake(token)
