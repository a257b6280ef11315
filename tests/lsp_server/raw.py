"""The real server, spoken to byte by byte: what a client may send that a client library would not."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tests.support import git_environment

COMMAND = (sys.executable, "-I", "-m", "countermark_cli", "lsp")


class Raw:
    """One server process and its two pipes."""

    def __init__(self, process: subprocess.Popen[bytes]) -> None:
        self.process = process
        self.notifications: list[dict[str, Any]] = []

    def send_bytes(self, body: bytes) -> None:
        assert self.process.stdin is not None
        self.process.stdin.write(b"Content-Length: %d\r\n\r\n" % len(body) + body)
        self.process.stdin.flush()

    def send(self, **message: Any) -> None:
        self.send_bytes(json.dumps({"jsonrpc": "2.0", **message}).encode())

    def ask(self, method: str, params: Any, id: Any = 7) -> dict[str, Any]:  # noqa: A002 - the protocol's word
        self.send(id=id, method=method, params=params)
        return self.answer(id)

    def receive(self) -> dict[str, Any]:
        """The next message of the server."""
        assert self.process.stdout is not None
        length = 0
        while line := self.process.stdout.readline().strip():
            name, _, value = line.partition(b":")
            length = int(value) if name == b"Content-Length" else length
        return dict(json.loads(self.process.stdout.read(length)))

    def answer(self, id: Any) -> dict[str, Any]:  # noqa: A002
        """The answer to a request; notifications before it are kept."""
        while "method" in (message := self.receive()) or message.get("id") != id:
            self.notifications.append(message)
        return message

    def initialize(self, **params: Any) -> dict[str, Any]:
        answer = self.ask("initialize", {"processId": None, "rootUri": None, "capabilities": {}, **params}, id=0)
        self.send(method="initialized", params={})
        return answer


@contextmanager
def server(home: Path) -> Iterator[Raw]:
    """A server that is ended, whatever happens."""
    pipe = subprocess.PIPE
    with subprocess.Popen(COMMAND, stdin=pipe, stdout=pipe, stderr=pipe, env=git_environment(home)) as process:
        try:
            yield Raw(process)
        finally:
            process.kill()
