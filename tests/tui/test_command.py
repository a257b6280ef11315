"""The command as a process: the plain dialogue through pipes, a real terminal, and what it refuses."""

from __future__ import annotations

import json
import os
import re
import select
import subprocess
import sys
import time
from pathlib import Path

import jsonschema
import pytest

from tests.support import Repository
from tests.tui.sample import AFTER, BEFORE

COMMAND = [sys.executable, "-I", "-m", "countermark_cli", "threat-model"]
MODEL = ".threatmodel/model.yaml"
# Eight questions: a note goes on the same line as the answer.
EIGHT = "1 customers\n1 a stranger refunds\n1 a check\n1 test_owner\n4 who knows?\n2\n2\ns no time\n"


@pytest.fixture
def staged(repository: Repository) -> Repository:
    """A repository with a new route staged."""
    repository.write("app/refunds.py", BEFORE).write("README.md", "# Shop\n").stage().commit()
    return repository.write("app/refunds.py", AFTER).write("README.md", "# Shop!\n").stage()


def model(repository: Repository) -> str:
    return (repository.path / MODEL).read_text()


def test_a_plain_session_through_a_pipe(staged: Repository) -> None:
    done = staged.countermark("threat-model", "--staged", "--plain", input=EIGHT + "y\n")

    assert (done.returncode, done.stderr) == (0, "")
    for part in (
        "Threat model: the staged change. 2 files, 2 elements, 8 questions.",
        "no detector reads .md files: README.md",
        "1 of 8  What are we working on?",
        "asked because app/refunds.py:14 adds POST /refunds",
        '14 + @router.post("/refunds")',
        "Could one of them do harm through POST /refunds?",
        "skipped (no time): Would something fail if those limits of the httpx call in refund() were taken away tomorrow?",
        "don't know: Do you know what the httpx call in refund() sends, and who receives it?",
        f"Written: {MODEL} and .threatmodel/sessions/",
        "Nothing was staged or committed",
    ):
        assert part in done.stdout
    assert "    statement: a stranger refunds\n" in model(staged)
    assert "    confirmed_by: pipe\n" in model(staged)  # a pipe is not known to be a person
    (record,) = (staged.path / ".threatmodel/sessions").iterdir()
    assert "through: pipe\n" in record.read_text()
    assert re.fullmatch(r"\d{8}T\d{6}Z-staged\.yaml", record.name)


def test_the_same_answers_make_the_same_file(staged: Repository) -> None:
    staged.countermark("threat-model", "--plain", input=EIGHT + "y\n")
    once = model(staged)
    staged.countermark("threat-model", "--plain", "--again", input=EIGHT + "y\n")

    assert model(staged) == once


def test_what_was_answered_is_not_asked_again(staged: Repository) -> None:
    staged.countermark("threat-model", "--plain", input=EIGHT + "y\n")

    done = staged.countermark("threat-model", "--plain", input="1 a test\ny\n")

    assert "1 of 1  Did we do a good enough job?" in done.stdout
    assert done.returncode == 0


def test_a_range_and_paths_can_be_looked_at(staged: Repository) -> None:
    staged.commit("refunds")

    ranged = staged.countermark("threat-model", "--range", "HEAD~1..HEAD", "--plain", input="q\n")
    whole = staged.countermark("threat-model", "app", "--plain", input="q\n")

    assert "adds POST /refunds" in ranged.stdout
    assert "has GET /orders/{order_id}" in whole.stdout
    assert "3 elements, 12 questions" in whole.stdout


def test_a_folder_without_git_can_be_looked_at(tmp_path: Path, home: Path) -> None:
    bare = Repository(tmp_path / "plain", home, init=False)
    bare.write("a.py", AFTER)

    done = bare.countermark("threat-model", "a.py", "--plain", input=EIGHT + "s\n" * 0 + "y\n" * 9)

    assert done.returncode == 2  # more questions than answers: the ninth is asked, and "y" is none
    assert "the input ended" in done.stderr
    again = bare.countermark("threat-model", "a.py", "--plain", input="y\n" + "2\n" * 12 + "y\n")
    assert again.returncode == 0, again.stdout
    assert (bare.path / MODEL).exists()


