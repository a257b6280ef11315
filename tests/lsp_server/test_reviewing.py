"""Who wrote which lines, and who answers for them, in the editor: the same ledger as everywhere, and never an agent's word."""

from __future__ import annotations

import asyncio
import os
from typing import Any

import pytest
from lsprotocol import types as lsp

from countermark.git.repository import discover
from countermark.provenance.events import Event
from countermark.provenance.journal import Journal
from countermark.provenance.model import Author, State
from countermark.review.entry import Decision, Entry, Face
from countermark.review.ledger import Ledger
from countermark_lsp.editing import Editing
from tests.lsp_server.editor import Editor, editing
from tests.support import Repository

AGENT = Author(State.AI, "claude", "opus", "s1")
BEFORE = "import os\n\n\ndef total(rows):\n    return sum(rows)\n"
AFTER = "import os\n\nLIMIT = 3\nMOST = 4\n\n\ndef total(rows):\n    return sum(rows)\n\n\ndef best(rows):\n    return max(rows)\n"
EVERYWHERE = lsp.Range(lsp.Position(0, 0), lsp.Position(2000, 0))


def reported(repository: Repository, before: str = BEFORE, after: str = AFTER) -> Repository:
    """A repository in whose worktree an agent said that it wrote some lines."""
    repository.write("a.py", before).stage().commit().write("a.py", after)
    found = discover(repository.path, repository.env)
    assert found is not None
    journal = Journal.of(found)
    journal.append(Event("before", "k", AGENT, ("a.py",)), {"a.py": before.encode()})
    journal.append(Event("after", "k", AGENT, ("a.py",)), {"a.py": after.encode()})
    journal.database.close()
    return repository


def ledger(repository: Repository) -> tuple[Entry, ...]:
    found = discover(repository.path, repository.env)
    assert found is not None
    return Ledger.of(found).examine()[0]


async def marks(editor: Editor, uri: str) -> list[Any]:
    answer = await editor.client.protocol.send_request_async("countermark/reviewMarks", {"uri": uri})  # type: ignore[no-untyped-call]
    assert answer.version == editor.versions[uri]
    return list(answer.marks)


async def lenses(editor: Editor, uri: str) -> list[tuple[int, lsp.Command]]:
    params = lsp.CodeLensParams(lsp.TextDocumentIdentifier(uri))
    found = await editor.client.text_document_code_lens_async(params) or []
    return [(lens.range.start.line, lens.command) for lens in found if lens.command is not None]


async def chosen(editor: Editor, uri: str, line: int, title: str) -> None:
    """Choose the action with a title that begins so."""
    where = lsp.Range(lsp.Position(line, 0), lsp.Position(line, 0))
    action = next(one for one in await editor.actions(uri, where) if one.title.startswith(title))
    await editor.choose(action)


@pytest.mark.asyncio
async def test_a_hunk_is_shown_and_reviewed_where_it_is(repository: Repository) -> None:
    uri = (reported(repository).path / "a.py").as_uri()
    async with editing(repository, "vscode-1.139.1", inlayHints=True) as editor:
        editor.open(uri, AFTER)
        first, second = await editor.diagnostics(uri)
        assert (first.code, first.severity) == ("review/ai-unreviewed", lsp.DiagnosticSeverity.Error)
        assert first.range == lsp.Range(lsp.Position(2, 0), lsp.Position(2, len("LIMIT = 3")))  # its first line alone
        assert [(one.startLine, one.endLine, one.state, one.passes) for one in await marks(editor, uri)] == [
            (2, 3, "ai", False),
            (10, 11, "ai", False),
        ]
        shown = await lenses(editor, uri)
        assert [(line, command.title) for line, command in shown[:3]] == [
            (0, "2 hunks need an answer · 2 without"),
            (0, "Mark file reviewed"),
            (2, "AI-assisted (claude (opus)) · unreviewed · 2 lines"),
        ]
        hover = await editor.hover(uri, lsp.Position(3, 1))
        assert hover is not None
        assert all(said in hover for said in ("AI-assisted", "nobody has answered"))
        hints = await editor.client.text_document_inlay_hint_async(
            lsp.InlayHintParams(lsp.TextDocumentIdentifier(uri), EVERYWHERE)
        )
        assert [hint.position for hint in hints or ()] == [lsp.Position(2, 9), lsp.Position(10, len("def best(rows):"))]

        await asyncio.sleep(1)  # nobody reads two lines faster than 300 in a minute
        await chosen(editor, uri, 3, "Mark lines 3 to 4 reviewed")
        assert [one.range.start.line for one in await editor.diagnostics(uri)] == [second.range.start.line]
        assert "reviewed by Ada" in (await lenses(editor, uri))[2 - 1][1].title
        (entry,) = ledger(repository)
        assert (entry.decision, entry.face, entry.path, entry.lines) == (Decision.APPROVE, Face.EDITOR, "a.py", 2)
        assert entry.seconds > 0
        again = await editor.run("review", uri=uri, hunks=[entry.hunk], decision="approve")
        assert (again["decided"], len(ledger(repository))) == ([entry.hunk], 1)  # a second click is no second decision
        await editor.until(lambda: bool(editor.marks_changed))
        assert "workspace/codeLens/refresh" in editor.refreshed

        # a lens of a text that changed since: nothing is decided
        stale = next(command for line, command in shown if line == 10 and command.title == "Mark reviewed")
        editor.type(uri, "max(rows)", "max(rows, default=0)")
        answer = await editor.run("review", **vars_of(stale.arguments[0]))  # type: ignore[index]
        assert "changed" in answer["refused"]
        assert len(ledger(repository)) == 1

        # a waiver has a reason or is none, and a rejection blocks
        editor.choice = ""
        editor.type(uri, "max(rows, default=0)", "max(rows)")
        await chosen(editor, uri, 10, "Waive")
        assert len(ledger(repository)) == 1
        editor.choice = editor.asked[0].actions[0].title  # type: ignore[index]
        await chosen(editor, uri, 10, "Waive")
        assert (ledger(repository)[-1].decision, ledger(repository)[-1].reason) == (Decision.WAIVE, editor.choice)
        assert await editor.diagnostics(uri) == []
        await chosen(editor, uri, 10, "Reject")
        assert [one.code for one in await editor.diagnostics(uri)] == ["review/rejected"]

        # a client that asks for the reason itself need not know for how long a waiver lasts
        await editor.run("review", uri=uri, hunks=[ledger(repository)[-1].hunk], decision="waive", reason="It moves.")
        assert ledger(repository)[-1].reason == "It moves."
        assert ledger(repository)[-1].expires == ledger(repository)[-3].expires

        # another one decides in a terminal, or the ledger is put aside: it shows
        journal = repository.path / ".git" / "countermark"
        (journal / "reviews.jsonl").unlink()
        (journal / "reviews.head").unlink()
        event = lsp.FileEvent((journal / "reviews.jsonl").as_uri(), lsp.FileChangeType.Deleted)
        editor.client.workspace_did_change_watched_files(lsp.DidChangeWatchedFilesParams([event]))
        assert len(await marks(editor, uri)) == 2
        assert not any(one.passes for one in await marks(editor, uri))


