"""The process that looks at texts. The server stays responsive whatever a file does to it: it is killed, and replaced."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from asyncio.subprocess import PIPE, Process
from contextlib import suppress

from countermark.verdict import Failure, Report

from .job import HEADER, Answer, Job, Part, Reply, Request, pack, unpack

# The engine has a time limit for each file, but no alarm interrupts a C library; this does.
_PATIENCE = 30.0
_LONGEST_PAUSE = 30.0
_FIRST = 4  # times as long may the first answer of a process take: what is made once for a machine is made then
_ROOT = os.path.abspath(os.sep)  # noqa: PTH100 - a folder that is not the user's, so that no rename is in its way


class Lost(Exception):  # noqa: N818 - it says what became of the answer
    """The process hung or died over a request; the message says which."""


class Worker:
    """One process, started when it is first needed. It answers one request at a time: callers take turns."""

    def __init__(self, part: Part = Part.FAST, *, patience: float = _PATIENCE) -> None:
        self._part = part
        self._patience = patience
        self._started: asyncio.Task[Process] | None = None
        self._turn = asyncio.Lock()
        self._answered: Process | None = None  # the last one that gave an answer
        self._deaths = 0  # since then
        self._closed = False

    async def inspect(self, job: Job) -> Answer:
        """What is to be said of a text. Where the process dies or hangs, that is what the answer says."""
        try:
            answer = await self.ask(job)
        except Lost as lost:
            said = f"the process that looks at files {lost}; it is started again with the next change"
            return Answer(Report(root="", files=0, failures=(Failure("engine", job.name, said),)))
        assert isinstance(answer, Answer)  # noqa: S101 - the child is ours
        return answer

    async def ask(self, request: Request) -> Reply:
        """The reply to a request. Raises Lost."""
        async with self._turn:
            return await self._ask(request)

    async def _ask(self, request: Request) -> Reply:
        try:
            if self._deaths > 1:
                await asyncio.sleep(min(0.1 * 2**self._deaths, _LONGEST_PAUSE))
            process = await self.start()
            async with asyncio.timeout(self._patience * (1 if process is self._answered else _FIRST)):
                reply = await _exchange(process, request)
        except TimeoutError:
            raise self._lost(f"gave no answer within {self._patience:g} s") from None
        except (OSError, EOFError):
            raise self._lost("stopped unexpectedly") from None
        except asyncio.CancelledError:
            self.stop()  # its answer would be taken for the next request's
            raise
        self._deaths, self._answered = 0, process
        return reply

    async def start(self) -> Process:
        """The process, started if it has to be. Raises EOFError once there is to be none any more."""
        if self._closed:
            raise EOFError
        if self._started is None or _gone(self._started):
            self._started = asyncio.create_task(self._launch())
        # A start that is cancelled half-way never ends, so it is not: whoever waits for it may be.
        return await asyncio.shield(self._started)

    def stop(self) -> None:
        """Kill the process, and what it started. One that is only about to start was asked nothing yet, and stays."""
        started = self._started
        if started is None or not started.done():
            return
        self._started = None
        if not _gone(started):
            _kill(started.result())

    async def close(self) -> None:
        """Kill the process and wait until it is gone; whoever asks later is told that it is lost."""
        self._closed = True
        if self._started is not None:
            with suppress(OSError):
                process = await asyncio.shield(self._started)
                self.stop()
                await process.wait()

    async def _launch(self) -> Process:
        return await asyncio.create_subprocess_exec(
            *(sys.executable, "-I", "-m", "countermark_lsp.child", self._part.value),
            stdin=PIPE,
            stdout=PIPE,
            stderr=asyncio.subprocess.DEVNULL,  # a trace may quote the file
            cwd=_ROOT,
            start_new_session=True,  # so that stop() reaches what the process started, too
        )

    def _lost(self, how: str) -> Lost:
        self.stop()
        self._deaths += 1
        return Lost(how)


async def _exchange(process: Process, request: Request) -> Reply:
    if process.stdin is None or process.stdout is None:
        raise EOFError
    process.stdin.write(pack(request))
    await process.stdin.drain()
    (size,) = HEADER.unpack(await process.stdout.readexactly(HEADER.size))
    reply: Reply = unpack(await process.stdout.readexactly(size))
    return reply


def _gone(started: asyncio.Task[Process]) -> bool:
    """Whether a start failed, or what it started has ended."""
    if not started.done():
        return False
    return started.cancelled() or started.exception() is not None or started.result().returncode is not None


def _kill(process: Process) -> None:
    with suppress(ProcessLookupError):
        if hasattr(os, "killpg"):
            os.killpg(process.pid, signal.SIGKILL)
        else:
            process.kill()
