"""Trailers of commit messages: said where a team wants them, of what is known, once, and never as somebody's signature."""

from __future__ import annotations

import json

import pytest

from countermark.provenance.model import Author, State
from countermark.review.ledger import Ledger
from tests.core.provenance.acting import Actors, found, numbered
from tests.core.review.sample import entry, hunk
from tests.support import Repository

WANTED = "review = { trailers = true }\n"
LINES, MINE = numbered("value", 3), numbered("mine", 2)
OPUS = Author(State.AI, "claude", "opus-4", "s", 1)


@pytest.fixture
def actors(hooked: Repository) -> Actors:
    """A hooked repository whose settings ask for trailers."""
    hooked.write("countermark.toml", WANTED).write("b.py", "x = 1\n").stage().commit("settings")
    return Actors(hooked)


def approve(repository: Repository, *lines: str, path: str = "a.py") -> None:
    Ledger.of(found(repository)).append(entry(hunk(*lines, path=path)))


def message(repository: Repository) -> str:
    return repository.git("log", "-1", "--format=%B").stdout.strip()


def commit(repository: Repository, *words: str) -> str:
    done = repository.stage().git("commit", "-q", *(words or ("-m", "change")), check=False)
    assert done.returncode == 0, done.stderr
    return message(repository)


def test_agents_and_reviewers_are_named(actors: Actors) -> None:
    actors.agent("a.py", *LINES, author=OPUS)
    approve(actors.repository, *LINES)

    assert commit(actors.repository) == (
        "change\n\nAssisted-by: claude:opus-4\nCountermarked-by: Ada <ada@example.invalid>"
    )


def test_each_is_named_once(actors: Actors) -> None:
    repository = actors.repository
    actors.agent("a.py", *LINES, author=OPUS)
    actors.agent("c.py", *numbered("more", 3), author=OPUS)
    for lines, path in ((LINES, "a.py"), (numbered("more", 3), "c.py")):
        approve(repository, *lines, path=path)
    commit(repository, "-m", "change", "-m", "Reviewed-by: Bob <bob@example.invalid>")
    commit(repository, "--amend", "--no-edit")

    assert message(repository).splitlines()[2:] == [
        "Reviewed-by: Bob <bob@example.invalid>",
        "Assisted-by: claude:opus-4",
        "Countermarked-by: Ada <ada@example.invalid>",
    ]


@pytest.mark.parametrize(("wanted", "agents"), [(True, False), (False, True)])
def test_nothing_is_said_where_nobody_asked_or_nothing_is_known(actors: Actors, wanted: bool, agents: bool) -> None:
    repository = actors.repository
    if not wanted:
        repository.write("countermark.toml", 'review = { gate = "off" }\n')
    if agents:
        actors.agent("a.py", *LINES, author=OPUS)
    else:
        actors.person("a.py", *MINE)

    assert commit(repository) == "change"


def test_nobody_is_named_who_did_not_approve(actors: Actors) -> None:
    repository = actors.repository
    repository.write("countermark.toml", 'review = { trailers = true, gate = "off" }\n')
    actors.agent("a.py", *LINES, author=OPUS)

    assert commit(repository) == "change\n\nAssisted-by: claude:opus-4"


@pytest.mark.parametrize(
    ("author", "expected"),
    [
        (Author(State.AI, "claude"), "Assisted-by: claude"),
        (Author(State.AI, "", "m"), "Assisted-by: agent:m"),
        (Author(State.AI, "a b\nSigned-off-by: c", "m: <x>"), "Assisted-by: a-b-nSigned-off-by-c:m-x"),
    ],
    ids=["no model", "no agent", "hostile"],
)
def test_a_name_stays_one_word(actors: Actors, author: Author, expected: str) -> None:
    repository = actors.repository
    repository.write("countermark.toml", 'review = { trailers = true, gate = "off" }\n')
    actors.agent("a.py", *LINES, author=author._replace(at=1))

    assert commit(repository) == f"change\n\n{expected}"


def test_what_git_strips_stays_below(actors: Actors) -> None:
    repository = actors.repository
    actors.agent("a.py", *LINES, author=OPUS)
    approve(repository, *LINES)
    repository.env["GIT_EDITOR"] = 'printf \'typed\\n\\n# a comment\\n\' | cat - "$1" >x; mv x "$1"; :'

    assert commit(repository, "--verbose") == (
        "typed\n\nAssisted-by: claude:opus-4\nCountermarked-by: Ada <ada@example.invalid>"
    )


def test_a_merge_says_nothing(actors: Actors) -> None:
    repository = actors.repository
    repository.git("checkout", "-q", "-b", "topic")
    actors.agent("a.py", *LINES, author=OPUS)
    approve(repository, *LINES)
    commit(repository)
    repository.git("checkout", "-q", "main")
    actors.person("b.py", *MINE)
    commit(repository)
    repository.git("merge", "-q", "--no-edit", "topic")

    assert message(repository) == "Merge branch 'topic'"


def test_a_trailer_of_ours_makes_nobody_elses_lines_suspected(actors: Actors) -> None:
    repository = actors.repository
    actors.agent("a.py", *LINES, author=OPUS)
    actors.person("b.py", *MINE)
    approve(repository, *LINES)
    assert "Assisted-by" in commit(repository)

    said = json.loads(repository.countermark("show", "HEAD", "--format", "json").stdout)
    states = {one["path"]: {each["state"] for each in one["ranges"]} for one in said["files"]}
    assert states == {"a.py": {"ai"}, "b.py": {"untracked"}}
