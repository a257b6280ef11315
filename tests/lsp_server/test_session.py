"""What an editor shows follows the text, the settings, the last commit and what people have answered for."""

from __future__ import annotations

import asyncio
import os
import signal
from pathlib import Path
from urllib.parse import quote_from_bytes

import pytest
from lsprotocol import types as lsp

from tests.lsp_server.editor import Editor, children, editing
from tests.support import Repository, fake_aws_key

PUSH, PULL, REFRESH = "eglot-1.9", "vscode-1.100.3", "vscode-1.139.1"
RULE = "secrets/aws-access-key-id"
LEAK = f'key = "{fake_aws_key()}"\n'
ERROR, WARNING, INFORMATION = (lsp.DiagnosticSeverity(number) for number in (1, 2, 3))


def codes(found: list[lsp.Diagnostic]) -> list[str]:
    return [str(one.code) for one in found]


def changed(editor: Editor, path: Path) -> None:
    """Tell the server that a watched file changed."""
    event = lsp.FileEvent(path.as_uri(), lsp.FileChangeType.Changed)
    editor.client.workspace_did_change_watched_files(lsp.DidChangeWatchedFilesParams([event]))


@pytest.mark.asyncio
async def test_pushed_diagnostics_follow_the_text_and_go_with_the_document(repository: Repository) -> None:
    uri = (repository.path / "a.py").as_uri()
    async with editing(repository, PUSH) as editor:
        editor.open(uri, "key = ''\n")
        assert await editor.diagnostics(uri) == []
        editor.type(uri, "''", f"'{fake_aws_key()}'")
        assert codes(await editor.diagnostics(uri)) == [RULE]
        editor.type(uri, "key", "# one line more\nkey")
        assert (await editor.diagnostics(uri))[0].range.start.line == 1
        editor.replace(uri, "key = ''\n")
        assert await editor.diagnostics(uri) == []

        editor.replace(uri, LEAK)
        await editor.diagnostics(uri)
        seen = len(editor.published)
        editor.close(uri)
        await editor.until(lambda: len(editor.published) > seen)
        assert editor.published[-1].uri == uri
        assert not editor.published[-1].diagnostics


@pytest.mark.asyncio
async def test_pulled_diagnostics_are_sent_once(repository: Repository) -> None:
    uri = (repository.path / "a.py").as_uri()
    async with editing(repository, PULL) as editor:
        editor.open(uri, LEAK)
        first = await editor.pull(uri)
        assert isinstance(first, lsp.RelatedFullDocumentDiagnosticReport)
        assert len(first.items) == 1

        again = await editor.pull(uri, first.result_id)
        assert isinstance(again, lsp.RelatedUnchangedDocumentDiagnosticReport)
        editor.type(uri, "key", "other")
        assert isinstance(await editor.pull(uri, first.result_id), lsp.RelatedFullDocumentDiagnosticReport)
        editor.close(uri)
        assert await editor.diagnostics(uri) == []
        assert editor.published == []


@pytest.mark.asyncio
async def test_severity_is_the_verdict(repository: Repository) -> None:
    uri = (repository.path / "a.py").as_uri()
    levels = {"block": ERROR, "review": WARNING, "warn": WARNING, "note": INFORMATION, "off": None}
    async with editing(repository, PULL) as editor:
        for level, severity in levels.items():
            repository.write("countermark.toml", f'[rules."{RULE}"]\nlevel = "{level}"\n')
            editor.open(uri, LEAK)
            found = await editor.diagnostics(uri)
            editor.close(uri)

            assert [one.severity for one in found] == ([] if severity is None else [severity]), level


@pytest.mark.asyncio
async def test_lines_that_the_change_leaves_alone_are_judged_as_the_hook_does(repository: Repository) -> None:
    repository.write("a.py", LEAK).stage().commit()
    uri = (repository.path / "a.py").as_uri()
    async with editing(repository, PUSH) as editor:
        editor.open(uri, LEAK)
        assert [one.severity for one in await editor.diagnostics(uri)] == [WARNING]
        editor.type(uri, "key", "new_key")
        assert [one.severity for one in await editor.diagnostics(uri)] == [ERROR]

        repository.write("a.py", editor.texts[uri]).stage().commit()
        editor.type(uri, "\n", "\n\n")
        assert [one.severity for one in await editor.diagnostics(uri)] == [WARNING]


@pytest.mark.asyncio
async def test_faulty_settings_are_shown_and_told_once(repository: Repository) -> None:
    settings = repository.path / "countermark.toml"
    uris = [(repository.path / name).as_uri() for name in ("a.py", "b.py")]
    async with editing(repository, PUSH) as editor:
        for uri in uris:
            editor.open(uri, LEAK)
            await editor.diagnostics(uri)

        repository.write("countermark.toml", "[policy]\nfail-on = 'never'\nsurprise = 1\n")
        editor.published.clear()
        changed(editor, settings)
        for uri in uris:
            (fault,) = await editor.diagnostics(uri)
            assert (fault.code, fault.severity) == ("engine/part-failed", ERROR)
            assert "fail-on" in fault.message
            assert "surprise" in fault.message
        assert len(editor.client.messages) == 1

        repository.write("countermark.toml", "")
        editor.published.clear()
        changed(editor, settings)
        for uri in uris:
            assert codes(await editor.diagnostics(uri)) == [RULE]