def test_a_note_a_way_back_and_help(staged: Repository) -> None:
    lines = ["?", "hm", "n", "a note", "c", "2", "b", "4", "s", "", "s because", "S not mine", "n", "y"]

    done = staged.countermark("threat-model", "--plain", input="\n".join(lines) + "\n")

    assert "Don't know is a good answer" in done.stdout
    assert "So far: no; note: a note" in done.stdout
    assert "Not skipped: it needs a reason." in done.stdout
    assert done.stdout.count("2 of 8") == 2


def test_without_elements_it_says_what_ran(repository: Repository) -> None:
    repository.write("README.md", "x").stage()

    done = repository.countermark("threat-model", "--plain")

    assert done.returncode == 0
    assert "nothing security-notable was found by them" in done.stdout
    assert "Python: argparse.command," in done.stdout
    assert "no all-clear" in done.stdout
    assert not re.search(r"\bsecure\b|\bsafe\b", done.stdout)
    assert not (repository.path / ".threatmodel").exists()


def test_an_empty_change_is_said_to_be_empty(repository: Repository) -> None:
    done = repository.countermark("threat-model", "--staged", "--plain")

    assert done.returncode == 0
    assert "This change holds no files." in done.stdout


def test_input_that_ends_early_keeps_a_draft(staged: Repository) -> None:
    done = staged.countermark("threat-model", "--plain", input="2\n2\n")

    assert done.returncode == 2
    assert "the input ended before the session was saved" in done.stderr
    assert not (staged.path / ".threatmodel").exists()

    again = staged.countermark("threat-model", "--plain", input="y\nq\n")
    assert "A draft holds 2 answers" in again.stdout
    assert "3 of 8" in again.stdout
    afresh = staged.countermark("threat-model", "--plain", input="n\nq\n")
    assert "1 of 8" in afresh.stdout
    assert "A draft" not in staged.countermark("threat-model", "--plain", input="q\n").stdout


def test_no_is_no(staged: Repository) -> None:
    done = staged.countermark("threat-model", "--plain", input="2\n" * 8 + "maybe\nn\n")

    assert done.returncode == 0
    assert "Nothing was written. 8 answers wait in the draft" in done.stdout
    assert not (staged.path / ".threatmodel").exists()


def test_a_killed_process_loses_nothing(staged: Repository) -> None:
    process = subprocess.Popen(
        [*COMMAND, "--plain"], cwd=staged.path, env=staged.env, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert process.stdin is not None
    assert process.stdout is not None
    process.stdin.write("1 customers\n2\n")
    process.stdin.flush()
    while "3 of 8" not in process.stdout.readline():
        pass
    process.kill()
    process.communicate()

    done = staged.countermark("threat-model", "--plain", input="y\nb\nb\nq\n")

    assert "A draft holds 2 answers" in done.stdout
    assert "So far: yes; note: customers" in done.stdout


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ((), "this is no terminal that can show a screen; --plain asks the same questions line by line"),
        (("--staged", "--range", "A..B", "--plain"), "PATH, --staged and --range exclude each other"),
        (("--range", "nowhere..HEAD", "--plain"), "nowhere"),
        (("no-such-file", "--plain"), "no-such-file"),
    ],
)
def test_what_cannot_be_done_is_refused(staged: Repository, arguments: tuple[str, ...], said: str) -> None:
    done = staged.countermark("threat-model", *arguments)

    assert done.returncode == 2
    assert said in done.stderr
    assert done.stderr.count("\n") == 1
    assert done.stdout == ""


def test_all_faults_of_a_broken_model_are_told(staged: Repository) -> None:
    staged.write(MODEL, "schema: x\nfoo: 1\nelements: 3\n")

    done = staged.countermark("threat-model", "--plain", input=EIGHT)

    assert done.returncode == 2
    assert done.stderr.count(f"countermark: {MODEL}, line ") == 3
    assert model(staged) == "schema: x\nfoo: 1\nelements: 3\n"


def test_bare_repositories_have_no_place_for_it(repository: Repository, home: Path) -> None:
    bare = Repository(repository.path.parent / "bare.git", home, init=False)
    bare.git("init", "-q", "--bare")

    done = bare.countermark("threat-model", "--plain")

    assert done.returncode == 2
    assert "bare" in done.stderr


