"""Which messages are answered, and by what: one row each. Nothing is found by walking modules."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from inspect import isawaitable
from typing import Any

from lsprotocol import types as lsp
from pygls.exceptions import JsonRpcException, JsonRpcInternalError, JsonRpcInvalidParams

from .client import Client
from .commands.add_to_baseline import add_to_baseline
from .commands.apply_fix import apply_fix
from .commands.rescan import rescan
from .commands.review import review
from .commands.scan_workspace import scan_workspace
from .commands.suppress import suppress
from .commands.telling import explain, open_review, rotate
from .editing import Editing
from .notifications import notebook
from .notifications.did_change import did_change
from .notifications.did_change_configuration import did_change_configuration
from .notifications.did_change_visible import DID_CHANGE_VISIBLE, did_change_visible
from .notifications.did_change_watched_files import did_change_watched_files
from .notifications.did_change_workspace_folders import did_change_workspace_folders
from .notifications.did_close import did_close
from .notifications.did_open import did_open
from .notifications.did_save import did_save
from .notifications.initialized import initialized
from .offers import ADD_TO_BASELINE, APPLY_FIX, EXPLAIN, FIX_ALL, OPEN_REVIEW, REVIEW, ROTATE, SUPPRESS
from .options import parse
from .requests.code_action import KINDS, code_action
from .requests.code_action_resolve import code_action_resolve
from .requests.code_lens import code_lens
from .requests.diagnostic import diagnostic
from .requests.hover import hover
from .requests.inlay_hint import inlay_hint
from .requests.review_marks import REVIEW_MARKS, review_marks
from .server import Server
from .store import Scan
from .watchdog import visible, watch

NOTIFICATIONS: dict[str, Callable[[Server, Any], Awaitable[None] | None]] = {
    lsp.INITIALIZED: initialized,
    lsp.TEXT_DOCUMENT_DID_OPEN: did_open,
    lsp.TEXT_DOCUMENT_DID_CHANGE: did_change,
    lsp.TEXT_DOCUMENT_DID_SAVE: did_save,
    lsp.TEXT_DOCUMENT_DID_CLOSE: did_close,
    lsp.NOTEBOOK_DOCUMENT_DID_OPEN: notebook.did_open,
    lsp.NOTEBOOK_DOCUMENT_DID_CHANGE: notebook.did_change,
    lsp.NOTEBOOK_DOCUMENT_DID_CLOSE: notebook.did_close,
    lsp.WORKSPACE_DID_CHANGE_CONFIGURATION: did_change_configuration,
    lsp.WORKSPACE_DID_CHANGE_WATCHED_FILES: did_change_watched_files,
    lsp.WORKSPACE_DID_CHANGE_WORKSPACE_FOLDERS: did_change_workspace_folders,
    DID_CHANGE_VISIBLE: did_change_visible,
}
# Each gets what is known of the document as it is now, and gives the answer; nothing where nothing is known in time.
REQUESTS: dict[str, Callable[[Server, Scan, Any], Any]] = {
    lsp.TEXT_DOCUMENT_HOVER: hover,
    lsp.TEXT_DOCUMENT_CODE_ACTION: code_action,
    lsp.TEXT_DOCUMENT_CODE_LENS: code_lens,
    lsp.TEXT_DOCUMENT_INLAY_HINT: inlay_hint,
}
# Each gets the server and the request.
OTHERS: dict[str, Callable[[Server, Any], Awaitable[Any]]] = {
    lsp.CODE_ACTION_RESOLVE: code_action_resolve,
    REVIEW_MARKS: review_marks,
}
COMMANDS: dict[str, Callable[[Server, Mapping[str, Any]], Awaitable[Any]]] = {
    APPLY_FIX: apply_fix,
    FIX_ALL: apply_fix,
    SUPPRESS: suppress,
    REVIEW: review,
    OPEN_REVIEW: open_review,
    EXPLAIN: explain,
    ROTATE: rotate,
    ADD_TO_BASELINE: add_to_baseline,
    "countermark.rescan": rescan,
    "countermark.scanWorkspace": scan_workspace,
}
_OPTIONS = {
    lsp.TEXT_DOCUMENT_DID_SAVE: lsp.SaveOptions(include_text=False),
    lsp.TEXT_DOCUMENT_CODE_ACTION: lsp.CodeActionOptions(code_action_kinds=list(KINDS), resolve_provider=True),
}
_PATIENCE = 1.0  # seconds that a person waits for a hover or a menu; what is shown then may be older


def register(server: Server) -> None:
    """Answer these messages."""

    def add(method: str, handle: Callable[[Any], Awaitable[Any]]) -> None:
        server.feature(method, _OPTIONS.get(method))(handle)

    for method, handle in (NOTIFICATIONS | OTHERS).items():
        add(method, _guarded(_with_server(server, handle)))
    for method, request in REQUESTS.items():
        add(method, _guarded(_with_scan(server, request)))
    server.feature(lsp.INITIALIZE)(_initialize(server))
    for name, command in COMMANDS.items():
        server.command(name)(_guarded(_with_argument(server, name, command)))


def _initialize(server: Server) -> Callable[[lsp.InitializeParams], None]:
    def initialize(params: lsp.InitializeParams) -> None:
        server.client = Client.of(params.capabilities)
        server.options, server.faults = parse(params.initialization_options)
        server.given = server.options
        # Emacs' lsp-mode names no process; over our own pipes nobody speaks but who started us.
        process = server.started_by if params.process_id is None else params.process_id
        server.editing = Editing(params.client_info.name if params.client_info else "", process)
        if server.client.pulls:  # registered for others, a client would pull and get each finding twice
            options = lsp.DiagnosticOptions(
                inter_file_dependencies=False, workspace_diagnostics=False, identifier="countermark"
            )
            server.feature(lsp.TEXT_DOCUMENT_DIAGNOSTIC, options)(_guarded(_with_server(server, diagnostic)))
        if params.process_id is not None and visible(params.process_id):
            server.spawn(watch(params.process_id, server.stop))

    return initialize


def _with_server(server: Server, handle: Callable[[Server, Any], Any]) -> Callable[[Any], Any]:
    return lambda params: handle(server, params)


def _with_scan(server: Server, request: Callable[[Server, Scan, Any], Any]) -> Callable[[Any], Awaitable[Any]]:
    async def answer(params: Any) -> Any:
        uri = params.text_document.uri
        try:
            async with asyncio.timeout(_PATIENCE):
                scan = await server.scan(uri)
        except TimeoutError:
            scan = server.known(uri)
        return None if scan is None else request(server, scan, params)

    return answer


def _with_argument(
    server: Server, name: str, command: Callable[[Server, Mapping[str, Any]], Awaitable[Any]]
) -> Callable[..., Awaitable[Any]]:
    async def run(argument: Any = None) -> Any:
        if not isinstance(argument, Mapping):
            raise JsonRpcInvalidParams(f"{name} takes one object")
        return await command(server, argument)

    return run


def _guarded(handle: Callable[[Any], Any]) -> Callable[[Any], Awaitable[Any]]:
    """The border: a fault of ours is answered by its kind alone, since its message may quote a document."""

    async def guarded(params: Any = None) -> Any:
        try:
            result = handle(params)
            return await result if isawaitable(result) else result
        except JsonRpcException:
            raise
        except Exception as error:  # noqa: BLE001 - see above
            raise JsonRpcInternalError(f"internal fault: {type(error).__name__}") from None

    return guarded
