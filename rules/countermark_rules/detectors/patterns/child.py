"""`semgrep lsp` as a process that stays: texts go through files of a private folder, since it reads nothing else.

What it is told is never told twice for one text: each scan has a file name of its own, so that an answer cannot be another text's.
"""

from __future__ import annotations

import json
import os
import re
import select
import shutil
import subprocess
import tempfile
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

from attrs import frozen

from countermark.errors import PartFailed

from .rungs import lay
from .scanning import Source
from .semgrep import TooSlow, core, environment, trusting

_LARGEST = 100_000_000  # bytes of one message
_SAID = re.compile(rb"Semgrep errors: (.*?)\nSemgrep skipped", re.DOTALL)
_SYNTAX = re.compile(rb"(?:Syntax|Lexical|Other syntax) error at line [^\n]*?:(\d+):")
_OTHER = re.compile(rb"^(?!Syntax|Lexical|Other syntax)[A-Z][\w ]{2,40}(?: at line| when running| in )", re.MULTILINE)
_ENDED = (b"Scanned 1 files", b"No targets to scan")
_LAG = 0.5  # seconds between an answer and what is logged of it
_READY = 20.0  # seconds for a start on a busy machine
_PREFIX = "countermark-lsp-"
# It keeps something of every text that it has seen, about 0.1 MB of one with 300 lines: so many bytes, or texts where nobody tells of
# bytes, and another one is cheaper. More than that is rubbish, for a collector that is as busy as a process of one call needs it.
_MOST_GROWTH, _MOST_TEXTS = 24_000_000, 200
_COLLECTOR = "s=1M,o=80"


@frozen
class Answer:
    """Diagnostics as the protocol has them, and the lines, from 0, at which the text could not be read."""

    file: Path
    diagnostics: tuple[dict[str, Any], ...]
    broken: tuple[int, ...]


