"""Every client that was captured sees the same finding where its own columns say, and can fix it."""

from __future__ import annotations

import pytest
from lsprotocol import types as lsp

from tests.lsp_server.editor import CLIENTS, Editor, capabilities, editing
from tests.support import Repository, fake_aws_key

RULE = "secrets/aws-access-key-id"
BEFORE = 'x = "é😀"; key = "'


def leak(tail: str = "") -> str:
    return f'# first\n{BEFORE}{fake_aws_key()}"{tail}\n'


@pytest.mark.asyncio
@pytest.mark.parametrize("name", CLIENTS)
async def test_a_finding_behind_wide_characters_is_found_explained_and_fixed(repository: Repository, name: str) -> None:
    async with editing(repository, name) as editor:
        await offers_are_taken(editor, capabilities(name))
        uri = (repository.path / "settings.py").as_uri()
        editor.open(uri, leak())

        (found,) = await editor.diagnostics(uri)
        start, end = editor.width(BEFORE), editor.width(BEFORE + fake_aws_key())
        assert found.range == lsp.Range(lsp.Position(1, start), lsp.Position(1, end))
        assert (found.code, found.source, found.severity) == (RULE, "countermark", lsp.DiagnosticSeverity.Error)
        assert isinstance(found.data, str)

        hover = await editor.hover(uri, found.range.start)
        assert hover is not None
        assert RULE in hover

        action = (await editor.actions(uri, found.range, ["quickfix"]))[0]
        await editor.choose(action)
        assert fake_aws_key() not in editor.texts[uri]
        assert 'x = "é😀"; key = os.environ["AWS_ACCESS_KEY_ID"]' in editor.texts[uri]
        assert await editor.diagnostics(uri) == []

        said = repr((found, hover, action, editor.published, editor.client.messages, editor.client.log_messages))
        assert fake_aws_key() not in said
        assert not (editor.pulls and editor.published)  # a client that gets both shows everything twice


def refreshes(offered: lsp.ClientCapabilities) -> bool:
    """Whether a client can be told to ask again; one that cannot would never show what takes longer to find."""
    diagnostics = offered.workspace and offered.workspace.diagnostics
    return bool(diagnostics and diagnostics.refresh_support)


async def offers_are_taken(editor: Editor, offered: lsp.ClientCapabilities) -> None:
    """The session is what the client offers, no more and no less."""
    document, general = offered.text_document, offered.general
    assert document is not None
    assert editor.pulls is (document.diagnostic is not None and refreshes(offered))
    assert editor.server.position_encoding == ((general and general.position_encodings) or ["utf-16"])[0]
    await editor.hover("untitled:nothing", lsp.Position(0, 0))  # answered after whatever `initialized` caused
    dynamic = {
        "workspace/didChangeWatchedFiles": offered.workspace and offered.workspace.did_change_watched_files,
        "workspace/didChangeConfiguration": offered.workspace and offered.workspace.did_change_configuration,
    }
    expected = [method for method, one in dynamic.items() if one and one.dynamic_registration]
    assert [one.method for one in editor.registered] == expected


@pytest.mark.asyncio
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-32"])
async def test_edits_are_followed_in_every_encoding(repository: Repository, encoding: str) -> None:
    offered = lsp.ClientCapabilities(
        general=lsp.GeneralClientCapabilities(position_encodings=["something-else", encoding])
    )
    async with editing(repository, offered) as editor:
        uri = "untitled:Untitled-1"
        editor.open(uri, "# é\x0c😀\u2028\r\nkey = ''\r\n")
        editor.type(uri, "😀", "😀😀é")
        editor.type(uri, "''", f"'é{'😀' * 3}'; token = '{fake_aws_key()}'")

        (found,) = await editor.diagnostics(uri)

        assert found.range.start == lsp.Position(1, editor.width("key = 'é😀😀😀'; token = '"))
        assert editor.server.position_encoding == encoding


@pytest.mark.asyncio
async def test_a_client_without_literals_gets_commands(repository: Repository) -> None:
    async with editing(repository, lsp.ClientCapabilities()) as editor:
        uri = (repository.path / "settings.py").as_uri()
        editor.open(uri, leak())
        (found,) = await editor.diagnostics(uri)

        (command, *_) = await editor.actions(uri, found.range)
        assert isinstance(command, lsp.Command)
        await editor.client.workspace_execute_command_async(
            lsp.ExecuteCommandParams(command=command.command, arguments=command.arguments)
        )

        await editor.until(lambda: bool(editor.asked_to_apply))
        assert await editor.diagnostics(uri) == []


@pytest.mark.asyncio
async def test_only_the_kinds_that_were_asked_for_are_offered(repository: Repository) -> None:
    async with editing(repository, "eglot-1.9") as editor:
        uri = (repository.path / "settings.py").as_uri()
        editor.open(uri, leak())
        (found,) = await editor.diagnostics(uri)
        elsewhere = lsp.Range(lsp.Position(0, 0), lsp.Position(0, 1))
        table: list[tuple[lsp.Range, list[str] | None, bool]] = [
            (found.range, None, True),
            (found.range, [""], True),
            (found.range, ["quickfix"], True),
            (found.range, ["source", "refactor"], False),
            (elsewhere, None, False),
        ]

        for where, only, some in table:
            assert bool(await editor.actions(uri, where, only)) is some, (where, only)
