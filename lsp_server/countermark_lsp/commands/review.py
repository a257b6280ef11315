"""`countermark.review` {uri, hunks, decision, comment?, reason?, expires?}: what a person decides about hunks.

The hunks are named by their ids, which are digests of their lines: what changed since it was shown is refused.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from lsprotocol import types as lsp
from pygls.exceptions import JsonRpcInvalidParams

from countermark.display import escape
from countermark.review.entry import Decision
from countermark_lsp.job import Decided, Deciding
from countermark_lsp.server import Server
from countermark_lsp.worker import Lost

from .arguments import text, texts
from .asking import choose

_REASONS = (
    "it was reviewed elsewhere",
    "it is generated, and its source was reviewed",
    "it will be replaced until then",
)
_DAYS = 14
_DONE = {Decision.APPROVE: "reviewed", Decision.REJECT: "rejected", Decision.WAIVE: "waived"}


async def review(server: Server, argument: Mapping[str, Any]) -> dict[str, Any]:
    """Write the decision into the ledger, or say why not."""
    uri, hunks, decision = text(argument, "uri"), texts(argument, "hunks"), _decision(argument)
    if refused := server.editing.refusal():
        return _answer(server, Decided(refused=refused), decision)
    reason, expires = text(argument, "reason", needed=False), _day(argument)
    if decision is Decision.WAIVE:
        expires = expires or _last_day(server, uri)
        reason = reason or await choose(server, f"Waive this review until {expires}. Why?", _REASONS)
        if not reason:
            return _answer(server, Decided(refused="a waiver needs a reason, so nothing was decided"), decision)
    snapshot = server.documents.snapshot(uri)
    if snapshot is None:
        return _answer(server, Decided(refused="the document is not open"), decision)
    shown = {hunk: server.screen.seconds(uri, hunk) for hunk in hunks}
    comment = text(argument, "comment", needed=False)
    request = Deciding(server.job(snapshot), shown, decision, comment, reason, expires)
    decided = await _ask(server, request)
    await server.reviewed(uri)
    return _answer(server, decided, decision)


async def _ask(server: Server, request: Deciding) -> Decided:
    try:
        decided = await server.workers[request.job.part].ask(request)
    except Lost as lost:
        return Decided(refused=f"the process that keeps reviews {lost}, so nobody knows whether it was written")
    assert isinstance(decided, Decided)  # noqa: S101 - the worker is ours
    return decided


def _answer(server: Server, decided: Decided, decision: Decision) -> dict[str, Any]:
    """What the client gets; the person sees it where it is not what they asked for."""
    if decided.refused:
        server.say(escape(decided.refused), lsp.MessageType.Warning)
    return {"decided": list(decided.hunks), "as": _DONE[decision], "refused": decided.refused}


def _decision(argument: Mapping[str, Any]) -> Decision:
    try:
        return Decision(argument.get("decision"))
    except ValueError:
        raise JsonRpcInvalidParams("decision has to be approve, reject or waive") from None


def _day(argument: Mapping[str, Any]) -> date | None:
    said = text(argument, "expires", needed=False)
    try:
        return date.fromisoformat(said) if said else None
    except ValueError:
        raise JsonRpcInvalidParams("expires has to be a day such as 2027-01-31") from None


def _last_day(server: Server, uri: str) -> date:
    scan = server.known(uri)
    most = scan.answer.waiver if scan is not None else _DAYS
    return server.today() + timedelta(days=min(_DAYS, most or _DAYS))
