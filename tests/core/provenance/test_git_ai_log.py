"""git-ai's working log: read where it is of the version that is known, believed where its texts are what they are named."""

from __future__ import annotations

import json
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from countermark.config.schema import Settings
from countermark.provenance.attribute import Attributor
from countermark.provenance.model import Author, State
from countermark.provenance.record import note_commits
from countermark.review.policy import concerned
from tests.support import Repository

from .acting import Actors, found, numbered

OLD, NEW, MINE = numbered("old", 3), numbered("new", 4), numbered("mine", 2)
AGENT = {"tool": "claude", "id": "conversation", "model": "opus"}
KEY = f"s_{sha256(b'claude:conversation').hexdigest()[:14]}"
LEGACY = sha256(b"claude:conversation").hexdigest()[:16]
HUMAN = "h_31dce776f88375"


@pytest.fixture
def actors(repository: Repository) -> Actors:
    """A file with a person's lines is committed; lines of an agent, and of a person whom git-ai saw, are staged behind them."""
    made = Actors(repository)
    made.person("a.py", *OLD)
    made.commit(note=False)
    made.person("a.py", *OLD, *NEW, *MINE)
    repository.stage()
    return made


def text(*lines: str) -> str:
    return "".join(f"{line}\n" for line in lines)


def ranges(key: str = f"{KEY}::t_0123456789abcd") -> list[dict[str, Any]]:
    return [
        {"start_line": 4, "end_line": 7, "author_id": key, "overrode": None},
        {"start_line": 8, "end_line": 9, "author_id": HUMAN},
    ]


def checkpoint(seen: str, **more: Any) -> dict[str, Any]:
    entry = {"file": "a.py", "blob_sha": sha256(seen.encode()).hexdigest(), "line_attributions": ranges()}
    return {"kind": "AiAgent", "entries": [entry], "agent_id": AGENT, "api_version": "checkpoint/1.0.0"} | more


def logs(repository: Repository, base: str, seen: str, *lines: Any, folder: str = "ai") -> Path:
    """A working log as git-ai keeps it; a line that is text already is written as it is."""
    log = repository.path / ".git" / folder / "working_logs" / base
    (log / "blobs").mkdir(parents=True)
    (log / "blobs" / sha256(seen.encode()).hexdigest()).write_text(seen)
    written = (line if isinstance(line, str) else json.dumps(line) for line in lines)
    (log / "checkpoints.jsonl").write_text("".join(f"{line}\n" for line in written))
    return log


def head(repository: Repository) -> str:
    return repository.git("rev-parse", "HEAD").stdout.strip()


SEEN = text(*OLD, *NEW, *MINE)
GOOD = checkpoint(SEEN)
_ENTRY = GOOD["entries"][0]


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        ([GOOD], "---aaaahh"),
        ([checkpoint(SEEN, entries=[_ENTRY | {"line_attributions": ranges(LEGACY)}])], "---aaaahh"),
        ([checkpoint(SEEN, agent_id=None), GOOD], "---aaaahh"),
        ([GOOD, checkpoint(SEEN, api_version="checkpoint/2.0.0", entries=[_ENTRY | {"line_attributions": []}])], "---aaaahh"),
        ([GOOD, "{", "[" * 50_000, "7", "", '"x"'], "---aaaahh"),
        ([checkpoint(SEEN, api_version="checkpoint/9.0.0")], "---uuuuuu"),
        ([{**GOOD, "api_version": None}], "---uuuuuu"),
        ([checkpoint(SEEN, agent_id={"tool": "codex", "id": "other", "model": "m"})], "---uuuuhh"),
        ([checkpoint(SEEN, agent_id="claude")], "---uuuuhh"),
        ([checkpoint(SEEN, entries=[_ENTRY | {"file": "b.py"}])], "---uuuuuu"),
        ([checkpoint(SEEN, entries=[_ENTRY | {"blob_sha": "../" * 20}])], "---uuuuuu"),
        ([checkpoint(SEEN, entries=[_ENTRY | {"blob_sha": "0" * 64}])], "---uuuuuu"),
        ([checkpoint(SEEN, entries=[7, None, {"file": 3}, _ENTRY | {"line_attributions": {}}])], "---uuuuuu"),
        ([checkpoint(SEEN, entries=[_ENTRY | {"line_attributions": [3, {"start_line": -1, "end_line": 2**70}]}])], "---uuuuuu"),
    ],
    ids=range(14),
)  # fmt: skip
def test_what_it_says_of_staged_lines(actors: Actors, lines: list[Any], expected: str) -> None:
    logs(actors.repository, head(actors.repository), SEEN, *lines)

    assert actors.staged() == {"a.py": expected}


