from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.lsp_server.raw import COMMAND, Raw, server
from tests.support import fake_aws_key, git_environment

URI = "untitled:Untitled-1"


def opened(raw: Raw, text: str = "a\n") -> None:
    item = {"uri": URI, "languageId": "python", "version": 1, "text": text}
    raw.send(method="textDocument/didOpen", params={"textDocument": item})


def alive(raw: Raw) -> bool:
    """Whether requests are still answered."""
    return "result" in raw.ask("textDocument/codeAction", {**POSITION, "range": RANGE, "context": {"diagnostics": []}})


POSITION = {"textDocument": {"uri": "file:///not/open.py"}, "position": {"line": 0, "character": 0}}
RANGE = {"start": {"line": 0, "character": 0}, "end": {"line": 0, "character": 0}}


WRONG_REQUESTS: list[tuple[str, Any, int]] = [
    ("textDocument/hover", {"textDocument": {"uri": URI}, "position": {"line": "zero", "character": 0}}, -32602),
    ("textDocument/hover", {"textDocument": {"uri": URI}, "position": {"line": -1, "character": 0}}, -32602),
    ("textDocument/hover", {}, -32602),
    ("textDocument/hover", None, -32602),
    ("workspace/executeCommand", {"command": "no.such", "arguments": []}, -32602),
    ("workspace/executeCommand", {"command": "countermark.applyFix", "arguments": []}, -32602),
    ("workspace/executeCommand", {"command": "countermark.applyFix", "arguments": ["x"]}, -32602),
    ("workspace/executeCommand", {"command": "countermark.applyFix", "arguments": [1, 2]}, -32602),
    ("countermark/noSuchRequest", {}, -32601),
]


def test_wrong_requests_are_answered(home: Path) -> None:
    with server(home) as raw:
        raw.initialize()

        answers = [raw.ask(method, params) for method, params, _ in WRONG_REQUESTS]

        assert [answer["error"]["code"] for answer in answers] == [code for _, _, code in WRONG_REQUESTS]
        assert alive(raw)
        assert raw.notifications == []  # nothing pops up


def test_a_fault_is_named_by_its_place_and_never_quoted(home: Path) -> None:
    secret = fake_aws_key()
    with server(home) as raw:
        raw.initialize()

        answer = raw.ask(
            "textDocument/hover", {"textDocument": {"uri": URI}, "position": {"line": secret, "character": 0}}
        )

        assert "position.line" in answer["error"]["message"]
        assert secret not in str(answer)
        raw.process.kill()
        assert secret.encode() not in raw.process.stderr.read()  # type: ignore[union-attr]


def test_wrong_notifications_are_logged_once_and_survived(home: Path) -> None:
    with server(home) as raw:
        raw.initialize()

        for _ in range(3):
            raw.send(method="textDocument/didChange", params={"textDocument": {"uri": URI}})
            raw.send(
                method="textDocument/didChange",
                params={"textDocument": {"uri": URI, "version": 3}, "contentChanges": []},
            )

        assert alive(raw)
        assert [note["method"] for note in raw.notifications] == ["window/logMessage"]


def test_a_message_that_is_none_is_refused(home: Path) -> None:
    with server(home) as raw:
        raw.initialize()

        for body in (b"{", b"\xff\xfe", b"[" * 100_000, b"[]", b"17", b"{}"):
            raw.send_bytes(body)
            assert raw.receive()["error"]["code"] in {-32700, -32600}

        assert alive(raw)


def test_an_argument_may_have_a_key_called_jsonrpc(home: Path) -> None:
    with server(home) as raw:
        raw.initialize()
        argument = {"uri": URI, "fingerprint": "0", "fix": 0, "more": {"jsonrpc": "2.0", "id": 1}}

        answer = raw.ask("workspace/executeCommand", {"command": "countermark.applyFix", "arguments": [argument]})

        assert answer["result"] is None


