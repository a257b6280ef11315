"""Two tiers, files that are not open, notebooks, unsaved buffers, actions: with the real server and the real Semgrep."""

from __future__ import annotations

import os
import signal
from pathlib import Path

import pytest
from lsprotocol import types as lsp

from tests.lsp_server.editor import Editor, children, editing
from tests.support import Repository, fake_aws_key

TLS, SECRET = "py/tls-verify-off", "secrets/aws-access-key-id"
CALL = 'requests.get("https://a.invalid", timeout=3, verify=False)\n'
BAD = f"import requests\n{CALL}"
ALL = lsp.Range(lsp.Position(0, 0), lsp.Position(100, 0))


def codes(found: list[lsp.Diagnostic]) -> list[str]:
    return [str(one.code) for one in found]


@pytest.mark.asyncio
async def test_patterns_follow_their_lines_until_they_are_looked_at_again(repository: Repository) -> None:
    uri = (repository.path / "a.py").as_uri()
    async with editing(repository, "eglot-1.9") as editor:
        editor.open(uri, BAD)
        (found,) = await editor.settled(uri)
        assert (found.code, found.range.start.line) == (TLS, 1)

        editor.type(uri, "import", "# one\n# two\nimport")
        (moved,) = await editor.diagnostics(uri)  # before Semgrep saw it: the first look of this version
        assert moved.range.start.line == 3
        assert CALL[: moved.range.end.character] in editor.texts[uri]
        editor.type(uri, "# two", f"key = '{fake_aws_key()}'  # é😀")
        assert codes(await editor.settled(uri)) == [SECRET, TLS]

        editor.published.clear()
        editor.type(uri, "verify=False", "verify=Fals")
        assert codes(await editor.diagnostics(uri)) == [SECRET]  # its line was touched
        editor.type(uri, "verify=Fals", "verify=False")
        assert codes(await editor.settled(uri)) == [SECRET, TLS]
        await fixes_and_suppressions(editor, uri)


async def fixes_and_suppressions(editor: Editor, uri: str) -> None:
    where = (await editor.diagnostics(uri))[1].range
    assert all(one.kind == "source.fixAll.countermark" for one in await editor.actions(uri, where, ["source.fixAll"]))  # type: ignore[union-attr]
    suppress = next(one for one in await editor.actions(uri, where) if "Suppress" in one.title)
    await editor.choose(suppress)
    assert editor.asked[-1].message.startswith(f"Countermark: Suppress {TLS} here until ")
    assert "allow" not in editor.texts[uri]  # no reason, no comment
    editor.choice = "it is a false positive"
    await editor.choose(suppress)
    await editor.until(lambda: f"# countermark: allow {TLS} until " in editor.texts[uri])
    assert codes(await editor.settled(uri)) == [SECRET]
    (line,) = (line for line in editor.texts[uri].splitlines() if "allow" in line)
    assert line.endswith(" because it is a false positive")


@pytest.mark.asyncio
async def test_secrets_go_on_while_the_other_process_is_gone(repository: Repository) -> None:
    uri = (repository.path / "a.py").as_uri()
    async with editing(repository, "eglot-1.9") as editor:
        editor.open(uri, BAD)
        await editor.settled(uri)
        os.kill(process_of(editor, "slow"), signal.SIGSTOP)  # it hangs
        editor.type(uri, "import", f"key = '{fake_aws_key()}'\nimport")
        assert codes(await editor.diagnostics(uri)) == [SECRET, TLS]  # what was known moved along
        os.kill(process_of(editor, "slow"), signal.SIGKILL)
        editor.type(uri, "key", "k")
        assert {SECRET, TLS} <= set(codes(await editor.settled(uri)))

        worker = process_of(editor, "slow")
        for _ in range(2):  # Semgrep itself crashes: another way of asking it looks, and it is said once
            for semgrep in children(worker):
                os.kill(semgrep, signal.SIGKILL)
            editor.type(uri, "k", "kk")
            assert {SECRET, TLS} <= set(codes(await editor.settled(uri)))
        assert process_of(editor, "slow") == worker
        assert len([one.message for one in editor.client.messages if "looks instead" in one.message]) == 1


def process_of(editor: Editor, part: str) -> int:
    """The worker process of a tier, by its last argument."""
    assert editor.client._server is not None
    for process in children(editor.client._server.pid):
        if part.encode() in Path(f"/proc/{process}/cmdline").read_bytes().split(b"\0"):
            return process
    raise AssertionError(part)


@pytest.mark.asyncio
async def test_a_survey_ends_when_the_person_says_so(repository: Repository) -> None:
    for number in range(40):
        repository.write(f"many/{number:02}.txt", f"key = '{fake_aws_key(str(number))}'\n")
    repository.stage().commit()
    async with editing(repository, "vscode-1.139.1") as editor:
        editor.cancels = True
        await editor.run("scanWorkspace", mode="all")
        await editor.until(lambda: [one["kind"] for one in editor.progress[-1:]] == ["end"])

        assert editor.progress[0]["title"] == "Countermark: looking at files"
        assert editor.progress[0]["cancellable"]
        assert len(editor.published) < 40


