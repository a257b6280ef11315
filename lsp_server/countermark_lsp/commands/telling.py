"""Commands that only tell something: explain a finding, how to replace a credential, where reviews are given."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from lsprotocol import types as lsp

from countermark.display import escape
from countermark.report.guide import Guide
from countermark_lsp.job import Part, Rotating
from countermark_lsp.markup import explain as explanation
from countermark_lsp.offers import found
from countermark_lsp.server import Server
from countermark_lsp.worker import Lost

from .arguments import text


async def explain(server: Server, argument: Mapping[str, Any]) -> str | None:
    """`countermark.explain` {uri, fingerprint}: why it matters and what to do; as Markdown for whoever called, as a message else."""
    scan = await server.scan(text(argument, "uri"))
    item = found(scan, argument.get("fingerprint")) if scan is not None else None
    if item is None:
        return None
    if not argument.get("quiet"):
        server.say(explanation([item], (), markdown=False).value)
    return explanation([item], (), markdown=True).value


async def rotate(server: Server, argument: Mapping[str, Any]) -> str | None:
    """`countermark.rotate` {rule}: the provider's page opens where the client opens pages, and the steps are told."""
    try:
        guide = await server.workers[Part.FAST].ask(Rotating(text(argument, "rule")))
    except Lost:
        return None
    if not isinstance(guide, Guide):
        server.say("this rule names no provider; revoke the credential where it was made, then replace it")
        return None
    page = dict(guide.facts).get("revoke", "")
    if server.client.documents and page.startswith("https://"):
        server.window_show_document(lsp.ShowDocumentParams(page, external=True))
    said = escape(". ".join([*(f"{label}: {fact}" for label, fact in guide.facts), *guide.steps]))
    server.say(said)
    return said


async def open_review(server: Server, _argument: Mapping[str, Any]) -> str:
    """`countermark.openReview`: the command of the review screen, which needs a terminal."""
    command = "countermark review"
    server.say(f"run `{command}` in a terminal of your own, once the change is staged")
    return command
