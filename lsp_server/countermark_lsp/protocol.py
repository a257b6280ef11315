"""The protocol as pygls speaks it, save where it drops messages or documents.

pygls structures every nested object that has a key "jsonrpc" as if it were a message, never answers a request whose params are wrong,
and shows a pop-up for each fault; of every notification it keeps the task for ever. Here only the outermost object is a message, every
request is answered, faults go to Server, and what is done is forgotten.
"""

from __future__ import annotations

import asyncio
import json
from concurrent.futures import Future
from typing import Any

from cattrs import transform_error
from cattrs.errors import ClassValidationError
from lsprotocol import types as lsp
from pygls.exceptions import (
    JsonRpcException,
    JsonRpcInvalidParams,
    JsonRpcInvalidRequest,
    JsonRpcParseError,
    JsonRpcServerNotInitialized,
)
from pygls.protocol import LanguageServerProtocol

# Documents are ours (documents.py), and so is what happens to them.
_OURS = (
    *(lsp.TEXT_DOCUMENT_DID_OPEN, lsp.TEXT_DOCUMENT_DID_CHANGE, lsp.TEXT_DOCUMENT_DID_CLOSE),
    *(lsp.NOTEBOOK_DOCUMENT_DID_OPEN, lsp.NOTEBOOK_DOCUMENT_DID_CHANGE, lsp.NOTEBOOK_DOCUMENT_DID_CLOSE),
)
_MOST_FAULTS = 5  # in one answer


class Protocol(LanguageServerProtocol):
    """One client's conversation."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for method in _OURS:
            del self.fm.builtin_features[method]

    def receive(self, body: bytes) -> None:
        """Handle one message. Bytes that are no UTF-8 are kept as lone surrogates: Neovim sends those of a broken file as they are."""
        try:
            message = json.loads(body.decode("utf-8", "surrogateescape"))
        except (ValueError, RecursionError):
            self._refuse(None, JsonRpcParseError())
            return
        if not isinstance(message, dict) or "jsonrpc" not in message:
            self._refuse(None, JsonRpcInvalidRequest())
            return
        asked = message.get("id") if "method" in message else None
        try:
            self._check_order(message)
            structured = self.structure_message(message)
        except JsonRpcException as fault:
            self._refuse(asked, _explained(fault), notification=asked is None)
            return
        self.handle_message(structured)

    def _execute_handler(self, msg_id: str | int, *args: Any, **kwargs: Any) -> None:
        super()._execute_handler(msg_id, *args, **kwargs)
        if (task := self._request_futures.get(msg_id)) is not None:
            loop = asyncio.get_running_loop()  # later, since `shutdown` walks over them while it cancels them
            task.add_done_callback(lambda task: loop.call_soon(self._forget, msg_id, task))

    def _forget(self, message: str | int, task: Future[Any]) -> None:
        """A message was handled; an answered request is gone already, and its id may be another's."""
        if self._request_futures.get(message) is task:
            del self._request_futures[message]

    def _check_order(self, message: dict[str, Any]) -> None:
        if self._workspace is None and message.get("method") not in {lsp.INITIALIZE, lsp.EXIT}:
            raise JsonRpcServerNotInitialized("the client has not sent initialize")

    def _refuse(self, asked: str | int | None, fault: JsonRpcException, *, notification: bool = False) -> None:
        """Answer a request, or what may have been one; a notification takes no answer."""
        if notification:
            self._server.report_server_error(fault, type(fault))
        else:
            self._send_data(lsp.ResponseErrorMessage(id=asked, error=fault.to_response_error()))


def _explained(fault: JsonRpcException) -> JsonRpcException:
    """The fault with the places that are wrong, and never the values: they may hold a secret."""
    if not isinstance(fault.__cause__, ClassValidationError):
        return fault if isinstance(fault, JsonRpcServerNotInitialized) else JsonRpcInvalidParams()
    faults = transform_error(fault.__cause__, "message")
    return JsonRpcInvalidParams("; ".join(["Invalid Params", *faults[:_MOST_FAULTS]]))
