"""One language server over its pipes, as an editor talks to it, and what it costs: memory, and time of the processor."""

# ruff: noqa: S101 - what is asserted was asked for

from __future__ import annotations

import asyncio
import json
import os
import subprocess
import time
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import asynccontextmanager, suppress
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
    """One server over its pipes: requests with their answers, and the last diagnostics of each document.

    ``complete`` are the versions that the slow tier of ours has looked at; ``ready`` says that Semgrep's has read its rules. ``heard``
    is called with each publication.
    """

    process: asyncio.subprocess.Process
    published: dict[str, dict[str, Any]] = field(factory=dict)
    complete: dict[str, int] = field(factory=dict)
    ready: bool = False
    heard: Callable[[Mapping[str, Any]], None] = lambda _params: None
    listening: asyncio.Task[None] = field(init=False)
    _answers: dict[int, asyncio.Future[Any]] = field(factory=dict)
    _news: asyncio.Condition = field(factory=asyncio.Condition)
    _ids: int = 0

    def __attrs_post_init__(self) -> None:
        self.listening = asyncio.create_task(self._listen())

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

    async def _listen(self) -> None:
        assert self.process.stdout is not None
        try:
            while header := await self.process.stdout.readuntil(b"\r\n\r\n"):
                lengths = [line for line in header.split(b"\r\n") if line.lower().startswith(b"content-length")]
                await self._take(json.loads(await self.process.stdout.readexactly(int(lengths[0].split(b":")[1]))))
        except asyncio.IncompleteReadError:
            return  # the server ended
        finally:
            async with self._news:
                self._news.notify_all()

    async def _take(self, message: dict[str, Any]) -> None:
        method, params = message.get("method"), message.get("params")
        if method and "id" in message:
            await self.send(id=message["id"], result=None)
        elif method == "textDocument/publishDiagnostics" and params is not None:
            self.heard(params)
            async with self._news:
                self.published[params["uri"]] = params
                self._news.notify_all()
        elif method == "window/showMessage" and params is not None:
            print(f"told: {params['message']}")
        elif method == "countermark/status" and params is not None and params["complete"]:
            async with self._news:
                self.complete[params["uri"]] = params["version"]
                self._news.notify_all()
        elif method == "semgrep/rulesRefreshed":
            async with self._news:
                self.ready = True
                self._news.notify_all()
        elif "id" in message and (answer := self._answers.pop(message["id"], None)):
            answer.set_result(message.get("result"))

    async def open(self, uri: str, text: str) -> None:
        document = {"uri": uri, "languageId": "python", "version": 1, "text": text}
        await self.send(method="textDocument/didOpen", params={"textDocument": document})

    async def change(self, uri: str, version: int, start: tuple[int, int], end: tuple[int, int], text: str) -> None:
        """Put a text in the place of what lies between two places, each a line and a character."""
        places = {
            name: {"line": line, "character": character} for name, (line, character) in (("start", start), ("end", end))
        }
        document = {"uri": uri, "version": version}
        params = {"textDocument": document, "contentChanges": [{"range": places, "text": text}]}
        await self.send(method="textDocument/didChange", params=params)

    async def insert(self, uri: str, version: int, line: int, text: str, end: int | None = None) -> None:
        """Put a text at the start of a line, in place of what lies before the line ``end``."""
        await self.change(uri, version, (line, 0), (line if end is None else end, 0), text)

    async def until(self, uri: str, rule: str, *, there: bool, seconds: float = 60) -> None:
        """Wait until a document's diagnostics have, or no longer have, a rule."""

        def seen() -> bool:
            known = self.published.get(uri)
            return known is not None and any(rule in str(one.get("code")) for one in known["diagnostics"]) is there

        await self._wait(seen, f"{uri}: no news of {rule}", seconds)

    async def settled(self, uri: str, version: int, seconds: float = 60) -> dict[str, Any]:
        """The diagnostics of a document once all of this version was looked at."""
        await self._wait(lambda: self.complete.get(uri) == version, f"{uri}: not looked at", seconds)
        return self.published.get(uri, {"version": version, "diagnostics": []})

    async def rules_read(self, seconds: float = 60) -> None:
        """Wait until Semgrep's server knows its rules: what is opened before is looked at with none, and not again."""
        await self._wait(lambda: self.ready, "its rules were not read", seconds)

    async def _wait(self, true: Callable[[], bool], said: str, seconds: float) -> None:
        try:
            async with asyncio.timeout(seconds), self._news:
                await self._news.wait_for(lambda: true() or self.listening.done())
        except TimeoutError:
            raise NoNews(f"{said} within {seconds:g} s") from None
        if self.listening.done():
            self.listening.result()
            raise NoNews(f"{said}: the server ended")


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
        session.listening.cancel()
        if process.stdin is not None:
            process.stdin.close()
        try:
            await asyncio.wait_for(process.wait(), 5)
        except TimeoutError:
            process.kill()
            await process.wait()


def family(pid: int) -> list[int]:
    """A process and all below it."""
    found = [pid]
    with suppress(OSError):
        for task in Path(f"/proc/{pid}/task").iterdir():
            for child in (task / "children").read_text("ascii").split():
                found += family(int(child))
    return found


def memory(pids: Sequence[int], kind: str = "Pss") -> float:
    """MB that processes have to themselves, with their share of what they have together; or of another kind that Linux counts."""
    rollups = [Path(f"/proc/{pid}/smaps_rollup").read_text("ascii") for pid in pids]
    return (
        sum(int(line.split()[1]) for one in rollups for line in one.split("\n") if line.startswith(f"{kind}:")) / 1024
    )


def worked(pids: Sequence[int]) -> float:
    """Milliseconds that processes have had a processor: what a busy machine does not stretch."""
    total = 0
    for pid in pids:
        with suppress(OSError):  # git comes and goes
            total += sum(
                int((task / "schedstat").read_text("ascii").split()[0]) for task in Path(f"/proc/{pid}/task").iterdir()
            )
    return total / 1e6


class Watch:
    """How long something took, and what a server worked meanwhile; milliseconds."""

    def __init__(self, session: Session) -> None:
        self._pids = family(session.process.pid)
        self._begun, self._worked = time.perf_counter(), worked(self._pids)

    def read(self) -> tuple[float, float]:
        """Milliseconds since the start, by the clock and of work."""
        return (time.perf_counter() - self._begun) * 1000, worked(self._pids) - self._worked