class Child:
    """One process. After any error it is of no use any more: close it."""

    def __init__(self, rules: Sequence[Mapping[str, Any]]) -> None:
        """Start it. Raises PartFailed, TooSlow."""
        base = Path(_memory_folder() or tempfile.gettempdir()).resolve()
        _tidy(base)
        self._home = Path(tempfile.mkdtemp(prefix=f"{_PREFIX}{os.getpid()}-", dir=base))
        self._root = self._home / "root"
        self._root.mkdir()
        (self._root / ".semgrepignore").write_text("", "utf-8")  # else its own list of folders to leave out holds
        self._log = (self._home / "log").open("w+b", buffering=0)
        self._number = 0
        self._request = 0
        self._buffer = b""
        self._process: subprocess.Popen[bytes] | None = None
        try:
            self._write(rules)
            self._process = self._started()
            self._ask("initialize", self._parameters(), _READY)
            self._tell("initialized", {})
            self._await(lambda message: message.get("method") == "semgrep/rulesRefreshed", _READY)
        except BaseException:
            self.close()
            raise
        self._first = _resident(self._process.pid)

    @property
    def is_spent(self) -> bool:
        """Whether it has grown so much that another one should take its place."""
        now = _resident(self._process.pid) if self._process is not None else 0
        return now - self._first > _MOST_GROWTH if now else self._number > _MOST_TEXTS

    def refresh(self, rules: Sequence[Mapping[str, Any]]) -> None:
        """Use other rules from now on."""
        self._write(rules)
        self._tell("semgrep/refreshRules", {})
        self._await(lambda message: message.get("method") == "semgrep/rulesRefreshed", _READY)

    def scan(self, source: Source, seconds: float, kind: str = "") -> Answer:
        """What the rules say of a text; ``fixes`` may be asked until ``forget``.

        Its folder is called N-``kind``, which a rule may mind.
        """
        self._number += 1
        file = lay(source, self._root / f"{self._number}-{kind}")
        uri = file.as_uri()
        self._log.seek(0)
        self._log.truncate()
        self._tell("workspace/didCreateFiles", {"files": [{"uri": uri}]})
        document = {"uri": uri, "languageId": source.analyzers[0], "version": 1, "text": ""}
        self._tell("textDocument/didOpen", {"textDocument": document})
        message = self._await(lambda message: _is_about(message, uri), seconds)
        return Answer(file, tuple(message["params"]["diagnostics"]), self._broken())

    def fix(self, file: Path, diagnostic: Mapping[str, Any], seconds: float) -> str | None:
        """What would take the place of a finding's range, if its rule knows."""
        asked = {
            "textDocument": {"uri": file.as_uri()},
            "range": diagnostic["range"],
            "context": {"diagnostics": [diagnostic]},
        }
        for action in self._ask("textDocument/codeAction", asked, seconds)["result"] or []:
            if "edit" in action and f"({diagnostic['code']})" in action["title"]:
                for edit in action["edit"]["changes"][file.as_uri()]:
                    if edit["range"] == diagnostic["range"]:
                        return str(edit["newText"])
        return None

    def forget(self, file: Path) -> None:
        """A text is done with."""
        uri = file.as_uri()
        self._tell("textDocument/didClose", {"textDocument": {"uri": uri}})
        shutil.rmtree(file.parent, ignore_errors=True)
        self._tell("workspace/didDeleteFiles", {"files": [{"uri": uri}]})

    def close(self) -> None:
        """End it, and remove its folder."""
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            for stream in (self._process.stdin, self._process.stdout):
                if stream is not None:
                    stream.close()
        self._log.close()
        shutil.rmtree(self._home, ignore_errors=True)

    def _write(self, rules: Sequence[Mapping[str, Any]]) -> None:
        (self._home / "rules.json").write_text(json.dumps({"rules": list(rules)}), "utf-8")

    def _started(self) -> subprocess.Popen[bytes]:
        try:
            return subprocess.Popen(
                ["osemgrep", "lsp"],  # noqa: S607 - a name that its program goes by; `executable` is what runs
                executable=core(),
                cwd=self._root,
                env={**environment(self._home), **trusting(self._home), "OCAMLRUNPARAM": _COLLECTOR},
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=self._log,
                bufsize=0,
            )
        except OSError as fault:
            raise PartFailed(f"cannot be started: {fault.strerror}") from None

    def _parameters(self) -> dict[str, Any]:
        scan = {
            "configuration": [str(self._home / "rules.json")],
            "exclude": [],
            "include": [],
            "jobs": 1,
            "maxMemory": 0,
            "maxTargetBytes": 0,
            # Whoever waits for an answer gives up sooner, and then asks in a way that names the rule.
            "timeout": 60,
            "timeoutThreshold": 3,
            # Both keep it off the network: it would ask for rules, and for a login.
            "onlyGitDirty": False,
            "ci": False,
            "pro_intrafile": False,
        }
        root = self._root.as_uri()
        return {
            "processId": os.getpid(),
            "rootUri": root,
            "workspaceFolders": [{"uri": root, "name": "root"}],
            "capabilities": {},
            "initializationOptions": {"scan": scan, "metrics": {"enabled": False}, "doHover": False},
        }

    def _broken(self) -> tuple[int, ...]:
        """What the log says of the last text. Raises PartFailed where it was not looked at, or a rule gave up."""
        end, said = time.monotonic() + _LAG, b""
        while not any(word in (said := self._logged()) for word in _ENDED):
            if time.monotonic() > end:
                raise PartFailed("does not say what became of a file")
            time.sleep(0.001)
        if _ENDED[0] not in said:
            raise PartFailed("leaves a file out")
        block = _SAID.search(said)
        if block is None:
            return ()
        if _OTHER.search(block[1]):
            raise PartFailed("gave a rule up")
        return tuple(int(line) - 1 for line in _SYNTAX.findall(block[1]))

    def _logged(self) -> bytes:
        self._log.seek(0)
        said = self._log.read()
        self._log.seek(0, os.SEEK_END)
        return said

    def _tell(self, method: str, parameters: Mapping[str, Any]) -> None:
        self._send({"method": method, "params": parameters})

    def _ask(self, method: str, parameters: Mapping[str, Any], seconds: float) -> dict[str, Any]:
        self._request += 1
        number = self._request
        self._send({"id": number, "method": method, "params": parameters})
        return self._await(lambda message: message.get("id") == number and "method" not in message, seconds)

    def _send(self, message: Mapping[str, Any]) -> None:
        body = json.dumps({"jsonrpc": "2.0", **message}).encode()
        process = self._process
        if process is None or process.stdin is None:
            raise PartFailed("is gone")
        try:
            process.stdin.write(b"Content-Length: %d\r\n\r\n%s" % (len(body), body))
        except OSError:
            raise PartFailed("stopped unexpectedly") from None

    def _await(self, wanted: Any, seconds: float) -> dict[str, Any]:
        end = time.monotonic() + seconds
        while True:
            message = self._next(end, seconds)
            if wanted(message):
                return message

    def _next(self, end: float, seconds: float) -> dict[str, Any]:
        while (found := self._message()) is None:
            output = self._process.stdout if self._process else None
            if output is None:
                raise PartFailed("is gone")
            ready, _, _ = select.select([output], [], [], max(end - time.monotonic(), 0))
            if not ready:
                raise TooSlow(f"gave no answer within {seconds:g} s")
            if not (data := os.read(output.fileno(), 65_536)):
                raise PartFailed("stopped unexpectedly")
            self._buffer += data
        return found

    def _message(self) -> dict[str, Any] | None:
        """The next whole message of the buffer."""
        head, found, rest = self._buffer.partition(b"\r\n\r\n")
        if not found:
            return None
        length = re.search(rb"content-length:\s*(\d{1,9})", head, re.IGNORECASE)
        if length is None or int(length[1]) > _LARGEST:
            raise PartFailed("gave no answer that can be read")
        size = int(length[1])
        if len(rest) < size:
            return None
        self._buffer = rest[size:]
        try:
            message: dict[str, Any] = json.loads(rest[:size].decode("utf-8", "replace"))
        except ValueError:
            raise PartFailed("gave no answer that can be read") from None
        return message


def _is_about(message: Mapping[str, Any], uri: str) -> bool:
    return message.get("method") == "textDocument/publishDiagnostics" and message["params"]["uri"] == uri


def _memory_folder() -> str | None:
    """Where files cost no disk and are nobody else's; None for the usual place."""
    named = os.environ.get("XDG_RUNTIME_DIR", "")
    return named if Path(named).is_absolute() and os.access(named, os.W_OK) else None


def _resident(process_id: int) -> int:
    """Bytes of memory that a process takes; 0 where the system does not tell."""
    try:
        return int(Path(f"/proc/{process_id}/statm").read_text("ascii").split()[1]) * os.sysconf("SC_PAGE_SIZE")
    except (OSError, ValueError, IndexError):
        return 0


def _tidy(base: Path) -> None:
    """Remove what processes that were killed left behind."""
    for folder in base.glob(f"{_PREFIX}*"):
        owner = folder.name.removeprefix(_PREFIX).partition("-")[0]
        with suppress(OSError):
            if owner.isdigit() and folder.lstat().st_uid == os.geteuid() and not _lives(int(owner)):
                shutil.rmtree(folder, ignore_errors=True)


def _lives(process_id: int) -> bool:
    try:
        os.kill(process_id, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True