def vars_of(argument: Any) -> dict[str, Any]:
    return argument if isinstance(argument, dict) else dict(argument._asdict())


@pytest.mark.asyncio
@pytest.mark.parametrize(
    ("env", "settings", "said"),
    [
        ({"CLAUDECODE": "1"}, "", "Claude Code"),
        ({}, "[review]\neditors = false\n", "review.editors"),
        ({}, "[review]\nchallenge = true\n", "review.challenge"),
    ],
)
async def test_who_may_not_decide_is_told(
    repository: Repository, env: dict[str, str], settings: str, said: str
) -> None:
    uri = (reported(repository.write("countermark.toml", settings)).path / "a.py").as_uri()
    async with editing(repository, "eglot-1.9", env=env) as editor:
        editor.open(uri, AFTER)
        await editor.diagnostics(uri)
        hunks = [mark.id for mark in await marks(editor, uri)]
        answer = await editor.run("review", uri=uri, hunks=hunks, decision="approve")

        assert answer["decided"] == []
        assert said in answer["refused"]
        assert ledger(repository) == ()


@pytest.mark.parametrize(
    ("name", "process", "refused"),
    [
        ("Claude Code", "parent", "Claude Code"),
        ("codex", "parent", "Codex"),
        ("Neovim", "none", "did not start"),
        ("Neovim", "itself", "did not start"),  # a process that it does not descend from
        ("Neovim", "parent", ""),
        ("", "parent", ""),  # eglot and ALE send no name
    ],
)
def test_an_editor_is_known_by_what_it_says_and_what_it_started(name: str, process: str, refused: str) -> None:
    said = Editing(name, {"parent": os.getppid(), "itself": os.getpid(), "none": None}[process]).refusal()

    assert refused in said
    assert bool(said) == bool(refused)


@pytest.mark.asyncio
@pytest.mark.parametrize("gate", ["commit", "off"])
async def test_what_an_ai_wrote_is_judged_by_that_whether_or_not_anybody_reviews_it(
    repository: Repository, gate: str
) -> None:
    repository.write("countermark.toml", f'[policy.ai]\nraise = 2\n\n[review]\ngate = "{gate}"\n')
    call = "import requests\nrequests.get(address)\n"
    uri = (reported(repository, "import os\n", f"import os\n{call}").path / "a.py").as_uri()
    typed = (repository.path / "b.py").as_uri()
    async with editing(repository, "nvim-0.11.4") as editor:
        editor.open(uri, f"import os\n{call}")
        editor.open(
            typed, "import requests\nanswer = requests.get(mirror, params)\n"
        )  # no copy of what the agent wrote

        said = {one.code: one.severity for one in await editor.settled(uri)}
        of_people = {one.code: one.severity for one in await editor.settled(typed)}

        assert said["py/request-without-timeout"] == lsp.DiagnosticSeverity.Warning
        assert of_people["py/request-without-timeout"] == lsp.DiagnosticSeverity.Information
        assert bool(await marks(editor, uri)) is (gate == "commit")
        assert ("review/ai-unreviewed" in said) is (gate == "commit")
