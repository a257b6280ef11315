"""The demonstration: an assistant's change with a leaked key, a commit that is refused, the fix, and a person who answers for it.

Everything in it is real (git, the hooks, the findings, the terminal that the person types in) but the key, which is made up on the
spot, and the person. Exit 1 if anything did not go as told.
"""

from __future__ import annotations

import json
import os
import random
import shutil
import subprocess
import sys
import tempfile
import textwrap
import time
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from countermark.review.agents import VARIABLES

_SERVICE = {
    "README.md": "# ledger\n\nServes the monthly ledger, and exports it.\n",
    ".gitignore": "__pycache__/\n.env\n",
    "requirements.txt": "boto3\nflask\nrequests\n",
    "ledger/__init__.py": "",
    "ledger/app.py": '''\
"""The web service."""

import os

from flask import Flask, abort, jsonify

from .books import months, totals

app = Flask(__name__)
app.secret_key = os.environ["LEDGER_SESSION_KEY"]


@app.get("/months/<month>")
def month(month: str):
    if month not in months():
        abort(404)
    return jsonify(totals(month))
''',
    "ledger/books.py": '''\
"""What was booked in each month."""

_BOOKS = {"2026-01": {"in": 1200, "out": 830}, "2026-02": {"in": 990, "out": 1010}}


def months() -> list[str]:
    return sorted(_BOOKS)


def totals(month: str) -> dict[str, int]:
    return _BOOKS[month]
''',
}
EXPORT, REPORT = "ledger/export.py", "ledger/report.py"
_READING = 3  # seconds that our person takes for a few lines
_REPORT = '''\
"""Say in words how a month went."""

from .books import totals


def report(month: str) -> str:
    booked = totals(month)
    return f"{month}: {booked['in']} in, {booked['out']} out"
'''
_LEAKING = '''\
"""Upload a month's ledger and tell billing about it."""

import json

import boto3
import requests

from .books import totals

BILLING = "https://billing.internal.example/exports"


def storage():
    return boto3.client(
        "s3",
        region_name="eu-central-1",
        aws_access_key_id="{id}",
        aws_secret_access_key="{key}",
    )


def export(month: str) -> None:
    storage().put_object(Bucket="ledger-exports", Key=month, Body=json.dumps(totals(month)))
    requests.post(BILLING, json={{"month": month}}, timeout=10, verify=False)
'''


def cloud_key() -> tuple[str, str]:
    """An access key id and its secret: the right shape, and they open nothing."""
    letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"
    dice = random.Random(2026)  # noqa: S311 - a stage prop, the same in every run
    key_id = "AK" + "IA" + "".join(dice.choices(letters, k=16))
    return key_id, "".join(dice.choices(letters + letters[:26].lower() + "0189+/", k=40))


def leaking_export() -> str:
    """What the assistant wrote."""
    key_id, key = cloud_key()
    return _LEAKING.format(id=key_id, key=key)


def fixed_export() -> str:
    """The same without the two faults."""
    key_id, key = cloud_key()
    return (
        leaking_export()
        .replace(f'"{key_id}"', 'os.environ["AWS_ACCESS_KEY_ID"]')
        .replace(f'"{key}"', 'os.environ["AWS_SECRET_ACCESS_KEY"]')
        .replace("import json\n", "import json\nimport os\n")
        .replace(", verify=False", "")
    )


def write_service(folder: Path) -> None:
    """The service as it was before the change."""
    for name, text in _SERVICE.items():
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)


