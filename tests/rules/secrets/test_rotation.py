"""How to revoke and rotate: for every token, specific where the provider is common, and never loaded by a hook."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from countermark_rules.detectors.secrets.provider import ProviderError, names, read
from countermark_rules.detectors.secrets.rotation import FIRST, LAST, Provider, general, load, providers
from countermark_rules.registry import all_rules, guide
from tests.support import fake_github_token

COMMON = [
    "anthropic", "atlassian", "aws", "azure", "cloudflare", "databricks", "datadog", "digitalocean", "docker", "github", "gitlab",
    "google", "heroku", "huggingface", "npm", "openai", "pypi", "sendgrid", "shopify", "slack", "stripe", "telegram", "twilio",
]  # fmt: skip
MINIMAL = """
provider = "Acme"
docs = "https://acme.example/docs"
revoke = "https://acme.example/keys"
{}

[[token]]
id = "acme-key"
opens = "all"
format = "acme_ {{base62 36}}"
{}
"""


@pytest.fixture(scope="module")
def known() -> list[Provider]:
    return list(providers())


def test_every_token_has_a_page(known: list[Provider]) -> None:
    assert len(known) == len(names())
    for provider in known:
        for token in provider.tokens:
            page = provider.guide(token)
            facts = dict(page.facts)
            assert facts["opens"] == token.opens
            assert facts["revoke"] == token.revoke
            assert (page.steps[0], page.steps[-2:]) == (FIRST, LAST)
            assert len(page.steps) >= 5
            assert not any(step.endswith(".") or "\n" in step for step in page.steps)


@pytest.mark.parametrize("name", COMMON)
def test_common_providers_have_steps_of_their_own(name: str) -> None:
    assert len(load(name).steps) >= 3


@pytest.mark.parametrize(
    "slug", ["vault-service-token", "vault-approle-secret-id", "vault-unseal-key", "terraform-cloud-token"]
)
def test_a_token_can_differ_from_its_provider(slug: str) -> None:
    page = guide(f"secrets/{slug}")
    token = next(token for token in load("hashicorp").tokens if token.id == slug)
    assert page is not None
    assert page.steps[1:4] != general(token.revoke)[:3]
    assert dict(page.facts)["audit"].startswith("https://developer.hashicorp.com/")


def test_a_rule_of_no_provider_has_none() -> None:
    ids = {rule.id for rule in all_rules()}
    for rule in ("secrets/keyword", "secrets/private-key", "py/tls-verify-off", "suppressions/unused"):
        assert rule in ids
        assert guide(rule) is None


@pytest.mark.parametrize(
    ("head", "token", "fault"),
    [
        ('rotate = "one"', "", "acme: 'rotate' must be a list of texts"),
        ("rotate = []", "", "acme: 'rotate' must be a list of texts"),
        ('rotate = ["one", " "]', "", "acme: 'rotate' must be a list of texts"),
        ('audit = "acme.example"', "", "acme: 'audit' must be a link"),
        ("", "rotate = [1]", "acme: acme-key: 'rotate' must be a list of texts"),
        ("", 'audit = "http://acme.example"', "acme: acme-key: 'audit' must be a link"),
        ('rotated = ["one"]', "", "acme: unknown key 'rotated'"),
    ],
)
def test_faults_are_told(head: str, token: str, fault: str) -> None:
    with pytest.raises(ProviderError) as told:
        read(MINIMAL.format(head, token), "acme")
    assert str(told.value) == fault


def test_good_pages_are_read() -> None:
    (token,) = read(MINIMAL.format('rotate = ["one"]\naudit = "https://a.example"', 'rotate = ["two"]'), "acme")
    assert token.id == "acme-key"


@pytest.mark.parametrize("how", [("rules", "show"), ("check", "--explain")])
def test_the_page_is_shown(how: tuple[str, ...]) -> None:
    done = subprocess.run(
        [sys.executable, "-I", "-m", "countermark_cli", *how, "secrets/aws-access-key-id"],
        capture_output=True,
        text=True,
        check=True,
    )
    assert "Revoke and rotate\n  opens " in done.stdout
    assert "aws iam create-access-key" in done.stdout


def test_looking_at_a_file_with_a_finding_loads_none_of_it(tmp_path: Path, shared_cache: Path) -> None:
    code = (
        "import sys\n"
        "from countermark.change import FileChange\n"
        "from countermark.content import Content\n"
        "from countermark_rules.detectors.secrets.detector import SecretsDetector\n"
        "data = sys.stdin.buffer.read()\n"
        "found = list(SecretsDetector().detect([FileChange('a.py', Content(data))]))\n"
        "assert found and found[0].fixes\n"
        "print(*sys.modules)\n"
    )
    environ = {"XDG_CACHE_HOME": str(shared_cache), "HOME": str(tmp_path)}
    given = f'token = "{fake_github_token()}"\n'.encode()
    command = [sys.executable, "-I", "-c", code]
    subprocess.run(command, input=given, env=environ, capture_output=True, check=True)  # it may have to make the cache
    done = subprocess.run(command, input=given, env=environ, capture_output=True, check=True)
    loaded = set(done.stdout.decode().split())
    assert not {"countermark_rules.detectors.secrets.rotation", "countermark.report.guide", "tomllib"} & loaded
