"""Whatever is found, nothing that is said of it holds the secret: not the finding, its repr, its fixes, nor what a report shows."""

from __future__ import annotations

import json
from functools import cache

import pytest
from attrs import asdict
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from countermark.change import FileChange
from countermark.content import Content
from countermark.finding import Finding
from countermark.placing import place
from countermark_rules.detectors.secrets.detector import SecretsDetector
from tests.support import fake_aws_key, fake_github_token

# Long enough that no accident puts it into a message, and of every kind of character that a password has.
PASSWORDS = st.text(
    st.characters(codec="utf-8", exclude_categories=("C", "Z"), exclude_characters="\"'`\\"), min_size=10, max_size=40
)
FILES = (
    ("a.py", 'password = "{}"\n'),
    ("a.js", "const cfg = {{ apiKey: '{}', user: 'x' }};\n"),
    ("a.yaml", "db:\n  password: {}\n  user: x\n"),
    ("a.env", "export DB_PASSWORD={} \nB=1\n"),
    ("a.json", '{{"client_secret": "{}"}}\n'),
    ("a.xml", '<add key="x" password="{}"/>\n'),
    ("a.txt", "postgres://app:{}@db.example.net/x\n"),
    ("a.sh", "curl -u 'x:{}' https://x.example; login --password='{}'\n"),
)


def everything(file: FileChange, findings: list[Finding]) -> str:
    """All that anybody can be shown of findings."""
    placed = place(file, findings)
    return "\n".join(
        [*map(repr, findings), *map(str, placed), json.dumps([asdict(one) for one in placed], default=str)]
    )


@cache
def said_anyway(path: str, text: str) -> str:
    """What is said of another password: a word of it may be somebody's password."""
    file = FileChange(path, Content(text.format(*["Tr0ub4dor" + "-x9"] * 2).encode()))
    return everything(file, list(SecretsDetector().detect([file])))


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@pytest.mark.parametrize(("path", "text"), FILES, ids=[path for path, _ in FILES])
@given(secret=PASSWORDS)
def test_no_password_is_shown(path: str, text: str, secret: str) -> None:
    assume(secret not in said_anyway(path, text))
    file = FileChange(path, Content(text.format(secret, secret).encode()))
    findings = list(SecretsDetector().detect([file]))
    shown = everything(file, findings)
    assert secret not in shown
    assert not [span for finding in findings for span in finding.secrets if file.after.slice(span) in shown]


@given(seed=st.text(max_size=8), before=st.text(max_size=30), after=st.text(max_size=30))
def test_no_token_is_shown(seed: str, before: str, after: str) -> None:
    secrets = [fake_aws_key(seed), fake_github_token(seed)]
    text = f"{before}\nk = '{secrets[0]}' # {after}\nt = \"{secrets[1]}\"{after}"
    file = FileChange("a.py", Content.of_text(text))
    findings = list(SecretsDetector().detect([file]))
    assert [file.after.slice(finding.span) for finding in findings][:1] == secrets[:1]
    shown = everything(file, findings)
    assert not [secret for secret in secrets if secret in shown]