def environment(home: Path) -> dict[str, str]:
    """The caller's environment, without what git and Countermark would take from it; our command comes first on the PATH."""
    ours = ("GIT_", "COUNTERMARK_", "PRE_COMMIT", "SKIP")
    kept = {key: value for key, value in os.environ.items() if not key.startswith(ours) and key not in VARIABLES}
    programs = str(Path(sys.executable).parent)
    cache = os.environ.get("XDG_CACHE_HOME") or str(Path.home() / ".cache")
    return kept | {
        "XDG_CACHE_HOME": cache,  # what takes a second to make once need not be made again
        "PATH": programs + os.pathsep + os.environ["PATH"],
        "HOME": str(home),
        "COUNTERMARK_RESIDENT": "0",  # nothing stays when it is over
        "GIT_CONFIG_GLOBAL": str(home / ".gitconfig"),
        "GIT_CONFIG_NOSYSTEM": "1",
        **{f"GIT_{who}_NAME": "Ada" for who in ("AUTHOR", "COMMITTER")},
        **{f"GIT_{who}_EMAIL": "ada@example.invalid" for who in ("AUTHOR", "COMMITTER")},
    }


class _Stage:
    """A repository, and a terminal that shows what is done to it."""

    def __init__(self, folder: Path, environ: Mapping[str, str]) -> None:
        self._folder = folder
        self._environ = environ

    def say(self, text: str) -> None:
        print("\n" + textwrap.fill(text, 88), flush=True)

    def shown(self, *command: str) -> int:
        """Run a command in full view."""
        words = " ".join(f'"{word}"' if " " in word else word for word in command)
        print(f"\n$ {words}", flush=True)
        return subprocess.run(command, cwd=self._folder, env=self._environ, check=False).returncode

    def quietly(self, *command: str) -> str:
        """Run a command behind the scenes."""
        return subprocess.run(
            command, cwd=self._folder, env=self._environ, check=True, capture_output=True, text=True
        ).stdout

    def write(self, path: str, text: str) -> None:
        (self._folder / path).write_text(text)
        self.quietly("git", "add", path)

    def agent(self, path: str, text: str) -> None:
        """Write a file as an agent does whose hooks call us, and stage it."""
        asked = {"hook_event_name": "UserPromptSubmit", "session_id": "demo", "prompt": "Report a month in words"}
        self._event(json.dumps({**asked, "cwd": str(self._folder)}))
        self._event(_message(self._folder, "Pre", path))
        (self._folder / path).write_text(text)
        self._event(_message(self._folder, "Post", path))
        self.quietly("git", "add", path)

    def _event(self, message: str) -> None:
        command = ("countermark", "agent-event", "claude")
        subprocess.run(command, cwd=self._folder, env=self._environ, check=True, input=message, text=True)

    def typed(self, command: tuple[str, ...], answers: Mapping[str, str], **more: str) -> int:
        """Run a command in a terminal of its own, in full view; ``answers`` are typed once what they answer is shown."""
        print(f"\n$ {' '.join([*(f'{name}={value}' for name, value in more.items()), *command])}", flush=True)
        import pty

        pid, terminal = pty.fork()
        if pid == 0:
            os.chdir(self._folder)
            os.execvpe(command[0], command, {**self._environ, **more})  # noqa: S606 - no shell
        shown, waiting = b"", dict(answers)
        with suppress(OSError):  # Linux's way to say that the other end is closed
            while chunk := os.read(terminal, 65536):
                shown += chunk
                if due := next((text for text in waiting if shown.endswith(text.encode())), None):
                    time.sleep(_READING)
                    os.write(terminal, f"{waiting.pop(due)}\n".encode())
        os.close(terminal)
        print(shown.decode("utf-8", "replace").replace("\r\n", "\n"), end="", flush=True)
        return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])

    def commits(self) -> int:
        return int(self.quietly("git", "rev-list", "--count", "HEAD"))


def _message(folder: Path, kind: str, path: str) -> str:
    """What Claude Code's hook sends before and after it writes a file."""
    said = {
        "hook_event_name": f"{kind}ToolUse",
        "session_id": "demo",
        "model": "opus",
        "cwd": str(folder),
        "tool_name": "Write",
        "tool_use_id": "call-1",
        "tool_input": {"file_path": str(folder / path)},
    }
    return json.dumps(said)


class _NotAsTold(Exception):  # noqa: N818 - it says what happened
    """The product did not do what the demonstration promises."""


