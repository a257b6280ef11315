"""An editor as the server sees one: a captured set of capabilities, open documents, and what arrived for them."""

from __future__ import annotations

import ast
import asyncio
import json
import re
import sys
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from functools import partial
from pathlib import Path
from typing import Any

from lsprotocol import types as lsp
from lsprotocol.converters import get_converter
from pygls.protocol import default_converter
from pytest_lsp import LanguageClient
from pytest_lsp.client import DEFAULT_CLIENT_FEATURES, register_lsp_features

from tests.support import Repository

CAPABILITIES = Path(__file__).parents[1] / "data" / "lsp-capabilities"
CLIENTS = tuple(sorted(path.stem for path in CAPABILITIES.glob("*.json")))
COMMAND = (sys.executable, "-I", "-m", "countermark_cli", "lsp")
REFRESHES = (lsp.WORKSPACE_DIAGNOSTIC_REFRESH, lsp.WORKSPACE_CODE_LENS_REFRESH, lsp.WORKSPACE_INLAY_HINT_REFRESH)
CODECS = {"utf-8": ("utf-8", 1), "utf-16": ("utf-16-le", 2), "utf-32": ("utf-32-le", 4)}


def capabilities(name: str) -> lsp.ClientCapabilities:
    """What a real client sent."""
    return (
        get_converter()
        .structure(json.loads((CAPABILITIES / f"{name}.json").read_text()), lsp.InitializeParams)
        .capabilities
    )


