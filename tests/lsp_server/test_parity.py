"""One engine: what the editor shows of a text is what the hook says of it once it is staged."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from lsprotocol import types as lsp

from countermark.changes.index import staged
from countermark.content import Position
from countermark.git.repository import discover
from countermark.git.snapshots import IndexSnapshot
from countermark.project import load_project
from countermark.verdict import Level
from countermark_rules.inspect import inspect
from tests.lsp_server.editor import editing
from tests.rules.credentials.test_fixtures import FIXTURES as CREDENTIALS
from tests.rules.credentials.test_fixtures import place_of
from tests.support import Repository, fake_aws_key, fake_github_token

FIXTURES = Path(__file__).parents[1] / "rules" / "patterns"
SETTINGS = '[[paths]]\nmatch = ["docs/"]\nat-most = "note"\n'
# What a finding does, by what the editor makes of it; review and warn look the same there.
LEVELS = {1: {Level.BLOCK}, 2: {Level.REVIEW, Level.WARN}, 3: {Level.NOTE}}


def texts() -> dict[str, str]:
    """A name and a text for every rule fixture, and what else has to come out the same."""
    key, token = fake_aws_key(), fake_github_token()
    allowed = "# countermark: allow secrets/aws-access-key-id until 2100-01-01 because it opens nothing"
    return {
        **{f"rules/{path.name}": path.read_text("utf-8") for path in sorted(FIXTURES.glob("py/*.py"))},
        **{place_of(path): path.read_text("utf-8") for path in CREDENTIALS},
        "wide.py": f'x = "é😀\u2028"; key = "{key}"\n\x0cafter = "{token}"\n',
        "crlf.py": f'a = 1\r\nkey = "{key}"\r\n',
        "allowed.py": f"key = '{key}'  {allowed}\n",
        "unused.py": f"nothing = 1  {allowed}\n",
        "docs/example.md": f"Set AWS_ACCESS_KEY_ID={key}.\n",
        "twice.env": f"A={token}\nB={token}\n",
        "clean.py": "print('hello')\n",
    }


def by_the_hook(repository: Repository) -> dict[str, set[tuple[object, ...]]]:
    found = discover(repository.path, repository.env)
    assert found is not None
    today = datetime.now(UTC).date()
    project = load_project(IndexSnapshot(found), repository=found, environ=repository.env, today=today)
    report = inspect(staged(found, project.settings.limits), project)
    assert report.failures == ()
    said: dict[str, set[tuple[object, ...]]] = {}
    for finding, verdict in ((item.finding, item.verdict) for item in report.judged):
        place = (finding.rule.id, finding.start, finding.end, finding.fingerprint)
        said.setdefault(finding.path, set()).add((*place, verdict.level))
    return said


def place(position: lsp.Position) -> Position:
    return Position(position.line + 1, position.character + 1)


@pytest.mark.asyncio
async def test_editor_and_hook_say_the_same(repository: Repository) -> None:
    repository.write("countermark.toml", SETTINGS)
    repository.write("old.py", f'key = "{fake_aws_key("old")}"\n').stage().commit()
    everything = {**texts(), "old.py": f'key = "{fake_aws_key("old")}"\nnew = "{fake_aws_key("new")}"\n'}
    for name, text in everything.items():
        repository.write(name, text.encode())
    expected = by_the_hook(repository.stage())

    async with editing(repository, "yegappan-lsp") as editor:  # utf-32: columns are code points
        for name, text in everything.items():
            uri = (repository.path / name).as_uri()
            editor.open(uri, text)
            shown = await editor.settled(uri)
            wanted = expected.get(name, set())

            places = {(one.code, place(one.range.start), place(one.range.end), one.data) for one in shown}
            assert places == {said[:-1] for said in wanted}, name
            for one in shown:
                level = next(said[-1] for said in wanted if said[0] == one.code and said[-2] == one.data)
                assert level in LEVELS[one.severity or 0], name

    assert len(expected) >= 8  # the comparison was about something
