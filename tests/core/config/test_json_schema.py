"""JSON Schema, reference and template say what the loader does."""

from __future__ import annotations

import json
import tomllib
from datetime import timedelta
from pathlib import Path

import jsonschema
import pytest
from attrs import evolve

from countermark.config.json_schema import json_schema
from countermark.config.keys import keys
from countermark.config.load import load
from countermark.config.organisation import load_file
from countermark.config.reference import reference
from countermark.config.schema import (
    Assisted,
    CredentialPath,
    Credentials,
    Gate,
    Judging,
    Limits,
    Need,
    OwnToken,
    PathSetting,
    Person,
    Reviewing,
    ReviewPath,
    RuleSetting,
    Secrets,
    Settings,
    Threshold,
)
from countermark.config.template import template
from countermark.errors import UsageError
from countermark.finding import Confidence, Severity
from countermark.verdict import Level

from .memory import own

GOOD = [
    "",
    'exclude = ["a/", "!b"]\nbaselines = ["x", "y/z"]',
    'policy = { fail-on = "review", untouched = "note", foreign-markers = true, longest-suppression = 1 }',
    'policy.warn.severity = "info"\npolicy.block = {}',
    "limits = { file-bytes = 1, file-seconds = 1, total-seconds = 0.5 }",
    '[rules."a/*"]\nlevel = "off"\n[rules."a/b.c"]\nat-least = "block"\n[rules."x/y"]',
    '[[paths]]\nmatch = ["a"]\n[[paths]]\nmatch = ["b", "c"]\nat-most = "warn"',
    'credentials = { max-lifetime = "1h", expired = "note" }',
    '[credentials]\nmax-lifetime = "0"\n[[credentials.paths]]\nmatch = ["a"]',
    '[[credentials.paths]]\nmatch = ["a"]\n[[credentials.paths]]\nmatch = ["b"]\nmax-lifetime = "90m"',
    '[[secrets.tokens]]\nid = "acme-key"\nregex = \'acme_([0-9a-f]{32})\'\ntitle = "Acme key"\nlifetime = "long-lived"',
]
BAD = [
    "x = 1",
    "policy = 1",
    'policy.fail-on = "blok"',
    "policy.fail-on = 1",
    "policy.foreign-markers = 1",
    'policy.longest-suppression = "1"',
    "policy.longest-suppression = 0",
    "policy.longest-suppression = 36501",
    "policy.block.severity = []",
    "policy.block.sevrity = 'low'",
    "limits.file-bytes = 0",
    "limits.file-seconds = true",
    "limits.total-seconds = -0.1",
    "exclude = ''",
    "exclude = ['']",
    "exclude = [' a']",
    "exclude = ['#a']",
    "exclude = [1]",
    "baselines = ['/a']",
    "baselines = ['']",
    "baselines = ['a\\\\b']",
    "rules.x.level = 'off'",
    "rules.'a/b'.level = 'of'",
    "rules.'a/b'.lvl = 'off'",
    "rules.'a/b' = 1",
    "[[paths]]\nat-most = 'note'",
    "[[paths]]\nmatch = []",
    "[[paths]]\nmatch = 'a'",
    "paths = [1]",
    "credentials.max-lifetime = 60",
    "credentials.max-lifetime = ''",
    "credentials.max-lifetime = '1'",
    "credentials.max-lifetime = '1 h'",
    "credentials.max-lifetime = '0h'",
    "credentials.max-lifetime = '-1h'",
    "credentials.max-lifetime = '1H'",
    "credentials.max-lifetime = '1000000d'",
    "credentials.expired = 'off'",
    "credentials.maxlifetime = '1h'",
    "[[credentials.paths]]\nmax-lifetime = '1h'",
    "[[credentials.paths]]\nmatch = []",
    "secrets.tokens = [{ regex = 'a' }]",
    "secrets.tokens = [{ id = 'a' }]",
    "secrets.tokens = [{ id = '', regex = 'a' }]",
    "secrets.tokens = [{ id = 'A', regex = 'a' }]",
    "secrets.tokens = [{ id = 'a', regex = '' }]",
    "secrets.tokens = [{ id = 'a', regex = 'a', lifetime = 'forever' }]",
    "secrets.tokens = [{ id = 'a', regex = 1 }]",
    "organisation = {}",
]


@pytest.mark.parametrize("text", GOOD)
def test_the_schema_accepts_what_the_loader_does(text: str) -> None:
    load(own(text))
    jsonschema.Draft202012Validator(json_schema()).validate(tomllib.loads(text))