class Editor:
    """A session with one server."""

    def __init__(self, client: LanguageClient) -> None:
        self.client = client
        self.texts: dict[str, str] = {}
        self.versions: dict[str, int] = {}
        self.published: list[lsp.PublishDiagnosticsParams] = []
        self.registered: list[lsp.Registration] = []
        self.asked_to_apply: list[lsp.ApplyWorkspaceEditParams] = []
        self.complete: dict[str, int] = {}  # the version that all tiers have looked at
        self.refreshed: list[str] = []
        self.marks_changed: list[Any] = []
        self.pages: list[str] = []
        self.progress: list[Any] = []
        self.cancels = False  # whatever shows progress
        self.asked: list[lsp.ShowMessageRequestParams] = []
        self.choice = ""
        self.settings: Any = None
        self.server: lsp.ServerCapabilities = lsp.ServerCapabilities()

    @property
    def pulls(self) -> bool:
        return self.server.diagnostic_provider is not None

    def width(self, text: str) -> int:
        """How many units a text takes in this session."""
        codec, size = CODECS[str(getattr(self.server.position_encoding, "value", self.server.position_encoding))]
        return len(text.encode(codec)) // size

    def open(self, uri: str, text: str, language: str = "python") -> None:
        self.texts[uri], self.versions[uri] = text, 1
        item = lsp.TextDocumentItem(uri, language, 1, text)
        self.client.text_document_did_open(lsp.DidOpenTextDocumentParams(item))

    def type(self, uri: str, old: str, new: str) -> None:
        """Replace the first occurrence of a piece of text by an incremental change."""
        text = self.texts[uri]
        at = text.index(old)
        where = lsp.Range(self._position(text, at), self._position(text, at + len(old)))
        self._change(uri, text[:at] + new + text[at + len(old) :], lsp.TextDocumentContentChangePartial(where, new))

    def replace(self, uri: str, text: str) -> None:
        """Replace the whole text."""
        self._change(uri, text, lsp.TextDocumentContentChangeWholeDocument(text))

    def save(self, uri: str) -> None:
        self.client.text_document_did_save(lsp.DidSaveTextDocumentParams(lsp.TextDocumentIdentifier(uri)))

    def close(self, uri: str) -> None:
        self.client.text_document_did_close(lsp.DidCloseTextDocumentParams(lsp.TextDocumentIdentifier(uri)))

    async def diagnostics(self, uri: str) -> list[lsp.Diagnostic]:
        """What the editor shows for the text as it is now, in the order of the text."""
        found = (await self.pull(uri)).items if self.pulls else await self._pushed(uri)  # type: ignore[union-attr]
        return sorted(found, key=lambda one: (one.range.start.line, one.range.start.character))

    async def settled(self, uri: str) -> list[lsp.Diagnostic]:
        """What the editor shows once the slow tier has looked at the text as it is now."""
        await self.until(lambda: self.complete.get(uri) == self.versions[uri])
        return await self.diagnostics(uri)

    async def run(self, command: str, **argument: Any) -> Any:
        """Give a command its one argument."""
        params = lsp.ExecuteCommandParams(f"countermark.{command}", [argument])
        return await self.client.workspace_execute_command_async(params)

    async def choose(self, action: lsp.CodeAction | lsp.Command) -> None:
        """Do what choosing an action does: resolve it, apply its edit, give its command."""
        if isinstance(action, lsp.CodeAction):
            if action.edit is None and action.data is not None:
                action = await self.client.code_action_resolve_async(action)
            if action.edit is not None:
                self.apply(action.edit)
            command = action.command
        elif action.command.startswith(
            "{"
        ):  # lsprotocol takes an action that has a command for a command, and its command for a text
            inner = ast.literal_eval(action.command)
            command = lsp.Command(inner["title"], inner["command"], arguments=inner["arguments"])
        else:
            command = action
        if command is not None:
            params = lsp.ExecuteCommandParams(command.command, command.arguments)
            await self.client.workspace_execute_command_async(params)

    async def pull(self, uri: str, previous: str | None = None) -> lsp.DocumentDiagnosticReport:
        params = lsp.DocumentDiagnosticParams(lsp.TextDocumentIdentifier(uri), previous_result_id=previous)
        return await self.client.text_document_diagnostic_async(params)

    async def hover(self, uri: str, position: lsp.Position) -> str | None:
        answer = await self.client.text_document_hover_async(lsp.HoverParams(lsp.TextDocumentIdentifier(uri), position))
        return None if answer is None else answer.contents.value  # type: ignore[union-attr]

    async def actions(
        self, uri: str, where: lsp.Range, only: list[str] | None = None
    ) -> list[lsp.CodeAction | lsp.Command]:
        context = lsp.CodeActionContext([], only=only)
        params = lsp.CodeActionParams(lsp.TextDocumentIdentifier(uri), where, context)
        return list(await self.client.text_document_code_action_async(params) or [])

    def apply(self, edit: lsp.WorkspaceEdit) -> None:
        """Do what the server proposes, in the form that this client asked for; each edit has to be of whole lines."""
        documents = edit.document_changes or ()
        changes = dict(edit.changes or {})
        for document in documents:
            assert isinstance(document, lsp.TextDocumentEdit)
            assert document.text_document.version == self.versions[document.text_document.uri]
            changes[document.text_document.uri] = document.edits  # type: ignore[assignment]
        for uri, edits in changes.items():
            lines = re.findall(r"[^\r\n]*(?:\r\n|\n|\r)|[^\r\n]+$", self.texts[uri])
            for one in sorted(edits, key=lambda each: each.range.start.line, reverse=True):
                assert one.range.start.character == 0
                lines[one.range.start.line : one.range.end.line + bool(one.range.end.character)] = [one.new_text]
            self.replace(uri, "".join(lines))

    async def until(self, true: Callable[[], bool]) -> None:
        """Wait; the session's patience is the limit, so that a busy machine is no fault."""
        while not true():  # noqa: ASYNC110 - what is waited for tells nobody
            await asyncio.sleep(0.005)

    def page(self, params: lsp.ShowDocumentParams) -> lsp.ShowDocumentResult:
        self.pages.append(params.uri)
        return lsp.ShowDocumentResult(success=True)

    def progressed(self, params: lsp.ProgressParams) -> None:
        self.progress.append(params.value)
        if self.cancels and len(self.progress) == 1:
            self.client.window_work_done_progress_cancel(lsp.WorkDoneProgressCancelParams(params.token))

    async def _pushed(self, uri: str) -> list[lsp.Diagnostic]:
        def last() -> lsp.PublishDiagnosticsParams | None:
            return next((one for one in reversed(self.published) if one.uri == uri), None)

        await self.until(lambda: (one := last()) is not None and one.version == self.versions[uri])
        return list(self.published[-1].diagnostics if self.published[-1].uri == uri else last().diagnostics)  # type: ignore[union-attr]

    def _change(self, uri: str, text: str, change: lsp.TextDocumentContentChangeEvent) -> None:
        self.texts[uri] = text
        self.versions[uri] += 1
        document = lsp.VersionedTextDocumentIdentifier(uri=uri, version=self.versions[uri])
        self.client.text_document_did_change(lsp.DidChangeTextDocumentParams(document, [change]))

    def _position(self, text: str, at: int) -> lsp.Position:
        ends = [end.end() for end in re.finditer(r"\r\n|\n|\r", text[:at])]
        return lsp.Position(len(ends), self.width(text[ends[-1] if ends else 0 : at]))


