"""One engine: of every rule's fixture the editor shows, the hook prints and `check` reports the same, with the same verdicts."""

from __future__ import annotations

from itertools import islice

import pytest

from countermark_rules.detectors.patterns.bundle import PatternRule, load_rules
from countermark_rules.detectors.secrets.provider import load, names
from countermark_rules.detectors.secrets.samples import near_misses, positives
from tests.lsp_server.parity import SETTINGS, SHOWN, by_check, by_the_editor, by_the_hook
from tests.rules.credentials.test_fixtures import FIXTURES as CREDENTIALS
from tests.rules.credentials.test_fixtures import place_of
from tests.rules.dependencies.test_detector import NOBODY
from tests.rules.patterns.test_fixtures import fixture_of, placed
from tests.support import Repository, fake_aws_key, fake_github_token

PACKS = {
    "Python": {"py"},
    "JavaScript": {"js", "html"},
    "other languages": {"go", "java", "sh"},
    "infrastructure": {"docker", "tf", "k8s", "compose"},
    "pipelines": {"gha", "gitlab", "mcp"},
}


def _place(rule: PatternRule) -> str:
    """A path of the rule's own, where its pack looks."""
    path = placed(rule, fixture_of(rule))
    return path if path.startswith("src/") else f"{rule.rule.id.replace('/', '-')}/{path}"


def patterns(packs: set[str]) -> dict[str, str]:
    return {_place(rule): fixture_of(rule).read_text("utf-8") for rule in load_rules() if rule.pack in packs}


def secrets() -> dict[str, str]:
    """A sample of every token that is looked for, and one that must stay silent; providers by their first letter."""
    texts: dict[str, str] = {}
    for name in names():
        for token in load(name):
            samples = [*islice(positives(token), 1), *islice(near_misses(token), 1)]
            path = f"secrets/{name[0]}.txt"
            texts[path] = texts.get(path, "") + "".join(f"{sample.text}\n" for sample in samples)
    return texts


def others() -> dict[str, str]:
    """Credentials, dependencies, and what else has to come out the same."""
    key, token = fake_aws_key(), fake_github_token()
    allowed = "# countermark: allow secrets/aws-access-key-id until 2100-01-01 because it opens nothing"
    return {
        **{place_of(path): path.read_text("utf-8") for path in CREDENTIALS},
        "requirements.txt": f"requests==2.32.3\n{NOBODY}>=1\nreqeusts\n",
        "package.json": '{"dependencies": {"left": "git+https://a.invalid/left.git", "lodahs": "^4.0.0"}}\n',
        "wide.py": f'x = "é😀\u2028"; key = "{key}"\n\x0cafter = "{token}"\n',
        "crlf.py": f'a = 1\r\nkey = "{key}"\r\n',
        "allowed.py": f"key = '{key}'  {allowed}\n",
        "unused.py": f"nothing = 1  {allowed}\n",
        "docs/example.md": f"Set AWS_ACCESS_KEY_ID={key}.\n",
        "twice.env": f"A={token}\nB={token}\n",
        "old.py": f'key = "{fake_aws_key("old")}"\nnew = "{fake_aws_key("new")}"\n',
        "clean.py": "print('hello')\n",
    }


async def same(repository: Repository, texts: dict[str, str]) -> dict[str, set[str]]:
    """Ask all; the rules that were found, by path."""
    repository.write("countermark.toml", SETTINGS)
    repository.write("old.py", f'key = "{fake_aws_key("old")}"\n').stage().commit()  # judged by what the change touches
    for name, text in texts.items():
        repository.write(name, text.encode())
    hook = by_the_hook(repository.stage())

    assert hook == by_check(repository, "--staged")
    shown = await by_the_editor(repository, texts)
    assert shown == {(*one[:4], SHOWN[one[4]]) for one in hook}
    found: dict[str, set[str]] = {}
    for path, rule, *_ in hook:
        found.setdefault(path, set()).add(rule)
    return found


@pytest.mark.asyncio
@pytest.mark.parametrize("packs", PACKS.values(), ids=PACKS)
async def test_every_face_says_the_same_of_every_pattern(repository: Repository, packs: set[str]) -> None:
    found = await same(repository, patterns(packs))

    assert [
        rule.rule.id for rule in load_rules() if rule.pack in packs and rule.rule.id not in found[_place(rule)]
    ] == []


@pytest.mark.asyncio
async def test_every_face_says_the_same_of_every_secret(repository: Repository) -> None:
    assert len(await same(repository, secrets())) == len({name[0] for name in names()})


@pytest.mark.asyncio
async def test_every_face_says_the_same_of_everything_else(repository: Repository) -> None:
    found = await same(repository, others())

    assert {rule.partition("/")[0] for rules in found.values() for rule in rules} >= {"secrets", "credentials", "deps"}
    assert "clean.py" not in found


def test_no_pack_is_forgotten() -> None:
    assert {rule.pack for rule in load_rules()} == set().union(*PACKS.values())
