"""The commands that tell who wrote what, run as real processes."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from countermark.provenance.events import Event
from countermark.provenance.hunks import digest
from countermark.provenance.notes import write_note
from countermark.provenance.where import NOTES
from countermark.review.entry import Decision
from countermark.review.ledger import Ledger
from tests.core.provenance.acting import AGENT, Actors, found, numbered
from tests.core.review.sample import entry, hunk
from tests.support import Repository

OLD, NEW = numbered("old", 3), numbered("new", 2)


@pytest.fixture
def actors(repository: Repository) -> Actors:
    """A commit by a person, then one in which an agent wrote two lines between."""
    acting = Actors(repository)
    acting.person("a.py", *OLD)
    acting.commit(note=False)
    acting.agent("a.py", OLD[0], *NEW, *OLD[1:])
    acting.commit()
    return acting


def untracked(start: int, end: int, hunk: str | None = None) -> dict[str, object]:
    none = dict.fromkeys(("agent", "model", "session", "review"))
    return {"start": start, "end": end, "state": "untracked", "hunk": hunk, **none}


def robots(start: int, end: int, **more: object) -> dict[str, object]:
    names = {"state": "ai", "agent": "robot", "model": "robot-1", "session": "session-1", "hunk": digest(NEW)}
    return {"start": start, "end": end, **names, "review": None, **more}


def read(repository: Repository, *args: str) -> dict:
    done = repository.countermark(*args, "--format", "json")
    assert done.returncode == 0, done.stderr
    value = json.loads(done.stdout)
    assert isinstance(value, dict)
    return value


def test_blame_tells_of_each_line_of_a_file(actors: Actors) -> None:
    assert read(actors.repository, "blame", "a.py") == {
        "schema": "countermark/blame/1",
        "files": [{"path": "a.py", "ranges": [untracked(1, 1), robots(2, 3), untracked(4, 5)]}],
    }


def test_blame_knows_from_notes_alone_and_after_a_rename(actors: Actors) -> None:
    actors.journal.database.file.unlink()
    actors.repository.git("mv", "a.py", "b.py")
    actors.repository.commit("rename")

    (file,) = read(actors.repository, "blame", "b.py")["files"]
    assert file == {"path": "b.py", "ranges": [untracked(1, 1), robots(2, 3), untracked(4, 5)]}


def test_blame_of_a_range_tells_of_what_it_adds(actors: Actors) -> None:
    (file,) = read(actors.repository, "blame", "HEAD^..HEAD")["files"]

    assert file == {"path": "a.py", "ranges": [robots(2, 3)]}


def test_a_review_is_shown(actors: Actors) -> None:
    review = {"hunk": digest(NEW), "decision": "approve", "who": "Ada"}
    commit = actors.repository.git("rev-parse", "HEAD").stdout.strip()
    write_note(found(actors.repository), commit, reviews=[review])

    (file,) = read(actors.repository, "blame", "a.py")["files"]
    assert file["ranges"][1] == robots(2, 3, review=review)
    assert "AI robot robot-1 approve" in actors.repository.countermark("blame", "a.py").stdout


@pytest.mark.parametrize(
    ("decision", "share"), [(Decision.APPROVE, 1.0), (Decision.WAIVE, 1.0), (Decision.REJECT, 0.0)]
)
def test_a_review_that_is_in_no_note_yet_is_shown_and_counted(actors: Actors, decision: Decision, share: float) -> None:
    repository = actors.repository
    Ledger.of(found(repository)).append(entry(hunk(*NEW, path="a.py"), decision))

    for command in (("blame", "a.py"), ("blame", "HEAD^..HEAD"), ("show", "HEAD")):
        (file,) = read(repository, *command)["files"]
        assert [one["review"]["decision"] for one in file["ranges"] if one["review"]] == [decision.value]
    assert read(repository, "stats", "HEAD^..HEAD")["total"]["reviewed_share"] == share


def test_blame_for_people_and_for_scripts(actors: Actors) -> None:
    text = actors.repository.countermark("blame", "a.py").stdout.splitlines()
    assert text[0] == "a.py"
    assert text[2].split() == ["AI", "robot", "robot-1", "2", *NEW[0].split()]
    assert text[3].split() == ["|", "3", *NEW[1].split()]

    porcelain = actors.repository.countermark("blame", "a.py", "--format", "porcelain").stdout.splitlines()
    assert porcelain[1].split("\t") == ["a.py", "2", "3", "ai", "robot", "robot-1", "session-1", digest(NEW), ""]


@pytest.mark.parametrize("args", [("show", "HEAD"), ("show",)])
def test_show_tells_of_a_commit(actors: Actors, args: tuple[str, ...]) -> None:
    shown = read(actors.repository, *args)

    assert shown["schema"] == "countermark/show/1"
    assert shown["files"] == [{"path": "a.py", "ranges": [robots(2, 3)]}]


def test_stats_count_lines(actors: Actors) -> None:
    actors.person("sub/b.py", *OLD, "x = 1")
    actors.commit()
    stats = read(actors.repository, "stats", "HEAD~2..HEAD")

    assert stats["schema"] == "countermark/stats/1"
    assert stats["commits"] == 2
    assert stats["total"] == {
        "lines": 6, "ai": 2, "suspected": 0, "human": 0, "reviewed": 0, "ai_share": 0.3333, "reviewed_share": 0.0,
    }  # fmt: skip
    assert list(stats["by_path"]) == ["a.py", "sub/b.py"]
    assert list(stats["by_agent"]) == ["robot"]
    assert list(stats["by_author"]) == ["Ada"]
    assert sum(count["lines"] for count in stats["over_time"].values()) == 6

    text = actors.repository.countermark("stats", "HEAD~2..HEAD").stdout
    assert "2 commits add 6 lines: 33% by agents, 0% of the agents' lines reviewed" in text
    assert f"{'#' * 13}{'.' * 27}" in text


def test_stats_of_nothing(actors: Actors) -> None:
    assert actors.repository.countermark("stats", "HEAD..HEAD").stdout == "0 commits add 0 lines: 0% by agents\n"


def test_lines_are_marked_by_hand_where_they_are_and_in_their_commits_note(actors: Actors) -> None:
    done = actors.repository.countermark("mark", "a.py:4-5", "--agent", "other", "--model", "m")
    assert (done.returncode, done.stdout) == (0, "a.py:4-5 is other's\n")

    for _ in ("with the journal", "with notes alone"):
        (file,) = read(actors.repository, "blame", "a.py")["files"]
        assert [(one["start"], one["end"], one["agent"]) for one in file["ranges"]] == [
            (1, 1, None),
            (2, 3, "robot"),
            (4, 5, "other"),
        ]
        actors.journal.database.file.unlink(missing_ok=True)


def test_what_is_not_committed_yet_is_marked(actors: Actors) -> None:
    actors.person("c.py", *NEW, *OLD)
    actors.repository.countermark("mark", "c.py:1-2", "--agent", "other")
    actors.person("c.py", "mine = 1", *NEW, *OLD)
    actors.repository.stage()

    assert actors.staged()["c.py"] == "uaauuu"


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (("mark", "a.py", "--agent", "x"), "not FILE:LINES"),
        (("mark", "a.py:9", "--agent", "x"), "has 5 lines"),
        (("mark", "a.py:0", "--agent", "x"), "counted from 1"),
        (("mark", "a.py:3-2", "--agent", "x"), "counted from 1"),
        (("mark", "a.py:1", "--agent", " "), "an agent has a name"),
        (("mark", "../a.py:1", "--agent", "x"), "is no file of"),
        (("mark", "no.py:1", "--agent", "x"), "no longer there"),
        (("blame", "no.py"), "no longer there"),
        (("blame", "/etc/hostname"), "is no file of"),
        (("blame", "nope..HEAD"), "unknown revision"),
        (("show", "nope"), "unknown revision"),
        (("stats", "HEAD"), "not a range"),
        (("trace", "export", "x"), "not a range"),
        (("trace", "import"), "there are no records"),
        (("sync", "nowhere"), "could not be fetched"),
    ],
)
def test_bad_input_gets_one_clear_line(actors: Actors, args: tuple[str, ...], said: str) -> None:
    done = actors.repository.countermark(*args)

    assert done.returncode in {2, 3}
    assert len(done.stderr.splitlines()) == 1, done.stderr
    assert said in done.stderr


def test_a_repository_without_commits_is_told_of(repository: Repository) -> None:
    actors = Actors(repository)
    actors.agent("a.py", *NEW)

    (file,) = read(repository, "blame", "a.py")["files"]
    assert file == {"path": "a.py", "ranges": [robots(1, 2)]}


def test_a_shallow_clone_is_told_of(actors: Actors, tmp_path: Path, home: Path) -> None:
    source = f"file://{actors.repository.path}"
    actors.repository.git("clone", "-q", "--depth", "1", source, str(tmp_path / "shallow"))
    shallow = Repository(tmp_path / "shallow", home, init=False)
    shallow.git("fetch", "-q", "origin", f"{NOTES}:{NOTES}")

    (file,) = read(shallow, "blame", "a.py")["files"]
    assert [one["state"] for one in file["ranges"]] == ["ai"] or file["ranges"][1]["state"] == "ai"


def test_a_submodule_is_passed_over(actors: Actors, tmp_path: Path, home: Path) -> None:
    outer = Repository(tmp_path / "outer", home)
    allow = ("-c", "protocol.file.allow=always")
    outer.git(*allow, "submodule", "add", "-q", str(actors.repository.path), "sub")
    outer.commit("with a submodule")

    assert [file["path"] for file in read(outer, "show", "HEAD")["files"]] == [".gitmodules"]


def test_hostile_names_are_shown_plainly(actors: Actors) -> None:
    name = "x\u202e\x1b[2J.py"
    actors.agent(name, *NEW)
    actors.commit()
    said = actors.repository.countermark("show").stdout + actors.repository.countermark("stats", "HEAD^..HEAD").stdout

    assert "\u202e" not in said
    assert "\x1b" not in said
    assert "x\\u202e\\x1b[2J.py" in said


# Agent Trace


def exported(actors: Actors) -> list[dict]:
    done = actors.repository.countermark("trace", "export", "HEAD^..HEAD")
    assert done.returncode == 0, done.stderr
    return [json.loads(line) for line in done.stdout.splitlines()]


def test_a_record_says_what_the_note_says(actors: Actors) -> None:
    commit = actors.repository.git("rev-parse", "HEAD").stdout.strip()
    write_note(found(actors.repository), commit, reviews=[{"hunk": digest(NEW), "decision": "approve"}])
    (record,) = exported(actors)

    assert record["version"] == "0.1.0"
    assert record["vcs"] == {"type": "git", "revision": commit}
    assert record["timestamp"] == "2026-01-02T03:04:05Z"
    (file,) = record["files"]
    (conversation,) = file["conversations"]
    assert conversation["contributor"] == {"type": "ai", "model_id": "robot-1"}
    assert conversation["ranges"] == [{"start_line": 2, "end_line": 3, "content_hash": f"sha256:{digest(NEW)}"}]
    reviews = record["metadata"]["dev.countermark"]["reviews"]
    assert reviews == {digest(NEW): {"hunk": digest(NEW), "decision": "approve"}}


def test_a_record_is_taken_over_where_its_lines_are(actors: Actors, tmp_path: Path, home: Path) -> None:
    records = "".join(json.dumps(record) + "\n" for record in exported(actors))
    other = Actors(Repository(tmp_path / "other", home))
    other.person("a.py", "mine = 1", *NEW)
    other.repository.write(".agent-trace/traces.jsonl", records)
    done = other.repository.countermark("trace", "import")

    assert (done.returncode, done.stdout) == (0, "2 lines known from 1 file\n"), done.stderr
    other.repository.stage("a.py")
    assert other.staged() == {"a.py": "uaa"}


@pytest.mark.parametrize(
    ("ranges", "expected"),
    [
        ([{"start_line": 2, "end_line": 3}], "ussu"),
        ([{"start_line": 1, "end_line": 1}], "uuuu"),
        ([{"start_line": 3, "end_line": 99}], "uuuu"),
        ([{"start_line": -1, "end_line": 2}], "uuuu"),
        ([{"start_line": "2", "end_line": 3}], "uuuu"),
        ([{"start_line": 2, "end_line": 3, "content_hash": "sha256:" + "0" * 64}], "uuuu"),
        ([{"start_line": 2, "end_line": 3, "content_hash": "murmur3:00"}], "ussu"),
        ([{"start_line": 2, "end_line": 3, "contributor": {"type": "human"}}], "uuuu"),
        ([{"start_line": 2, "end_line": 3, "contributor": {"type": ["ai"]}}], "uuuu"),
        (None, "uuuu"),
    ],
)
def test_a_record_without_hashes_is_a_suspicion_at_most(repository: Repository, ranges: object, expected: str) -> None:
    actors = Actors(repository)
    actors.person("a.py", *NEW, *OLD[:2])
    conversation = {"contributor": {"type": "ai"}, "ranges": ranges}
    record = {"version": "1.0", "tool": {"name": "x"}, "files": [{"path": "a.py", "conversations": [conversation]}]}
    hostile = {**record, "files": [{"path": "../a.py", "conversations": [conversation]}, 7]}
    lines = "\n".join(["nonsense", "[" * 100_000, json.dumps(hostile), json.dumps(record), "null"])
    repository.write("traces.jsonl", lines)

    assert repository.countermark("trace", "import", "traces.jsonl").returncode == 0
    repository.stage("a.py")
    assert actors.staged() == {"a.py": expected}


# git-ai

_SESSION = "s_7aead75cc71edb"
_AI_NOTE = f"""a.py
  {_SESSION}::t_7cf3cd2daf8ab0 2-3
  h_31dce776f88375 4
