"""Each line keeps its author, whatever happens to it; what nobody saw is nobody's."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from countermark.change import FileChange
from countermark.changes.buffer import buffer
from countermark.changes.range import commits
from countermark.config.schema import Limits
from countermark.content import Content
from countermark.provenance.attribute import Attributor
from countermark.provenance.hunks import digest
from countermark.provenance.model import Author, MarkedHunk, State, Stretch
from countermark.provenance.notes import NotedHunk, write_note
from tests.support import Repository

from .acting import AGENT, Actors, found, letters, numbered

OLD = numbered("old", 6)
NEW = numbered("new", 4)


@pytest.fixture
def actors(repository: Repository) -> Actors:
    """A repository with one file that was there before anybody looked."""
    acting = Actors(repository)
    acting.person("a.py", *OLD)
    acting.commit()
    return acting


Act = Callable[[Actors], None]


def _in_two_steps(acting: Actors) -> None:
    acting.agent("a.py", *NEW[:2], *OLD)
    acting.agent("a.py", *NEW, *OLD)


def _then_a_person(acting: Actors) -> None:
    acting.agent("a.py", *NEW, *OLD)
    acting.person("a.py", NEW[0], "mine = 1", *NEW[2:], *OLD)


def _person_first(acting: Actors) -> None:
    acting.person("a.py", "mine = 1", *OLD)
    acting.agent("a.py", "mine = 1", *NEW, *OLD)


def _with_editor(acting: Actors) -> None:
    acting.agent("a.py", *NEW, *OLD)
    acting.editor("a.py", *NEW, "mine = 1", *OLD)


def _formatted(acting: Actors) -> None:
    acting.agent("a.py", *NEW, *OLD)
    acting.person("a.py", *(f"    {line.replace(' = ', '=')}" for line in NEW), *OLD)


def _formatted_by_the_agent(acting: Actors) -> None:
    acting.person("a.py", "mine = call(1, 2)", *OLD)
    acting.agent("a.py", "    mine=call(1,2)", *NEW, *OLD)


def _rewrapped(acting: Actors) -> None:
    acting.agent("a.py", "value = call(first, second, third)", *OLD)
    acting.person("a.py", "value = call(", "    first,", "    second,", "    third,", ")", *OLD)


def _moved(acting: Actors) -> None:
    acting.agent("a.py", *NEW, *OLD)
    acting.person("a.py", *OLD, *NEW)


def _agent_moves_what_is_not_its_own(acting: Actors) -> None:
    acting.agent("a.py", *OLD[3:], *OLD[:3], *NEW)


def _undone(acting: Actors) -> None:
    acting.agent("a.py", *NEW, *OLD)
    acting.agent("a.py", *OLD)
    acting.person("a.py", "mine = 1", *OLD)


def _stashed(acting: Actors) -> None:
    acting.agent("a.py", *NEW, *OLD)
    acting.repository.git("stash", "-q")
    acting.person("a.py", *OLD, "mine = 1")
    acting.commit()
    acting.repository.git("stash", "pop", "-q")


def _copied_from_elsewhere(acting: Actors) -> None:
    acting.agent("b.py", *NEW)
    acting.commit()
    acting.person("a.py", *NEW, *OLD)


def _common_lines_prove_nothing(acting: Actors) -> None:
    acting.agent("b.py", *NEW, "}", "else:", "return None")
    acting.person("a.py", "}", "else:", "return None", *OLD)


def _renamed(acting: Actors) -> None:
    acting.agent("a.py", *NEW, *OLD)
    acting.repository.stage().git("mv", "a.py", "c.py")


def _shell(acting: Actors) -> None:
    acting.person("b.py", "mine = 1")
    acting.shell("before")
    acting.person("a.py", *NEW, *OLD)
    acting.person("b.py", "mine = 1", *NEW)
    acting.shell("after")


def _shell_that_only_moves_git(acting: Actors) -> None:
    acting.person("a.py", "mine = 1", *OLD)
    acting.repository.git("stash", "-q")
    acting.shell("before")
    acting.repository.git("stash", "pop", "-q")
    acting.shell("after")


def _shell_that_renames(acting: Actors) -> None:
    acting.shell("before")
    acting.repository.git("mv", "a.py", "c.py")
    acting.person("c.py", *OLD, *NEW)
    acting.shell("after")


def _shell_that_renames_what_was_renamed(acting: Actors) -> None:
    acting.repository.git("mv", "a.py", "b.py")
    acting.repository.git("reset", "-q")
    acting.shell("before")
    (acting.repository.path / "b.py").rename(acting.repository.path / "c.py")
    acting.person("c.py", *OLD, *NEW)
    acting.shell("after")


def _after_without_before(acting: Actors) -> None:
    acting.person("a.py", *NEW, *OLD)
    acting.agent("b.py", "x = 1")
    acting.journal.database.write(lambda connection: connection.execute("DELETE FROM event WHERE kind = 'before'"))


def _reset(acting: Actors) -> None:
    acting.agent("a.py", *NEW, *OLD)
    acting.commit()
    acting.repository.git("reset", "-q", "--soft", "HEAD^")


def _stashed_before_an_editor_saves(acting: Actors) -> None:
    acting.agent("a.py", *NEW, *OLD)
    acting.repository.git("stash", "-q")
    acting.editor("a.py", *OLD, "mine = 1")
    acting.commit()
    acting.repository.git("stash", "pop", "-q")
    acting.editor("a.py", *NEW, *OLD, "mine = 1", "mine = 2")


def _in_a_file_that_has_another_name_on_the_other_branch(acting: Actors) -> None:
    acting.repository.git("checkout", "-q", "-b", "topic")
    acting.agent("a.py", *NEW[:2], *OLD)
    acting.commit()
    acting.repository.git("checkout", "-q", "main")
    acting.shell("before")
    acting.repository.git("mv", "a.py", "c.py")
    acting.person("c.py", *OLD, *NEW[2:])
    acting.shell("after")
    acting.commit()
    acting.repository.git("merge", "-q", "--squash", "topic")


def _partly_staged(acting: Actors) -> None:
    acting.agent("a.py", *NEW[:2], *OLD, *NEW[2:])
    acting.repository.git("commit", "-q", "--allow-empty", "-m", "x")
    staged = "".join(f"{line}\n" for line in (*NEW[:2], *OLD)).encode()
    blob = acting.repository.git("hash-object", "-w", "--stdin", input=staged).stdout.strip()
    acting.repository.git("update-index", "--cacheinfo", f"100644,{blob},a.py")


@pytest.mark.parametrize(
    ("act", "expected"),
    [
        (_in_two_steps, {"a.py": "aaaa------"}),
        (_then_a_person, {"a.py": "auaa------"}),
        (_person_first, {"a.py": "uaaaa------"}),
        (_with_editor, {"a.py": "aaaah------"}),
        (_formatted, {"a.py": "aaaa------"}),
        (_formatted_by_the_agent, {"a.py": "uaaaa------"}),
        (_rewrapped, {"a.py": "aaaaa------"}),
        (_moved, {"a.py": "------aaaa"}),
        (_agent_moves_what_is_not_its_own, {"a.py": "---uuuaaaa"}),
        (_undone, {"a.py": "u------"}),
        (_stashed, {"a.py": "aaaa-------"}),
        (_copied_from_elsewhere, {"a.py": "aaaa------"}),
        (_common_lines_prove_nothing, {"a.py": "uuu------", "b.py": "aaaaaaa"}),
        (_renamed, {"c.py": "aaaa------"}),
        (_shell, {"a.py": "aaaa------", "b.py": "uaaaa"}),
        (_shell_that_only_moves_git, {"a.py": "u------"}),
        (_shell_that_renames, {"c.py": "------aaaa"}),
        (_shell_that_renames_what_was_renamed, {"c.py": "------aaaa"}),
        (_after_without_before, {"a.py": "uuuu------", "b.py": "u"}),
        (_reset, {"a.py": "aaaa------"}),
        (_stashed_before_an_editor_saves, {"a.py": "aaaa-------h"}),
        (_in_a_file_that_has_another_name_on_the_other_branch, {"c.py": "aa--------"}),
    ],
)
def test_staged_lines_have_their_authors(actors: Actors, act: Act, expected: dict[str, str]) -> None:
    act(actors)
    actors.repository.stage()

    assert actors.staged() == expected


def test_a_part_that_is_staged_keeps_its_author(actors: Actors) -> None:
    _partly_staged(actors)

    assert actors.staged() == {"a.py": "aa------"}


def test_an_author_is_told_whole(actors: Actors) -> None:
    actors.agent("b.py", *NEW)
    with Attributor.of(found(actors.repository)) as attributor:
        file = buffer("b.py", "".join(f"{line}\n" for line in NEW), None)

        assert attributor.stretches(file) == (Stretch(1, 4, AGENT),)


def test_every_line_is_told_of_once_and_in_order(actors: Actors) -> None:
    actors.agent("a.py", *NEW, *OLD)
    text = "\n".join([*NEW, "mine = 1", *OLD])  # without a line end
    with Attributor.of(found(actors.repository)) as attributor:
        stretches = attributor.stretches(buffer("a.py", text, None))

    assert [number for one in stretches for number in range(one.first, one.last + 1)] == [*range(1, 12)]


@pytest.mark.parametrize("data", [b"", b"\n", b"\xff\xfe\n", b"a\r\nb\rc\n", "\ufeffx\n".encode(), b"x" * 100_000])
def test_any_content_is_told_of(actors: Actors, data: bytes) -> None:
    with Attributor.of(found(actors.repository)) as attributor:
        stretches = attributor.stretches(FileChange("x", Content(data)))

    assert {one.author.state for one in stretches} <= {State.UNTRACKED}


def test_a_clone_knows_from_notes_alone(actors: Actors) -> None:
    start = actors.repository.git("rev-parse", "HEAD").stdout.strip()
    actors.agent("a.py", *NEW, *OLD)
    first = actors.commit()
    actors.person("a.py", "mine = 1", *NEW, *OLD)
    second = actors.commit()
    actors.journal.database.file.unlink()

    repository = found(actors.repository)
    with Attributor.of(repository, [first, second]) as attributor:
        change = commits(repository, f"{start}..HEAD", Limits())
        said = [letters(file, attributor) for file in change.entries if isinstance(file, FileChange)]
    assert said[0] == "uaaaa------"


def test_a_squash_of_a_forge_is_known_by_its_lines(actors: Actors) -> None:
    repository = actors.repository
    repository.git("checkout", "-q", "-b", "topic")
    actors.agent("a.py", *NEW, *OLD)
    actors.commit()
    repository.git("checkout", "-q", "main")
    repository.git("merge", "-q", "--squash", "topic")
    squashed = actors.commit(note=False)
    repository.git("branch", "-q", "-D", "topic")
    actors.journal.database.file.unlink()

    place = found(repository)
    with Attributor.of(place, [squashed]) as attributor:
        change = commits(place, "HEAD^..HEAD", Limits())
        said = [letters(file, attributor) for file in change.entries if isinstance(file, FileChange)]
    assert said == ["aaaa------"]


@pytest.mark.parametrize(("claimed", "expected"), [(NEW, "aaaa------"), (numbered("false", 4), "uuuu------")])
def test_a_note_is_believed_only_where_its_lines_are(actors: Actors, claimed: list[str], expected: str) -> None:
    repository = actors.repository
    actors.person("a.py", *NEW, *OLD)
    commit = actors.commit(note=False)
    hunk = MarkedHunk(digest(claimed) or "", "a.py", 1, 4, AGENT, tuple(claimed))
    place = found(repository)
    write_note(place, commit, [NotedHunk.of(hunk, [*claimed, *OLD])])

    for named in ([commit], []):
        with Attributor.of(place, named) as attributor:
            change = commits(place, "HEAD^..HEAD", Limits())
            (file,) = (file for file in change.entries if isinstance(file, FileChange))
            assert letters(file, attributor, None if named else commit) == expected


def test_marks_of_agents_on_commits_are_a_suspicion(actors: Actors) -> None:
    repository = actors.repository
    actors.person("a.py", *NEW, *OLD)
    trailer = "Co-Authored-By: Claude Opus <noreply@anthropic.com>"
    repository.stage().commit("change", "-m", trailer)
    commit = repository.git("rev-parse", "HEAD").stdout.strip()

    place = found(repository)
    for named in ([commit], []):
        with Attributor.of(place, named) as attributor:
            change = commits(place, "HEAD^..HEAD", Limits())
            (file,) = (file for file in change.entries if isinstance(file, FileChange))
            assert letters(file, attributor, None if named else commit) == "ssss------"
            author = attributor.stretches(file, commit=commit)[0].author
            assert author == Author(State.SUSPECTED, "claude", at=author.at)