def test_an_agent_is_told_whole(actors: Actors) -> None:
    logs(actors.repository, head(actors.repository), SEEN, GOOD)
    repository = found(actors.repository)

    assert concerned(repository, Settings())
    with Attributor.of(repository) as attributor:
        log = attributor._sources._working_log("HEAD")
    assert log is not None
    assert log.authors("a.py", SEEN.splitlines())[3] == Author(State.AI, "claude", "opus", "conversation")


def test_a_text_that_is_not_what_it_is_named_is_not_believed(actors: Actors) -> None:
    log = logs(actors.repository, head(actors.repository), SEEN, GOOD)
    (blob,) = (log / "blobs").iterdir()
    blob.write_text(SEEN.replace("mine", "yours"))

    assert actors.staged() == {"a.py": "---uuuuuu"}


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        ((*OLD, "between = 1", *NEW, *MINE), "---uaaaahh"),
        ((*OLD, *(f"    {line}" for line in NEW), *MINE), "---aaaahh"),
        ((*OLD, *NEW[:2], "NEW = changed(9)", *NEW[3:], *MINE), "---aauahh"),
        ((*NEW, *OLD, *MINE), "aaaa---hh"),
    ],
)
def test_what_was_edited_since_keeps_what_stayed(actors: Actors, lines: tuple[str, ...], expected: str) -> None:
    logs(actors.repository, head(actors.repository), SEEN, GOOD)
    actors.person("a.py", *lines)
    actors.repository.stage()

    assert actors.staged() == {"a.py": expected}


def test_what_was_known_when_it_began_counts(actors: Actors) -> None:
    """After a reset, or when a stash came back, git-ai writes down what it knows already."""
    log = logs(actors.repository, head(actors.repository), SEEN)
    initial = {
        "files": {"a.py": ranges()},
        "file_blobs": {"a.py": sha256(SEEN.encode()).hexdigest()},
        "sessions": {KEY: {"agent_id": AGENT}},
        "prompts": {},
    }
    (log / "INITIAL").write_text(json.dumps(initial))

    assert actors.staged() == {"a.py": "---aaaahh"}


@pytest.mark.parametrize("aside", [False, True])
def test_a_commit_is_noted_by_it(actors: Actors, *, aside: bool) -> None:
    """Its own note comes later, from a daemon; by then the log may have been put aside."""
    parent = head(actors.repository)
    log = logs(actors.repository, parent, SEEN, GOOD)
    actors.repository.commit("lines of an agent")
    if aside:
        log.rename(log.with_name(f"old-{parent}"))
    place = found(actors.repository)
    note_commits(place, [head(actors.repository)])

    with Attributor.of(place, [head(actors.repository)]) as attributor:
        (note,) = attributor.notes.values()
    said = sorted((hunk.author.state.value, hunk.first, hunk.last) for hunk in note.hunks)
    assert said == [("ai", 4, 7), ("human", 8, 9)]


def test_a_repository_without_commits(repository: Repository) -> None:
    actors = Actors(repository)
    actors.person("a.py", *OLD, *NEW, *MINE)
    repository.stage()
    logs(repository, "initial", SEEN, GOOD)

    assert actors.staged() == {"a.py": "uuuaaaahh"}


def test_a_linked_worktree_has_its_own(actors: Actors, tmp_path: Path) -> None:
    actors.repository.commit("all")
    actors.repository.git("worktree", "add", "-q", str(tmp_path / "beside"), "HEAD~1")
    logs(
        actors.repository,
        actors.repository.git("rev-parse", "HEAD~1").stdout.strip(),
        SEEN,
        GOOD,
        folder="ai/worktrees/beside",
    )
    (tmp_path / "beside" / "a.py").write_text(SEEN)
    place = found(actors.repository, tmp_path / "beside")
    place.git("add", "-A")

    with Attributor.of(place) as attributor:
        log = attributor._sources._working_log("HEAD")
    assert log is not None
    assert len(log.authors("a.py", SEEN.splitlines())) == 6


def test_the_end_of_a_huge_log_is_read(actors: Actors, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("countermark.provenance.git_ai_log._MOST_LOG", 5000)
    older = checkpoint(SEEN, entries=[_ENTRY | {"line_attributions": []}], diff="x" * 20_000)
    logs(actors.repository, head(actors.repository), SEEN, older, GOOD)

    assert actors.staged() == {"a.py": "---aaaahh"}