def test_what_is_cancelled_is_answered_and_stops_nobody_else(home: Path) -> None:
    with server(home) as raw:
        raw.initialize()
        opened(raw, "key = 1\n" * 2000)
        asked = {**POSITION, "textDocument": {"uri": URI}, "range": RANGE, "context": {"diagnostics": []}}

        raw.send(id=1, method="textDocument/codeAction", params=asked)
        raw.send(method="$/cancelRequest", params={"id": 1})
        raw.send(method="$/cancelRequest", params={"id": 99})

        assert raw.answer(1)["error"]["code"] == -32800
        assert alive(raw)


def test_nothing_is_answered_before_initialize(home: Path) -> None:
    with server(home) as raw:
        assert raw.ask("textDocument/hover", POSITION)["error"]["code"] == -32002
        assert "capabilities" in raw.initialize()["result"]


def test_bytes_that_are_no_utf8_reach_the_document(home: Path) -> None:
    with server(home) as raw:
        raw.initialize()

        item = b'{"uri":"%s","languageId":"text","version":1,"text":"\xe9\xff\\n"}' % URI.encode()
        raw.send_bytes(b'{"jsonrpc":"2.0","method":"textDocument/didOpen","params":{"textDocument":' + item + b"}}")

        published = raw.receive()
        assert published["method"] == "textDocument/publishDiagnostics"
        assert published["params"]["version"] == 1


def test_initialize_costs_little_more_than_the_protocol_itself(home: Path) -> None:
    bare = cost(lambda: subprocess.run([sys.executable, "-I", "-c", "import pygls.lsp.server"], check=True))

    def answered() -> None:
        with server(home) as raw:
            raw.ask("initialize", {"processId": None, "rootUri": None, "capabilities": {}})

    assert cost(answered) < 2.5 * bare  # of processor time, for a busy machine takes any other


def cost(act: Callable[[], object]) -> float:
    """The seconds of work that the processes need which this starts and ends."""
    before = os.times()
    act()
    after = os.times()
    return after.children_user + after.children_system - before.children_user - before.children_system


@pytest.mark.parametrize(("farewell", "code"), [(("shutdown", "exit"), 0), (("exit",), 1), ((), 0)])
def test_it_ends_when_the_client_says_so_or_is_gone(home: Path, farewell: tuple[str, ...], code: int) -> None:
    with server(home) as raw:
        raw.initialize()
        if "shutdown" in farewell:
            assert raw.ask("shutdown", None)["result"] is None
        if "exit" in farewell:
            raw.send(method="exit")
        raw.process.stdin.close()  # type: ignore[union-attr]

        assert raw.process.wait(10) == code


def test_it_ends_with_the_editor_even_if_its_input_stays_open(home: Path) -> None:
    with subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE) as editor, server(home) as raw:
        raw.initialize(processId=editor.pid)
        editor.communicate(b"\n")

        assert raw.process.wait(10) == 1


def test_an_editor_that_cannot_be_seen_is_not_watched(home: Path) -> None:
    with server(home) as raw:
        raw.initialize(processId=2**22 + 1)  # beyond the largest id of this system
        time.sleep(0.3)

        assert alive(raw)


def test_tcp_serves_one_client_on_the_loopback_interface(home: Path) -> None:
    command, env = [*COMMAND, "--tcp", "0"], git_environment(home)
    with subprocess.Popen(command, stdin=subprocess.DEVNULL, stderr=subprocess.PIPE, env=env) as process:
        announced = process.stderr.readline().decode()  # type: ignore[union-attr]
        host, port = announced.rsplit(" ", 1)[1].strip().split(":")
        with socket.create_connection((host, int(port))) as connection:
            body = b'{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"processId":null,"rootUri":null,"capabilities":{}}}'
            connection.sendall(b"Content-Length: %d\r\n\r\n%s" % (len(body), body))
            assert b'"capabilities"' in connection.recv(65536)
        assert process.wait(10) == 0