@pytest.mark.asyncio
async def test_a_client_that_pulls_is_asked_to_pull_again(repository: Repository) -> None:
    uri = (repository.path / "a.py").as_uri()
    async with editing(repository, REFRESH) as editor:
        editor.open(uri, LEAK)
        first = await editor.pull(uri)
        repository.write("countermark.toml", f'[rules."{RULE}"]\nlevel = "off"\n')
        changed(editor, repository.path / "countermark.toml")

        await editor.until(lambda: "workspace/diagnostic/refresh" in editor.refreshed)
        answer = await editor.pull(uri, getattr(first, "result_id", None))
        assert isinstance(answer, lsp.RelatedFullDocumentDiagnosticReport)
        assert not answer.items


@pytest.mark.asyncio
async def test_saved_settings_count_where_nobody_watches_files(repository: Repository) -> None:
    uri = (repository.path / "a.py").as_uri()
    settings = (repository.path / "countermark.toml").as_uri()
    text = f'[rules."{RULE}"]\nlevel = "note"\n'
    async with editing(repository, "vim-lsp") as editor:
        editor.open(uri, LEAK)
        assert [one.severity for one in await editor.diagnostics(uri)] == [ERROR]
        editor.open(settings, text, "toml")
        repository.write("countermark.toml", text)
        editor.published.clear()
        editor.save(settings)

        assert [one.severity for one in await editor.diagnostics(uri)] == [INFORMATION]


@pytest.mark.asyncio
async def test_what_a_baseline_knows_is_not_shown(repository: Repository) -> None:
    repository.write("a.py", LEAK)
    uri = (repository.path / "a.py").as_uri()
    async with editing(repository, PUSH) as editor:
        editor.open(uri, LEAK)
        await editor.diagnostics(uri)
        assert repository.countermark("baseline", "create").returncode == 0
        editor.published.clear()
        editor.save(uri)

        assert await editor.diagnostics(uri) == []


@pytest.mark.asyncio
async def test_documents_that_are_no_files(repository: Repository) -> None:
    async with editing(repository, PUSH) as editor:
        for uri in ("git:/a.py?HEAD", "output:log", "vscode-userdata:/settings.json"):
            editor.open(uri, LEAK)
        (repository.path / ".git" / "COMMIT_EDITMSG").write_text(LEAK)
        message = (repository.path / ".git" / "COMMIT_EDITMSG").as_uri()
        editor.open(message, LEAK, "gitcommit")
        assert await editor.diagnostics(message) == []
        editor.open("untitled:Untitled-1", LEAK)
        assert codes(await editor.diagnostics("untitled:Untitled-1")) == [RULE]

        assert {one.uri for one in editor.published} == {message, "untitled:Untitled-1"}


@pytest.mark.asyncio
@pytest.mark.skipif(os.name == "nt", reason="Windows allows no such names")
async def test_uris_of_unusual_names(repository: Repository) -> None:
    names = [b"a b.py", b"50%25.py", b"a;b.py", b"caf\xe9.py", "né😀.py".encode(), b"a?#.py", b"line\nend.py"]
    for name in names:
        repository.write(os.fsdecode(name), LEAK)
    repository.stage().commit()
    async with editing(repository, PULL) as editor:
        for name in names:
            uri = f"{repository.path.as_uri()}/{quote_from_bytes(name, safe=';')}"
            editor.open(uri, LEAK)
            (found,) = await editor.diagnostics(uri)

            # Git knows the file, so no line of it is new; save where it cannot be asked for the name.
            assert found.severity == (ERROR if b"\n" in name else WARNING), name


@pytest.mark.asyncio
async def test_every_folder_has_its_own_settings(repository: Repository, tmp_path: Path, home: Path) -> None:
    other = Repository(tmp_path / "other", home)
    other.write("countermark.toml", f'[rules."{RULE}"]\nlevel = "note"\n')
    plain = tmp_path / "plain"
    plain.mkdir()
    (plain / "countermark.toml").write_text(f'[rules."{RULE}"]\nlevel = "warn"\n')
    (plain / "below").mkdir()
    expected = {repository.path: ERROR, other.path: INFORMATION, plain / "below": WARNING, tmp_path: ERROR}

    async with editing(repository, PULL, folders=(repository.path, other.path, plain)) as editor:
        for folder, severity in expected.items():
            uri = (folder / "a.py").as_uri()
            editor.open(uri, LEAK)
            assert [one.severity for one in await editor.diagnostics(uri)] == [severity], folder