"other file.py"
  {_SESSION} 1-99
---
{{"schema_version":"authorship/3.0.0","base_commit_sha":"x","prompts":{{}},"sessions":{{"{_SESSION}":{{"agent_id":{{"tool":"claude","id":"c","model":"m"}}}}}}}}
"""


@pytest.mark.parametrize(
    ("note", "states"),
    [
        (_AI_NOTE, ["untracked", "ai", "human", "untracked"]),
        (_AI_NOTE.replace("authorship/3.0.0", "authorship/9.0.0"), ["untracked"]),
        (_AI_NOTE.replace("---", "--"), ["untracked"]),
        (_AI_NOTE.replace("2-3", "2-99999999999999"), ["untracked", "human", "untracked"]),
        (_AI_NOTE.replace('"tool"', '"x"').replace('{"agent_id":', '["'), ["untracked"]),
    ],
)
def test_the_notes_of_git_ai_are_read(repository: Repository, note: str, states: list[str]) -> None:
    actors = Actors(repository)
    actors.person("a.py", *NEW, *OLD)
    actors.commit()
    repository.git("notes", "--ref=ai", "add", "-F", "-", input=note.encode())

    (file,) = read(repository, "show")["files"]
    assert [one["state"] for one in file["ranges"]] == states


def test_git_ai_is_told_in_its_own_form(repository: Repository, tmp_path: Path) -> None:
    import time

    from countermark.provenance.git_ai import tell

    tool = tmp_path / "bin" / "git-ai"
    tool.parent.mkdir()
    tool.write_text(
        f'#!/bin/sh\necho "$@" >{tmp_path}/args\ncat >{tmp_path}/part && mv {tmp_path}/part {tmp_path}/said\n'
    )
    tool.chmod(0o755)
    environ = {"PATH": f"{tool.parent}:/usr/bin:/bin"}

    assert tell(Event("after", "1", AGENT, ("a.py",)), repository.path, environ)
    for _ in range(500):
        if (tmp_path / "said").exists():
            break
        time.sleep(0.02)
    assert (tmp_path / "args").read_text() == "checkpoint agent-v1 --hook-input stdin\n"
    assert json.loads((tmp_path / "said").read_text()) == {
        "type": "ai_agent",
        "repo_working_dir": str(repository.path),
        "edited_filepaths": [str(repository.path / "a.py")],
        "agent_name": "robot",
        "model": "robot-1",
        "conversation_id": "session-1",
    }


def test_a_git_ai_that_the_repository_brings_is_not_started(repository: Repository) -> None:
    from countermark.provenance.git_ai import tell

    repository.write("bin/git-ai", f"#!/bin/sh\ntouch {repository.path}/ran\n")
    (repository.path / "bin/git-ai").chmod(0o755)

    for path in (str(repository.path / "bin"), "bin", ""):
        assert not tell(Event("after", "1", AGENT, ("a.py",)), repository.path, {"PATH": path})
