"""One engine: of every rule's fixture the editor shows, the hook prints and `check` reports the same, with the same verdicts."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from itertools import islice

import pytest

from countermark.finding import Severity
from countermark_rules.detectors.patterns.bundle import PatternRule, load_rules
from countermark_rules.detectors.secrets.provider import load, names
from countermark_rules.detectors.secrets.samples import near_misses, positives
from tests.core.provenance.acting import Actors
from tests.lsp_server.parity import SETTINGS, Said, Shown, by_check, by_the_editor, by_the_hook, shown
from tests.rules.credentials.test_fixtures import FIXTURES as CREDENTIALS
from tests.rules.credentials.test_fixtures import place_of
from tests.rules.dependencies.test_detector import NOBODY
from tests.rules.patterns.test_fixtures import fixture_of, placed
from tests.support import Repository, fake_aws_key, fake_github_token


def _place(rule: PatternRule) -> str:
    """A path of the rule's own, where its pack looks."""
    path = placed(rule, fixture_of(rule))
    return path if path.startswith("src/") else f"{rule.rule.id.replace('/', '-')}/{path}"


def patterns() -> dict[str, str]:
    return {_place(rule): fixture_of(rule).read_text("utf-8") for rule in load_rules()}


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


def authored(name: str) -> tuple[str, ...]:
    """Lines that are less than a block of anybody's commit; with other names they are no copies of each other."""
    token = next(token for token in load("posthog") if token.severity is Severity.LOW)
    samples = {"assisted": 0, "typed": 1}
    sample = next(islice(positives(token), samples[name], None)).text
    return "import requests", "", f"def {name}(page_{name}):", f"    return requests.get(page_{name})", "", sample


def differences(faces: Mapping[str, set[Shown]]) -> list[str]:
    """What one face says and another does not, by path: that names the rule, for every rule has a fixture of its own."""
    everything = set().union(*faces.values())
    told = [(said, [name for name, known in faces.items() if said not in known]) for said in sorted(everything)]
    return [f"{said} is missing: {', '.join(missing)}" for said, missing in told if missing]


@pytest.mark.asyncio
async def test_every_face_says_the_same_of_every_rule(repository: Repository) -> None:
    """One repository with all there is, one commit, one run of each face: what starts a process is the most of it."""
    repository.write("countermark.toml", SETTINGS)
    repository.write("old.py", f'key = "{fake_aws_key("old")}"\n').stage().commit()  # judged by what the change touches
    Actors(repository).agent("src/assisted.py", *authored("assisted"))
    texts = {**patterns(), **secrets(), **others(), "src/typed.py": "".join(f"{line}\n" for line in authored("typed"))}
    for name, text in texts.items():
        repository.write(name, text.encode())
    texts["src/assisted.py"] = (repository.path / "src/assisted.py").read_text("utf-8")

    repository.stage()
    hook, check = await asyncio.gather(
        asyncio.to_thread(by_the_hook, repository), asyncio.to_thread(by_check, repository, "--staged")
    )
    editor = await by_the_editor(repository, texts)

    faces = {"hook": shown(hook), "check": shown(check), "editor": editor}
    assert differences(faces) == []
    assert hook == check  # who tells apart what the editor shows alike
    found: dict[str, set[str]] = {}
    for path, rule, *_ in hook:
        found.setdefault(path, set()).add(rule)
    silent = [rule for rule in load_rules() if rule.rule.id not in found[_place(rule)]]
    weakness = {rule.rule.id: rule.rule.cwe[0] for rule in load_rules()}
    for one in silent:  # what is told once, by the rule that knows more
        told = {weakness.get(other) for other in found[_place(one)]}
        assert one.rule.cwe[0] in {"CWE-798", *told}, one.id
    assert len(silent) < 8
    assert {path for path in texts if path.startswith("secrets/")} <= found.keys()
    assert {rule.partition("/")[0] for rules in found.values() for rule in rules} >= {"secrets", "credentials", "deps"}
    assert "clean.py" not in found
    assert verdicts(hook, "src/typed.py") == {
        "py/request-without-timeout": "note",
        "secrets/posthog-project-key": "warn",
    }
    assert verdicts(hook, "src/assisted.py") == {
        "py/request-without-timeout": "warn",
        "secrets/posthog-project-key": "review",
        "review/ai-unreviewed": "block",
    }


def verdicts(said: set[Said], path: str) -> dict[str, str]:
    return {one[1]: one[4] for one in said if one[0] == path}