@pytest.mark.asyncio
@pytest.mark.parametrize("like", [PUSH, PULL])
async def test_folders_come_and_go(repository: Repository, tmp_path: Path, like: str) -> None:
    (tmp_path / "plain" / "below").mkdir(parents=True)
    (tmp_path / "plain" / "countermark.toml").write_text(f'[rules."{RULE}"]\nlevel = "note"\n')
    folder = lsp.WorkspaceFolder((tmp_path / "plain").as_uri(), "plain")
    uri = (tmp_path / "plain" / "below" / "a.py").as_uri()
    async with editing(repository, like) as editor:

        async def change(added: list[lsp.WorkspaceFolder], removed: list[lsp.WorkspaceFolder]) -> None:
            event = lsp.WorkspaceFoldersChangeEvent(added, removed)
            editor.client.workspace_did_change_workspace_folders(lsp.DidChangeWorkspaceFoldersParams(event))
            editor.type(uri, "key", "keys")

        editor.open(uri, LEAK)
        assert [one.severity for one in await editor.diagnostics(uri)] == [ERROR]
        await change([folder], [])
        assert [one.severity for one in await editor.diagnostics(uri)] == [INFORMATION]
        await change([], [folder])
        assert [one.severity for one in await editor.diagnostics(uri)] == [ERROR]
        assert editor.server.workspace is not None
        assert editor.server.workspace.workspace_folders is not None
        assert editor.server.workspace.workspace_folders.change_notifications


@pytest.mark.asyncio
async def test_an_editor_that_git_started_is_not_bound_to_that_repository(
    repository: Repository, tmp_path: Path, home: Path
) -> None:
    other = Repository(tmp_path / "other", home)
    repository.write("a.py", LEAK).stage().commit()
    env = {"GIT_DIR": str(other.path / ".git"), "GIT_WORK_TREE": str(other.path), "GIT_INDEX_FILE": "/nowhere"}
    uri = (repository.path / "a.py").as_uri()
    async with editing(repository, PULL, env=env) as editor:
        editor.open(uri, LEAK)

        assert [one.severity for one in await editor.diagnostics(uri)] == [WARNING]


@pytest.mark.asyncio
@pytest.mark.skipif(not Path("/proc").is_dir(), reason="finds the worker through /proc")
async def test_a_worker_that_dies_is_replaced(repository: Repository) -> None:
    uri = (repository.path / "a.py").as_uri()
    async with editing(repository, PUSH) as editor:
        editor.open(uri, LEAK)
        await editor.diagnostics(uri)
        assert editor.client._server is not None
        for worker in children(editor.client._server.pid):  # one a tier
            os.kill(worker, signal.SIGKILL)

        for number in range(30):
            editor.type(uri, "key", f"key{number}")
            await asyncio.sleep(0.5)  # the slow tier waits for a pause, and says until then that it was lost
            if codes(await editor.diagnostics(uri)) == [RULE]:
                return
        pytest.fail("no worker came back")


@pytest.mark.asyncio
async def test_what_is_too_large_is_said_and_nothing_waits_for_it(repository: Repository) -> None:
    small, large, long = ((repository.path / name).as_uri() for name in ("small.py", "large.txt", "long.js"))
    async with editing(repository, PUSH) as editor:
        editor.open(large, "x" * 5_000_001 + "\n", "text")
        (said,) = await editor.diagnostics(large)
        assert (said.severity, said.code) == (INFORMATION, "engine/not-looked-at")
        assert "5000000" in said.message
        editor.open(long, f"var x = '{'é' * 100_000}';\n" * 20 + LEAK, "javascript")
        editor.open(small, LEAK)
        editor.type(large, "\n", f"{LEAK}\n")
        editor.type(long, "\n", "\n\n")

        assert codes(await editor.diagnostics(small)) == [RULE]
        assert RULE in codes(await editor.diagnostics(long))


@pytest.mark.asyncio
async def test_very_many_lines_stay_manageable(repository: Repository) -> None:
    uri = (repository.path / "a.py").as_uri()
    async with editing(repository, PUSH) as editor:
        editor.open(uri, "".join(f"v{number} = f({number})\n" for number in range(200_000)))
        assert await editor.diagnostics(uri) == []
        editor.type(uri, "v7 = f(7)\n", LEAK)

        assert [one.range.start.line for one in await editor.diagnostics(uri)] == [7]


@pytest.mark.asyncio
async def test_very_many_findings_are_cut_and_counted(repository: Repository) -> None:
    uri = (repository.path / "a.py").as_uri()
    async with editing(repository, PUSH) as editor:
        editor.open(uri, "".join(f'key = "{fake_aws_key(str(number))}"\n' for number in range(600)))
        found = await editor.diagnostics(uri)

        assert codes(found).count(RULE) == 500
        assert [one.message for one in found if one.code != RULE] == ["100 more findings are not shown"]