def children(process: int) -> list[int]:
    """The processes that a process started."""
    listed = Path(f"/proc/{process}/task/{process}/children").read_text()
    return [int(one) for one in listed.split()]


@asynccontextmanager
async def editing(
    repository: Repository,
    like: str | lsp.ClientCapabilities,
    *,
    folders: tuple[Path, ...] | None = None,
    env: Mapping[str, str] | None = None,
    patience: float = 180,
    settings: Any = None,
    **options: Any,
) -> AsyncIterator[Editor]:
    """A session of a client like this one, of ``patience`` seconds at most, with the repository open, or other folders.

    ``settings`` are what it answers when it is asked for them; ``options`` come with `initialize`.
    """
    client = LanguageClient(converter_factory=default_converter)
    editor = Editor(client)
    editor.settings = settings
    register_lsp_features(client, DEFAULT_CLIENT_FEATURES | _features(editor))
    await client.start_io(*COMMAND, env={**repository.env, **(env or {})}, cwd=repository.path)
    try:
        params = lsp.InitializeParams(capabilities=capabilities(like) if isinstance(like, str) else like)
        params.initialization_options = {"status": True, **options}
        opened = (repository.path,) if folders is None else folders
        params.workspace_folders = [lsp.WorkspaceFolder(folder.as_uri(), folder.name) for folder in opened]
        async with asyncio.timeout(patience):
            editor.server = (await client.initialize_session(params)).capabilities
            yield editor
            await client.shutdown_session()
    finally:
        if client._server is not None and client._server.returncode is None:
            client._server.kill()
        await client.stop()  # type: ignore[no-untyped-call]


def _features(editor: Editor) -> dict[str, Any]:
    def publish(params: lsp.PublishDiagnosticsParams) -> None:
        editor.published.append(params)

    def register(params: lsp.RegistrationParams) -> None:
        editor.registered += params.registrations

    def apply(params: lsp.ApplyWorkspaceEditParams) -> lsp.ApplyWorkspaceEditResult:
        editor.asked_to_apply.append(params)
        editor.apply(params.edit)
        return lsp.ApplyWorkspaceEditResult(applied=True)

    def refresh(method: str) -> Callable[[Any], None]:
        return lambda _params: editor.refreshed.append(method)

    def status(params: Any) -> None:
        if params.complete:
            editor.complete[params.uri] = params.version

    def notify(params: Any) -> None:
        editor.marks_changed.append(params)

    def choose(params: lsp.ShowMessageRequestParams) -> lsp.MessageActionItem | None:
        editor.asked.append(params)
        return next((action for action in params.actions or () if action.title == editor.choice), None)

    return {
        **{method: refresh(method) for method in REFRESHES},
        "countermark/status": status,
        "countermark/reviewMarksChanged": notify,
        lsp.WINDOW_SHOW_MESSAGE_REQUEST: choose,
        lsp.WINDOW_SHOW_DOCUMENT: partial(Editor.page, editor),
        lsp.PROGRESS: partial(Editor.progressed, editor),
        lsp.WORKSPACE_CONFIGURATION: lambda _params: [editor.settings],
        lsp.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS: publish,
        lsp.CLIENT_REGISTER_CAPABILITY: register,
        lsp.WORKSPACE_APPLY_EDIT: apply,
    }
