"""One language server over its pipes, as an editor talks to it, and the memory that it takes."""

# ruff: noqa: S101 - what is asserted was asked for

from __future__ import annotations

import asyncio
import json
import os
import subprocess
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from attrs import define, field

_CAPABILITIES = {
    "textDocument": {
        "publishDiagnostics": {"versionSupport": True},
        "codeAction": {"codeActionLiteralSupport": {"codeActionKind": {"valueSet": ["quickfix"]}}},
        "codeLens": {},
        "hover": {"contentFormat": ["markdown"]},
    },
    "general": {"positionEncodings": ["utf-32"]},
}


class NoNews(Exception):  # noqa: N818 - it says what is missing
    """Diagnostics that should have come did not."""


@define
class Session:
    """One server over its pipes: requests with their answers, and the last diagnostics of each document."""

    process: asyncio.subprocess.Process
    published: dict[str, dict[str, Any]] = field(factory=dict)
    _answers: dict[int, asyncio.Future[Any]] = field(factory=dict)
    _news: asyncio.Condition = field(factory=asyncio.Condition)
    _ids: int = 0

    async def send(self, **message: Any) -> None:
        body = json.dumps({"jsonrpc": "2.0", **message}).encode()
        assert self.process.stdin is not None
        self.process.stdin.write(b"Content-Length: %d\r\n\r\n" % len(body) + body)
        await self.process.stdin.drain()

    async def ask(self, method: str, params: Any) -> Any:
        self._ids += 1
        answer = self._answers[self._ids] = asyncio.get_running_loop().create_future()
        await self.send(id=self._ids, method=method, params=params)
        return await asyncio.wait_for(answer, 120)

    async def listen(self) -> None:
        assert self.process.stdout is not None
        while header := await self.process.stdout.readuntil(b"\r\n\r\n"):
            length = next(
                int(line.split(b":")[1]) for line in header.split(b"\r\n") if line.lower().startswith(b"content-length")
            )
            await self._take(json.loads(await self.process.stdout.readexactly(length)))

    async def _take(self, message: dict[str, Any]) -> None:
        if "method" in message and "id" in message:
            await self.send(id=message["id"], result=None)
        elif message.get("method") == "textDocument/publishDiagnostics":
            async with self._news:
                self.published[message["params"]["uri"]] = message["params"]
                self._news.notify_all()
        elif "id" in message and (answer := self._answers.pop(message["id"], None)):
            answer.set_result(message.get("result"))

    async def open(self, uri: str, text: str) -> None:
        document = {"uri": uri, "languageId": "python", "version": 1, "text": text}
        await self.send(method="textDocument/didOpen", params={"textDocument": document})

    async def insert(self, uri: str, version: int, line: int, text: str, end: int | None = None) -> None:
        """Put a text at the start of a line, in place of what lies before the line ``end``."""
        place = {"start": {"line": line, "character": 0}, "end": {"line": line if end is None else end, "character": 0}}
        document = {"uri": uri, "version": version}
        await self.send(
            method="textDocument/didChange",
            params={"textDocument": document, "contentChanges": [{"range": place, "text": text}]},
        )

    async def until(self, uri: str, rule: str, *, there: bool, seconds: float = 60) -> None:
        """Wait until a document's diagnostics have, or no longer have, a rule."""

        def seen() -> bool:
            known = self.published.get(uri)
            return known is not None and any(rule in str(one.get("code")) for one in known["diagnostics"]) is there

        try:
            async with asyncio.timeout(seconds), self._news:
                await self._news.wait_for(seen)
        except TimeoutError:
            last = self.published.get(uri, {})
            shown = [f"{one.get('code')}: {one['message'][:90]}" for one in last.get("diagnostics", ())]
            raise NoNews(
                f"{uri}: no news of {rule} in {seconds:g} s; last, of version {last.get('version')}: {shown}"
            ) from None


@asynccontextmanager
async def serving(
    command: Sequence[str],
    folder: Path,
    *,
    program: str | None = None,
    env: dict[str, str] | None = None,
    **options: Any,
) -> AsyncIterator[Session]:
    """A server with a folder open, ended whatever happens; ``program`` is what runs, where the command only calls it so."""
    process = await asyncio.create_subprocess_exec(
        *command,
        executable=program,
        env=env,
        cwd=folder,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        limit=1 << 26,
    )
    session = Session(process)
    listening = asyncio.create_task(session.listen())
    try:
        await session.ask(
            "initialize",
            {
                "processId": os.getpid(), "rootUri": folder.as_uri(), "capabilities": _CAPABILITIES, "initializationOptions": options,
                "workspaceFolders": [{"uri": folder.as_uri(), "name": folder.name}],
            },
        )  # fmt: skip
        await session.send(method="initialized", params={})
        yield session
    finally:
        listening.cancel()
        process.kill()
        await process.wait()


def family(pid: int) -> list[int]:
    """A process and all below it."""
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text("ascii").split()
    return [pid, *(one for child in children for one in family(int(child)))]


def memory(pids: Sequence[int]) -> float:
    """MB that processes have to themselves, with their share of what they have together."""
    rollups = [Path(f"/proc/{pid}/smaps_rollup").read_text("ascii") for pid in pids]
    return sum(int(line.split()[1]) for one in rollups for line in one.split("\n") if line.startswith("Pss:")) / 1024