@pytest.mark.parametrize("text", BAD)
def test_the_schema_refuses_what_the_loader_does(text: str) -> None:
    with pytest.raises(UsageError):
        load(own(text))
    assert not jsonschema.Draft202012Validator(json_schema()).is_valid(tomllib.loads(text))


def test_the_schema_is_one() -> None:
    jsonschema.Draft202012Validator.check_schema(json_schema())
    assert json.loads(json.dumps(json_schema())) == json_schema()


def test_the_schema_of_an_organisation_knows_more(tmp_path: Path) -> None:
    path = tmp_path / "policy.toml"
    path.write_text('organisation.allow = ["paths"]')
    load_file(path)
    said = tomllib.loads(path.read_text())
    jsonschema.Draft202012Validator(json_schema(organisation=True)).validate(said)
    assert not jsonschema.Draft202012Validator(json_schema()).is_valid(said)


def test_defaults_are_those_of_the_place() -> None:
    policy = json_schema()["properties"]["policy"]["properties"]
    assert policy["block"]["properties"]["severity"]["default"] == "high"
    assert policy["warn"]["properties"]["severity"]["default"] == "low"
    assert "default" not in policy["longest-suppression"]
    assert policy["fail-on"]["description"]


def test_the_reference_has_every_key() -> None:
    page = reference()
    for table in (
        Settings,
        Judging,
        Assisted,
        Threshold,
        RuleSetting,
        PathSetting,
        Credentials,
        CredentialPath,
        OwnToken,
        Reviewing,
        Limits,
    ):
        for key in keys(table):
            assert (
                f"`{key.name}`" in page
                or f"{key.name}" in page.split("## ")[0]
                or f"[{key.name}" in page
                or f".{key.name}]" in page
            )
            assert (
                key.help in page
                or "nested" in key.tighten
                or "own" in key.tighten
                or key.name in {"rules", "paths", "people"}
            )


_TOKEN = OwnToken("acme", r"\bacme_(\d{9})", "Acme 'key'", "everything", Severity.LOW, Confidence.LOW, "short-lived")
CHANGED = Settings(
    policy=Judging(
        fail_on=Level.WARN,
        block=Threshold(Severity.MEDIUM, Confidence.LOW),
        warn=Threshold(Severity.INFO, Confidence.HIGH),
        untouched=Level.BLOCK,
        foreign_markers=True,
        longest_suppression=30,
    ),
    rules={"a/*": RuleSetting("off"), "a/b": RuleSetting(at_least="warn")},
    paths=(PathSetting(('"quoted" \\# é/',), Level.NOTE), PathSetting(("b",), Level.WARN)),
    credentials=Credentials(
        timedelta(minutes=90), Level.NOTE, (CredentialPath(("a",), timedelta()), CredentialPath(("b",), timedelta(30)))
    ),
    secrets=Secrets((_TOKEN,)),
    exclude=("vendor/", "*.min.js"),
    baselines=(),
    review=Reviewing(Gate.PUSH, Need.WARN, by=("two-people",), fastest_lines_per_minute=7, challenge=True),
    limits=Limits(1, 0.5, 0),
)


@pytest.mark.parametrize("settings", [Settings(), CHANGED, evolve(Settings(), exclude=("x",))])
def test_the_template_says_what_was_asked(settings: Settings) -> None:
    assert load(own(template(settings))) == settings


def test_every_default_of_the_template_can_be_uncommented() -> None:
    lines = [
        line.removeprefix("# ") if " = " in line or line.startswith("# [") else line for line in template().split("\n")
    ]
    settings = load(own("\n".join(line for line in lines if not line.startswith("The policy"))))
    assert settings == Settings(
        policy=Judging(longest_suppression=30),
        rules={"secrets/*": RuleSetting("block")},
        paths=(PathSetting(("docs/examples/",), Level.WARN),),
        secrets=Secrets((OwnToken("acme-deploy-token", r"\bacme_[0-9a-f]{32}\b"),)),
        credentials=Credentials(timedelta(hours=1), paths=(CredentialPath(("deploy/",), timedelta(minutes=15)),)),
        review=Reviewing(
            paths=(ReviewPath(("payments/",), by=("code-owner", "two-people")),),
            people=(Person("ada@example.invalid", ("@ada", "@shop/payments")),),
        ),
    )


def test_the_template_explains_each_key_in_its_line() -> None:
    said = template()
    for table in (Judging, Threshold, Credentials, Reviewing, Limits):
        for key in keys(table):
            if key.tighten not in {"nested", "union", "people"}:
                assert any(
                    line.lstrip("# ").startswith(f"{key.name} = ") and key.help in line for line in said.split("\n")
                )
    assert len(said.split("\n")) < 120