@pytest.mark.asyncio
async def test_commands_that_tell_something(repository: Repository) -> None:
    uri = (repository.path / "a.py").as_uri()
    async with editing(repository, "vscode-1.139.1") as editor:
        editor.open(uri, f"key = '{fake_aws_key()}'\n")
        (found,) = await editor.diagnostics(uri)
        actions = {one.title: one for one in await editor.actions(uri, found.range)}
        await editor.choose(actions["How to revoke and replace this credential"])
        await editor.choose(actions[f"Explain {SECRET}"])
        steps, why = (one.message for one in editor.client.messages)
        assert "https://" in steps
        assert [page.startswith("https://") for page in editor.pages] == [True]
        assert SECRET in why
        assert "Lifetime: long-lived" in why

        told = await editor.run("explain", uri=uri, fingerprint=found.data, quiet=True)
        assert told.startswith("**")
        assert await editor.run("explain", uri=uri, fingerprint="gone") is None
        assert await editor.run("rotate", rule=TLS) is None
        assert await editor.run("openReview", uri=uri) == "countermark review"
        assert fake_aws_key() not in repr((told, editor.client.messages))


@pytest.mark.asyncio
async def test_files_that_are_not_open_and_cells_and_buffers(repository: Repository) -> None:
    repository.write("old.py", BAD).stage().commit().write("new.py", BAD).write("blob.bin", b"\0\1")
    new, old = ((repository.path / name).as_uri() for name in ("new.py", "old.py"))
    async with editing(repository, "vscode-1.139.1", workspaceDiagnostics="changed") as editor:
        await editor.until(lambda: [one.uri for one in editor.published] == [new])
        assert codes(editor.published[0].diagnostics) == [TLS]  # type: ignore[arg-type]
        editor.open(new, BAD)
        await editor.until(lambda: len(editor.published) == 2)
        assert not editor.published[1].diagnostics  # an open one is asked for
        assert codes(await editor.settled(new)) == [TLS]
        assert "workspace/diagnostic/refresh" in editor.refreshed

        await editor.run("scanWorkspace", mode="all")
        await editor.until(lambda: any(one.uri == old and one.diagnostics for one in editor.published))

        cell = f"vscode-notebook-cell:{repository.path / 'book.ipynb'}#W0"
        await notebook(editor, cell)
        buffer = "untitled:Untitled-1"
        editor.open(buffer, BAD)
        assert codes(await editor.settled(buffer)) == [TLS]


async def notebook(editor: Editor, cell: str) -> None:
    book = cell.partition("#")[0].replace("vscode-notebook-cell:", "file://")
    item = lsp.TextDocumentItem(cell, "python", 1, BAD)
    opened = lsp.NotebookDocument(book, "jupyter-notebook", 1, [lsp.NotebookCell(lsp.NotebookCellKind.Code, cell)])
    editor.client.notebook_document_did_open(lsp.DidOpenNotebookDocumentParams(opened, [item]))
    editor.texts[cell], editor.versions[cell] = BAD, 1
    assert codes(await editor.settled(cell)) == [TLS]
    content = lsp.NotebookDocumentCellContentChanges(
        lsp.VersionedTextDocumentIdentifier(2, cell), [lsp.TextDocumentContentChangeWholeDocument("x = 1\n")]
    )
    change = lsp.NotebookDocumentChangeEvent(cells=lsp.NotebookDocumentCellChanges(text_content=[content]))
    version = lsp.VersionedNotebookDocumentIdentifier(2, book)
    editor.client.notebook_document_did_change(lsp.DidChangeNotebookDocumentParams(version, change))
    editor.texts[cell], editor.versions[cell] = "x = 1\n", 2
    assert await editor.settled(cell) == []


@pytest.mark.asyncio
async def test_settings_of_the_editor_change_what_is_shown_alone(repository: Repository) -> None:
    uri = (repository.path / "a.py").as_uri()
    async with editing(repository, "eglot-1.9", suspect="loudly", baseline=True) as editor:
        editor.open(uri, f"key = '{fake_aws_key()}'\n")
        (found,) = await editor.diagnostics(uri)
        assert [one.message for one in editor.client.messages] == [
            "Countermark: the option suspect is one of ask, silent, off"
        ]
        record = f"Record {SECRET} as known"
        assert record in [one.title for one in await editor.actions(uri, found.range)]
        action = next(one for one in await editor.actions(uri, found.range) if one.title == record)
        await editor.choose(action)
        assert str(found.data) in (repository.path / ".countermark" / "baseline.jsonl").read_text()
        assert await editor.diagnostics(uri) == [found]  # of the same version; what follows shows it

        editor.settings = {"baseline": False}
        editor.client.workspace_did_change_configuration(lsp.DidChangeConfigurationParams({}))
        editor.type(uri, "key", "other")
        while record in [one.title for one in await editor.actions(uri, found.range)]:
            continue  # the server asks for them first; the session's patience is the limit


@pytest.mark.asyncio
@pytest.mark.parametrize("like", ["vscode-1.139.1", "eglot-1.9", "ale-3.3.0"])
async def test_settings_are_asked_for_at_the_start_and_those_of_initialize_hold_beside_them(
    repository: Repository, like: str
) -> None:
    repository.write("old.py", BAD).stage().commit().write("new.py", BAD)
    new, open_ = ((repository.path / name).as_uri() for name in ("new.py", "open.py"))
    settings = {"workspaceDiagnostics": "changed", "command": ["countermark", "lsp"]}
    async with editing(repository, like, settings=settings, baseline=True) as editor:
        if like == "ale-3.3.0":  # has settings that cannot be asked for
            editor.client.workspace_did_change_configuration(lsp.DidChangeConfigurationParams(settings))
        await editor.until(lambda: any(one.uri == new and one.diagnostics for one in editor.published))

        editor.open(open_, f"key = '{fake_aws_key()}'\n")
        (found,) = await editor.diagnostics(open_)
        titles = [getattr(one, "title", "") for one in await editor.actions(open_, found.range)]
        assert f"Record {SECRET} as known" in titles
        assert not any(one.uri != new and "old" in one.uri for one in editor.published)