def test_no_repository_is_told(tmp_path: Path, home: Path) -> None:
    folder = Repository(tmp_path / "plain", home, init=False)

    done = folder.countermark("threat-model", "--plain")

    assert (done.returncode, done.stderr.count("\n")) == (2, 1)


def test_paths_of_two_repositories_are_refused(staged: Repository, home: Path) -> None:
    other = Repository(staged.path.parent / "other", home).write("a.py", AFTER)

    done = staged.countermark("threat-model", "app", str(other.path / "a.py"), "--plain")

    assert done.returncode == 2
    assert "different repositories" in done.stderr


def test_hostile_names_reach_neither_the_terminal_nor_the_file(repository: Repository) -> None:
    repository.write("ev\x1b[31mil\u202e.py", "import os\nos.system('\x1b]0;owned\x07')\n").stage()

    done = repository.countermark("threat-model", "--plain", input="4\x1b[2J\n4\n4\n4\n4\ny\n")

    assert done.returncode == 0, done.stdout + done.stderr
    text = done.stdout + model(repository)
    assert not {"\x1b", "\u202e", "\x07"} & set(text)
    assert "ev\\x1b[31mil\\u202e.py" in text


def test_the_schema_is_printed(repository: Repository) -> None:
    done = repository.countermark("threat-model", "--schema")

    jsonschema.Draft202012Validator.check_schema(json.loads(done.stdout))


def test_textual_is_not_imported_for_the_plain_dialogue(staged: Repository) -> None:
    code = (
        "import sys; from countermark_cli.__main__ import main; main(['threat-model', '--plain']); "
        "print('textual' in sys.modules, file=sys.stderr)"
    )

    done = subprocess.run(
        [sys.executable, "-I", "-c", code],
        cwd=staged.path,
        env=staged.env,
        input="q\n",
        capture_output=True,
        text=True,
        check=True,
    )

    assert done.stderr == "False\n"


@pytest.mark.skipif(sys.platform == "win32", reason="no pseudo-terminals there")
def test_a_session_in_a_real_terminal(staged: Repository) -> None:
    import fcntl
    import pty
    import struct
    import termios

    main, side = pty.openpty()
    fcntl.ioctl(side, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
    environment = {**staged.env, "TERM": "xterm-256color", "TEXTUAL_ANIMATIONS": "none"}
    process = subprocess.Popen(
        [*COMMAND, "--staged"],
        cwd=staged.path,
        env=environment,
        stdin=side,
        stdout=side,
        stderr=side,
        start_new_session=True,
    )
    os.close(side)

    read_until(main, b"Continue")
    os.write(main, b"c")
    read_until(main, b"Do you know everyone who")
    os.write(main, b"2")
    read_until(main, b"do harm through")
    os.write(main, b"r")
    read_until(main, b"Will write")
    os.write(main, b"\x13")  # ctrl+s: the terminal must not stop on it
    read_until(main, b"Written:")
    os.write(main, b"\r")
    said = read_until(main, b"add them yourself", b"")

    assert process.wait(timeout=30) == 0
    os.close(main)
    assert b"countermark: Written: .threatmodel/model.yaml" in said
    assert "confirmed_by: human" in model(staged)


def read_until(descriptor: int, *texts: bytes, seconds: float = 60) -> bytes:
    """What the terminal shows until it shows a text, its escape sequences taken out; b"" waits for the end."""
    seen, end = b"", time.monotonic() + seconds
    while time.monotonic() < end:
        plain = re.sub(rb"\x1b\[[0-9;?<>=]*[A-Za-z]", b"", seen)
        if b"" not in texts and any(text in plain for text in texts):
            return plain
        if not select.select([descriptor], [], [], 0.1)[0]:
            continue
        try:
            chunk = os.read(descriptor, 65536)
        except OSError:  # Linux says so when the other side is closed
            return plain
        if not chunk:
            return plain
        seen += chunk
    raise AssertionError(f"{texts!r} was not shown: {seen[-500:]!r}")
