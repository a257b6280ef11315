"""Baselines of other tools: what they call known is known, and nothing else is."""

from __future__ import annotations

import hashlib
import json
from typing import Any

import pytest
from attrs import evolve

from countermark.change import FileChange
from countermark.content import Content, Position, Span
from countermark.errors import UsageError
from countermark.finding import Confidence, Finding, Rule, Severity
from countermark.triage.foreign import Foreign, parse_detect_secrets, parse_gitleaks
from tests.support import fake_aws_key

SECRETS = Rule("secrets/aws", "Title", "Why.", "Do.", Severity.HIGH, Confidence.HIGH)
PATTERN = evolve(SECRETS, id="py/tls-verify-off")
SECRET = fake_aws_key()
FILE = FileChange("src/a.py", Content.of_text(f"\nkey = '{SECRET}'\n"))
COMMIT = "0123456789" * 4


def finding(rule: Rule = SECRETS, **fields: Any) -> Finding:
    span = Span(8, 8 + len(SECRET))
    return evolve(Finding.of(rule, FILE.path, span, secrets=(span,)), start=Position(2, 8), **fields)


def detect_secrets(value: str = SECRET, path: str = "src/a.py", **entry: Any) -> bytes:
    digest = hashlib.sha1(value.encode(), usedforsecurity=False).hexdigest()
    made = {"type": "AWS Access Key", "filename": path, "hashed_secret": digest, "is_verified": False, "line_number": 9}
    return json.dumps({"version": "1.5.0", "results": {path: [made | entry]}}, indent=2).encode()


@pytest.mark.parametrize(
    ("data", "known"),
    [
        (detect_secrets(), True),
        (detect_secrets(path="src\\a.py"), True),
        (detect_secrets(is_secret=False), True),
        (detect_secrets(is_secret=True), False),  # audited: a true secret
        (detect_secrets(value="another"), False),
        (detect_secrets(path="src/b.py"), False),
        (b'{"results": {}}', False),
    ],
)
def test_detect_secrets_knows_values_by_file(data: bytes, known: bool) -> None:
    assert bool(parse_detect_secrets(data, "x").knows(FILE, finding())) is known


def test_other_families_are_none_of_their_business() -> None:
    foreign = parse_detect_secrets(detect_secrets(), "x") | parse_gitleaks(b"src/a.py:aws:2", "x")
    assert foreign.knows(FILE, finding(PATTERN)) is None
    assert foreign.knows(FILE, finding()) is not None


def test_no_hash_is_kept_of_what_was_compared() -> None:
    foreign = parse_detect_secrets(detect_secrets(value="another"), "x")
    said = f"{foreign.knows(FILE, finding())} {foreign}"
    assert hashlib.sha1(SECRET.encode(), usedforsecurity=False).hexdigest() not in said


@pytest.mark.parametrize(
    "data",
    [b"", b"{}", b"[]", b'{"results": []}', b'{"results": {"a": {"b": 1}}}', b'{"results": {"a": [{}]}}', b"\xff",
     b'{"results": {"a": [{"hashed_secret": "short"}]}}', b'{"results": {"a": [{"hashed_secret": 1}]}}', b"[" * 100_000],
)  # fmt: skip
def test_what_is_no_baseline_of_detect_secrets_is_refused(data: bytes) -> None:
    with pytest.raises(UsageError, match=r"^\.secrets\.baseline: not a baseline"):
        parse_detect_secrets(data, ".secrets.baseline")


@pytest.mark.parametrize(
    ("text", "commit", "known"),
    [
        ("src/a.py:aws-access-token:2", None, True),
        ("src/a.py:aws-access-token:2", COMMIT, True),
        ("# a comment\r\n\r\nsrc/a.py:aws-access-token:2\r\n", None, True),
        ("\ufeffsrc/a.py:aws-access-token:2", None, True),
        (f"{COMMIT}:src/a.py:aws-access-token:2", COMMIT, True),
        (f"{COMMIT}:src/a.py:aws-access-token:2", None, False),
        (f"{COMMIT}:src/a.py:aws-access-token:2", COMMIT[::-1], False),
        ("src/a.py:aws-access-token:3", None, False),
        ("src/b.py:aws-access-token:2", None, False),
        ("", None, False),
    ],
)
def test_gitleaks_knows_places(text: str, commit: str | None, known: bool) -> None:
    assert bool(parse_gitleaks(text.encode(), "x").knows(FILE, finding(commit=commit))) is known


def test_names_with_colons_are_understood() -> None:
    assert parse_gitleaks(b"C:/a:b.py:rule:7", "x") == Foreign(lines=frozenset({(None, "C:/a:b.py", 7)}))


@pytest.mark.parametrize(
    "line", ["a.py", "a.py:2", "a.py:rule:", "a.py:rule:two", "a.py::2", ":rule:2", "a.py:r:" + "9" * 5000]
)
def test_what_is_no_line_of_gitleaks_is_refused(line: str) -> None:
    with pytest.raises(UsageError, match=r"^\.gitleaksignore:2: `path:rule:line`"):
        parse_gitleaks(f"# fine\n{line}\n".encode(), ".gitleaksignore")
