"""Which messages are answered, and by what: one row each. Nothing is found by walking modules."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from inspect import isawaitable
from typing import Any

from lsprotocol import types as lsp
from pygls.exceptions import JsonRpcException, JsonRpcInternalError, JsonRpcInvalidParams

from .client import Client
from .notifications.did_change import did_change
from .notifications.did_change_watched_files import did_change_watched_files
from .notifications.did_change_workspace_folders import did_change_workspace_folders
from .notifications.did_close import did_close
from .notifications.did_open import did_open
from .notifications.did_save import did_save
from .notifications.initialized import initialized
from .requests.apply_fix import apply_fix, wanted
from .requests.code_action import APPLY_FIX, KINDS, code_action
from .requests.diagnostic import diagnostic
from .requests.hover import hover
from .server import Server
from .watchdog import visible, watch

NOTIFICATIONS: dict[str, Callable[[Server, Any], Awaitable[None] | None]] = {
    lsp.INITIALIZED: initialized,
    lsp.TEXT_DOCUMENT_DID_OPEN: did_open,
    lsp.TEXT_DOCUMENT_DID_CHANGE: did_change,
    lsp.TEXT_DOCUMENT_DID_SAVE: did_save,
    lsp.TEXT_DOCUMENT_DID_CLOSE: did_close,
    lsp.WORKSPACE_DID_CHANGE_WATCHED_FILES: did_change_watched_files,
    lsp.WORKSPACE_DID_CHANGE_WORKSPACE_FOLDERS: did_change_workspace_folders,
}
# Each gets the scan of the document as it is now and gives the answer; nothing where there is no scan in time.
REQUESTS: dict[str, Callable[[Any, Client, Any], Any]] = {
    lsp.TEXT_DOCUMENT_HOVER: hover,
    lsp.TEXT_DOCUMENT_CODE_ACTION: code_action,
}
_OPTIONS = {
    lsp.TEXT_DOCUMENT_DID_SAVE: lsp.SaveOptions(include_text=False),
    lsp.TEXT_DOCUMENT_CODE_ACTION: lsp.CodeActionOptions(code_action_kinds=list(KINDS)),
}
_PATIENCE = 1.0  # seconds that a person waits for a hover or a menu
_FRESH = 1.0  # seconds that a scan counts as fresh for a client that asks again without a change


def register(server: Server) -> None:
    """Answer these messages."""

    def add(method: str, handle: Callable[[Any], Awaitable[Any]]) -> None:
        server.feature(method, _OPTIONS.get(method))(handle)

    for method, notified in NOTIFICATIONS.items():
        add(method, _guarded(_with_server(server, notified)))
    for method, request in REQUESTS.items():
        add(method, _guarded(_with_scan(server, request)))
    server.feature(lsp.INITIALIZE)(_initialize(server))
    server.command(APPLY_FIX)(_apply_fix(server))


def _initialize(server: Server) -> Callable[[lsp.InitializeParams], None]:
    def initialize(params: lsp.InitializeParams) -> None:
        server.client = Client.of(params.capabilities)
        if server.client.pulls:  # registered for others, Neovim would pull and get each finding twice
            options = lsp.DiagnosticOptions(
                inter_file_dependencies=False, workspace_diagnostics=False, identifier="countermark"
            )
            server.feature(lsp.TEXT_DOCUMENT_DIAGNOSTIC, options)(_guarded(_pull(server)))
        if params.process_id is not None and visible(params.process_id):
            server.spawn(watch(params.process_id, server.worker.stop))

    return initialize


def _pull(server: Server) -> Callable[[lsp.DocumentDiagnosticParams], Awaitable[Any]]:
    async def pull(params: lsp.DocumentDiagnosticParams) -> Any:
        scan = await server.scans.current(params.text_document.uri, oldest=_FRESH)
        return diagnostic(scan, server.client, params)

    return pull


def _with_server(server: Server, notified: Callable[[Server, Any], Awaitable[None] | None]) -> Callable[[Any], Any]:
    return lambda params: notified(server, params)


def _with_scan(server: Server, request: Callable[[Any, Client, Any], Any]) -> Callable[[Any], Awaitable[Any]]:
    async def answer(params: Any) -> Any:
        try:
            async with asyncio.timeout(_PATIENCE):
                scan = await server.scans.current(params.text_document.uri)
        except TimeoutError:
            return None
        return None if scan is None else request(scan, server.client, params)

    return answer


def _apply_fix(server: Server) -> Callable[[Any], Awaitable[None]]:
    async def command(argument: Any) -> None:
        if (uri := wanted(argument)) is None:
            raise JsonRpcInvalidParams(f"{APPLY_FIX} takes an object with uri, fingerprint and fix")
        scan = await server.scans.current(uri)
        edit = None if scan is None else apply_fix(scan, server.client, argument)
        if edit is not None:
            server.workspace_apply_edit(edit)

    return command


def _guarded(handle: Callable[[Any], Any]) -> Callable[[Any], Awaitable[Any]]:
    """The border: a fault of ours is answered by its kind alone, since its message may quote a document."""

    async def guarded(params: Any) -> Any:
        try:
            result = handle(params)
            return await result if isawaitable(result) else result
        except JsonRpcException:
            raise
        except Exception as error:  # noqa: BLE001 - see above
            raise JsonRpcInternalError(f"internal fault: {type(error).__name__}") from None

    return guarded