def _expect(held: bool, promise: str) -> None:  # noqa: FBT001 - reads as a sentence
    if not held:
        raise _NotAsTold(promise)


def play(folder: Path, environ: Mapping[str, str]) -> None:
    """The whole piece. Raises _NotAsTold."""
    stage = _Stage(folder, environ)
    stage.say("A small web service in a new git repository. Countermark is set up with one command:")
    write_service(folder)
    stage.quietly("git", "init", "-q", "-b", "main")
    stage.quietly("git", "add", "-A")
    stage.quietly("git", "commit", "-q", "-m", "Serve the monthly ledger")
    _expect(stage.shown("countermark", "init", "--yes") == 0, "countermark init sets the repository up")
    stage.quietly("git", "add", "-A")
    stage.quietly("git", "commit", "-q", "-m", "Set up Countermark")

    stage.say(
        f"An assistant is asked to upload the ledger each month. What it writes to {EXPORT} works, and all tests pass. "
        "It also has the team's cloud key in it, and switches certificate checks off. Nobody noticed:"
    )
    before = stage.commits()
    stage.write(EXPORT, leaking_export())
    refused = stage.shown("git", "commit", "-m", "Upload the ledger each month") != 0
    _expect(refused and stage.commits() == before, "the hook refuses the commit with the key")

    stage.say("The fix: take the credentials from the environment, and leave certificate checks on. Then again:")
    stage.write(EXPORT, fixed_export())
    passed = stage.shown("git", "commit", "-m", "Upload the ledger each month") == 0
    _expect(passed and stage.commits() == before + 1, "the hook lets the repaired commit pass")
    key_id, key = cloud_key()
    history = stage.quietly("git", "log", "-p", "--all")
    _expect(key_id not in history and key not in history, "the key is nowhere in the history")
    _review(stage)
    stage.say("Now your own code: scripts/demo PATH")


def _review(stage: _Stage) -> None:
    """The second piece: what an agent reports that it wrote waits for a person."""
    stage.say(
        f"The key never reached the history. Next, an agent that reports what it writes adds a report to {REPORT}. Nothing is wrong "
        "with its lines, but nobody has read them:"
    )
    before = stage.commits()
    stage.agent(REPORT, _REPORT)
    refused = stage.shown("git", "commit", "-m", "Report a month in words") != 0
    _expect(refused and stage.commits() == before, "the hook refuses lines that nobody has answered for")

    stage.say("The agent tries to approve its own work, in a terminal even:")
    review = ("countermark", "review", "--plain")
    _expect(stage.typed(review, {}, CLAUDECODE="1") != 0, "an agent's attempt to approve is refused")

    stage.say("A person reads them and says so:")
    approved = stage.typed(review, {"> ": "a reads well"}) == 0
    _expect(approved, "a person can approve the hunk")
    passed = stage.shown("git", "commit", "-m", "Report a month in words") == 0
    _expect(passed and stage.commits() == before + 1, "the hook lets the reviewed commit pass")
    _expect(stage.shown("countermark", "verify", "HEAD~1..HEAD") == 0, "verify agrees")
    _expect(stage.shown("countermark", "audit", "verify") == 0, "the ledger is whole")


def main() -> int:
    """Play it in a temporary folder; KEEP=1 keeps the folder."""
    top = Path(tempfile.mkdtemp(prefix="countermark-demo-"))
    home, work = top / "home", top / "ledger"
    home.mkdir()
    work.mkdir()
    try:
        play(work, environment(home))
    except _NotAsTold as broken:
        print(f"scripts/demo: this did not happen: {broken}", file=sys.stderr)
        return 1
    except subprocess.CalledProcessError as failed:
        print(f"scripts/demo: {failed}\n{failed.stderr}", file=sys.stderr)
        return 1
    finally:
        if os.environ.get("KEEP"):
            print(f"The repository is in {work}")
        else:
            shutil.rmtree(top, ignore_errors=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
