"""The credentials detector on files that are large, broken or hostile, and on values that nobody may see."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from datetime import date

import pytest

from countermark.change import FileChange, Skipped, Trait
from countermark.config.schema import Settings
from countermark.content import Content
from countermark.finding import Finding
from countermark.report.findings import as_value
from countermark.verdict import Judged, Level, Report, Verdict
from countermark_rules.detectors.credentials.detector import CredentialsDetector
from countermark_rules.engine import Examined, examine
from tests.support import fake_aws_key, random_text

WORKFLOW = ".github/workflows/ci.yml"
USE = "env:\n  AWS_ACCESS_KEY_ID: ${{ secrets.AWS_ACCESS_KEY_ID }}\n"
KEY, SECRET = fake_aws_key(), random_text(40)


def look(path: str, text: str | bytes, **fields: object) -> Examined:
    content = Content(text) if isinstance(text, bytes) else Content.of_text(text)
    file = FileChange(path, content, **fields)  # type: ignore[arg-type]
    [examined] = examine([file], [CredentialsDetector(today=date(2026, 11, 21))], Settings().limits)
    assert examined.failures == ()
    return examined


def rules(path: str, text: str) -> list[str]:
    return [finding.rule.id for finding in look(path, text).findings]


@pytest.mark.parametrize(
    ("path", "wanted"),
    [
        (".github/workflows/ci.yml", True),
        (".github/workflows/ci.yaml", True),
        ("action.yml", True),
        ("actions/deploy/action.yaml", True),
        (".gitlab-ci.yml", True),
        ("ci/deploy.gitlab-ci.yml", True),
        (".gitlab/ci/deploy.yml", True),
        (".circleci/config.yml", True),
        ("bitbucket-pipelines.yml", True),
        ("azure-pipelines.yml", True),
        ("deploy/values.yaml", True),
        ("main.tf", True),
        ("Jenkinsfile", True),
        ("ci/Jenkinsfile.release", True),
        ("ci/release.jenkinsfile", True),
        ("README.md", False),
        ("a.json", False),
        ("a.py", False),  # holds no word of its kind
    ],
)
def test_files_are_known_by_their_names(path: str, wanted: bool) -> None:
    file = FileChange(path, Content(f"secrets.AWS_ACCESS_KEY_ID {KEY} access_key withAWS".encode()))
    assert CredentialsDetector().wants(file) is wanted


@pytest.mark.parametrize("trait", list(Trait))
def test_files_that_nobody_writes_are_left_alone(trait: Trait) -> None:
    assert not CredentialsDetector().wants(FileChange(WORKFLOW, Content(USE.encode()), traits=frozenset({trait})))


def test_of_replaced_versions_only_what_is_lost_for_ever_matters() -> None:
    assert not CredentialsDetector().wants(FileChange(WORKFLOW, Content(USE.encode()), commit="0" * 40))


@pytest.mark.parametrize(
    "path", ["bitbucket-pipelines.yml", "azure-pipelines.yml", ".gitlab-ci.yml", ".circleci/config.yml"]
)
def test_every_system_has_a_way_of_its_own(path: str) -> None:
    [finding] = look(path, "variables:\n  AWS_SECRET_ACCESS_KEY: $AWS_SECRET_ACCESS_KEY\n").findings
    assert finding.rule.id == "credentials/static-key-in-ci"
    assert finding.message.count("https://") == 1


def bomb(levels: int) -> str:
    lines = ["a0: &a0 [x, x]", *(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, levels))]
    return USE + "\n".join(lines)


HOSTILE = [
    (WORKFLOW, bomb(60), False),
    (WORKFLOW, USE + "x: &x [*x]\n", False),
    (WORKFLOW, USE + "x: " + "[" * 300_000, True),
    (WORKFLOW, USE + "x: " + "{a: " * 300_000, True),
    (WORKFLOW, USE + "".join(f"{' ' * depth}a:\n" for depth in range(500)), True),
    (WORKFLOW, USE + "x: y\n" * 1_000_000, True),
    (WORKFLOW, USE + "- x\n" * 200_000, True),
    (WORKFLOW, USE + "x: 'never closed\n", True),
    (WORKFLOW, USE + "? [a, b]\n: c\n? {a: b}\n: d\n", False),
    (WORKFLOW, USE + "x: !!python/object/apply:os.system [exit]\n", False),
    (WORKFLOW, USE + "---\n" * 10_000, False),
    (WORKFLOW, USE + "x: \x00\x01\n", True),
    ("a.yaml", "access_key: {{" * 70_000, True),
    ("a.yaml", "access_key: " + "{{ a }" * 150_000, True),
    ("a.yaml", "access_key: x\n" + "{{-" * 100 + " }}\n", True),
    ("main.tf", 'provider "aws" {\n' * 100_000 + "access_key = var.x\n", False),
    ("main.tf", "access_key = <<EOT\n" + "x\n" * 1_000_000, False),
    ("main.tf", 'access_key = "' + "\\" * 4_000_000, False),
    ("main.tf", "access_key\n" + 'resource "' * 300_000, False),
    ("main.tf", "access_key\n" + "}" * 1_000_000 + "\n{" * 100_000, False),
    ("Jenkinsfile", "withAWS(" * 120_000, False),
    ("Jenkinsfile", "/*" * 500_000 + "withAWS", False),
    ("Jenkinsfile", "AWS_ACCESS_KEY_ID " * 50_000 + "az login" * 20_000, False),
    ("a.js", "jwt.sign(" * 100_000, False),
    ("a.js", "jwt.sign({a: '" + "x" * 1_000_000, False),
    ("a.js", "jwt.sign(`" * 100_000, False),
    ("a.py", "jwt.encode(" * 30_000, True),
    ("a.py", "jwt.encode({})\n" * 20_000, False),
    ("a.py", "jwt\n.encode(\n" + "x" * 500_000, True),
    ("a.py", "jwt; x = " + "-" * 100_000 + "y.encode(1)", True),
    ("a.py", "print 'jwt', x.encode(1)", True),
]


@pytest.mark.parametrize(
    ("path", "text", "skipped"),
    HOSTILE,
    ids=[f"{path.rpartition('/')[2]}-{number}" for number, (path, _, _) in enumerate(HOSTILE)],
)
def test_hostile_files_end_soon_and_are_named(path: str, text: str, skipped: bool) -> None:
    begun = time.process_time()
    examined = look(path, text)
    assert time.process_time() - begun < 5
    assert [type(one) for one in examined.skipped] == ([Skipped] if skipped else [])
    assert all("in part: " in one.why for one in examined.skipped)


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("main.tf", 'provider "aws" {{\n  access_key = "{key}", secret_key = "{secret}"\n}}\n'),
        ("main.tf", 'provider "aws" {{\n  secret_key = "{secret}"\n}}\n'),
        ("main.tf", 'terraform {{\n  backend "azurerm" {{\n    access_key = "{secret}"\n  }}\n}}\n'),
        (WORKFLOW, "env: {{AWS_ACCESS_KEY_ID: {key}, AWS_SECRET_ACCESS_KEY: {secret}}}\n"),
        (WORKFLOW, "env: {{X: '${{{{ secrets.AWS_ACCESS_KEY_ID }}}}', AWS_SECRET_ACCESS_KEY: {secret}}}\n"),
        (".gitlab-ci.yml", "variables: {{AWS_ACCESS_KEY_ID: $X, AWS_SECRET_ACCESS_KEY: {secret}}}\n"),
        ("compose.yaml", "environment: {{AWS_ACCESS_KEY_ID: {key}, AWS_SECRET_ACCESS_KEY: {secret}}}\n"),
        ("compose.yaml", "environment: [AWS_ACCESS_KEY_ID={key}, AWS_SECRET_ACCESS_KEY={secret}]\n"),
        ("a.yaml", "env: [{{name: AWS_ACCESS_KEY_ID, value: {key}}}, {{name: AWS_SECRET_ACCESS_KEY, value: {secret}}}]\n"),
        ("a.yaml", "{{kind: Secret, stringData: {{AWS_ACCESS_KEY_ID: {key}, AWS_SECRET_ACCESS_KEY: {secret}}}}}\n"),
        ("a.yaml", "{{kind: Secret, data: {{AWS_SECRET_ACCESS_KEY: {secret}}}}}\n"),
    ],
)  # fmt: skip
def test_no_value_beside_a_key_is_shown(path: str, text: str) -> None:
    findings = look(path, text.format(key=KEY, secret=SECRET)).findings
    assert findings
    shown = said(findings)
    assert KEY not in shown
    assert SECRET not in shown


def said(findings: tuple[Finding, ...]) -> str:
    judged = tuple(Judged(finding, Verdict(Level.WARN, "x")) for finding in findings)
    return json.dumps(as_value(Report("/", 1, judged=judged))) + repr(findings)


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("a.py", "x = 1\n" * 100),
        ("README.md", "AWS_ACCESS_KEY_ID\n"),
        ("deploy.yaml", "replicas: 3\n"),
        ("main.tf", 'provider "aws" {}\n'),
    ],
)
def test_a_change_without_such_files_loads_nothing(path: str, text: str) -> None:
    code = (
        "import sys; from countermark.change import FileChange; from countermark.content import Content;"
        "from countermark_rules.detectors.credentials.detector import CredentialsDetector as Made;"
        f"print(Made().wants(FileChange({path!r}, Content({text!r}.encode()))), sorted(sys.modules))"
    )
    done = subprocess.run([sys.executable, "-I", "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.startswith("False")
    loaded = done.stdout.split("'")
    assert not [name for name in loaded if name in {"yaml", "json"} or "credentials.rules" in name]
