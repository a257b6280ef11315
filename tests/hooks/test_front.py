"""A folder of ours in front of another: what git would run without it keeps running, and nothing of it is left afterwards."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

from countermark.errors import PartFailed
from countermark.provenance.where import NOTES
from countermark_hooks.front import stand, step_aside
from countermark_hooks.install import install, install_everywhere, uninstall, uninstall_everywhere
from countermark_hooks.script import EVERY_HOOK, OFTEN, OURS
from countermark_hooks.survey import State, Way, survey, survey_machine
from tests.support import Repository

from .state import found, hooks_and_settings, write_script

NOTHING = "#!/bin/sh\n"  # stands in for Python where only the chain matters


@pytest.fixture
def python(tmp_path: Path) -> Path:
    return write_script(tmp_path / "python", "#!/bin/sh\necho ours >&2\n")


def husky(repository: Repository) -> None:
    """What `npx husky` of version 9 does, each time that it runs."""
    repository.git("config", "core.hooksPath", ".husky/_")
    folder = repository.path / ".husky" / "_"
    write_script(
        folder / "h",
        '#!/usr/bin/env sh\ns=$(dirname "$(dirname "$0")")/$(basename "$0")\nif [ -f "$s" ]; then sh -e "$s" "$@"; fi\n',
    )
    for hook in ("pre-commit", "commit-msg", "pre-push", "post-commit"):
        write_script(folder / hook, '#!/usr/bin/env sh\n. "$(dirname "$0")/h"')


def with_husky(repository: Repository) -> None:
    husky(repository)
    for hook in ("pre-commit", "commit-msg", "post-commit"):
        repository.write(f".husky/{hook}", f"echo husky {hook} >&2\n")


def said(repository: Repository, *, cwd: Path | None = None) -> list[str]:
    """What the hooks of a commit say, one word or two a line."""
    done = subprocess.run(
        ["git", "commit", "--allow-empty", "-q", "-m", "x"], cwd=cwd or repository.path, env=repository.env,
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    return done.stderr.splitlines()


BOTH = ["husky pre-commit", "ours", "husky commit-msg", "ours", "husky post-commit"]


def test_husky_keeps_running_and_survives_its_next_installation(repository: Repository, python: Path) -> None:
    with_husky(repository)
    was = hooks_and_settings(repository)
    worktree = repository.git("status", "--porcelain").stdout

    stand(found(repository), python)

    assert said(repository) == BOTH
    husky(repository)
    assert said(repository) == BOTH
    assert repository.git("status", "--porcelain").stdout == worktree  # no file of the worktree was touched
    step_aside(found(repository))
    assert hooks_and_settings(repository) == was
    assert said(repository) == ["husky pre-commit", "husky commit-msg", "husky post-commit"]


def test_twice_is_as_good_as_once(repository: Repository, python: Path) -> None:
    with_husky(repository)
    was = hooks_and_settings(repository)
    stand(found(repository), python)
    once = hooks_and_settings(repository)

    stand(found(repository), python)

    assert hooks_and_settings(repository) == once
    step_aside(found(repository))
    assert hooks_and_settings(repository) == was


def test_a_failing_hook_stops_git_before_ours(repository: Repository, python: Path) -> None:
    with_husky(repository)
    repository.write(".husky/pre-commit", "exit 4\n")
    stand(found(repository), python)

    done = repository.git("commit", "--allow-empty", "-m", "x", check=False)

    assert done.returncode == 1
    assert "ours" not in done.stderr


def test_linked_worktrees_run_the_same(repository: Repository, python: Path, tmp_path: Path) -> None:
    with_husky(repository)
    repository.stage().commit()
    stand(found(repository), python)
    repository.git("worktree", "add", "-q", str(tmp_path / "linked"))

    lines = said(repository, cwd=tmp_path / "linked")

    assert lines.count("ours") == 2
    assert survey(found(repository, tmp_path / "linked")).way is Way.IN_FRONT


def test_a_moved_repository_runs_what_it_ran_before(repository: Repository, python: Path, tmp_path: Path) -> None:
    with_husky(repository)
    stand(found(repository), python)
    moved = repository.path.rename(tmp_path / "elsewhere")
    repository.path = moved

    assert said(repository) == ["husky pre-commit", "husky commit-msg", "husky post-commit"]
    assert survey(found(repository)).way is Way.NONE
    stand(found(repository), python)
    assert said(repository) == BOTH


@pytest.mark.parametrize(
    "name", ["with space", "br[ack]et*", "que?tion", "qu'o\"te", "back\\slash", "ümläut", "#hash;semi"]
)
def test_any_folder_name(name: str, tmp_path: Path, home: Path, python: Path) -> None:
    repository = Repository(tmp_path / name, home)
    with_husky(repository)
    was = hooks_and_settings(repository)

    stand(found(repository), python)

    assert said(repository) == BOTH
    step_aside(found(repository))
    assert hooks_and_settings(repository) == was


def test_something_that_sets_hooks_path_after_us_is_an_error_and_leaves_nothing(
    repository: Repository, python: Path
) -> None:
    with_husky(repository)
    repository.git("config", "extensions.worktreeConfig", "true")
    repository.git("config", "--worktree", "core.hooksPath", ".husky")
    was = hooks_and_settings(repository)

    with pytest.raises(PartFailed, match=r"core\.hooksPath"):
        stand(found(repository), python)

    assert hooks_and_settings(repository) == was


@pytest.mark.parametrize("hook", [hook for hook in EVERY_HOOK if hook not in OURS])
def test_every_other_hook_is_passed_on(hook: str, repository: Repository, python: Path) -> None:
    write_script(repository.path / ".git/hooks" / hook, '#!/bin/sh\necho "$# $1"; cat; exit 5\n')
    stand(found(repository), python)
    script = repository.path / ".git/countermark-hooks" / hook

    done = subprocess.run(
        [script, "a b"],
        cwd=repository.path,
        env=repository.env,
        input="in\n",
        capture_output=True,
        text=True,
        check=False,
    )

    assert (done.returncode, done.stdout, done.stderr) == (5, "1 a b\nin\n", "")


def test_without_the_hook_git_updates_the_worktree_that_is_pushed_to(
    repository: Repository, python: Path, tmp_path: Path, home: Path
) -> None:
    """Git would leave that to a push-to-checkout hook if it merely exists."""
    repository.write("a", "1\n").stage().commit()
    repository.git("config", "receive.denyCurrentBranch", "updateInstead")
    stand(found(repository), python)
    other = Repository(tmp_path / "other", home, init=False)
    other.git("clone", "-q", str(repository.path), ".")
    other.write("a", "2\n").stage().commit()

    other.git("push", "-q")

    assert (repository.path / "a").read_text() == "2\n"
    assert repository.git("status", "--porcelain").stdout == ""
    repository.write("a", "local\n")
    other.write("a", "3\n").stage().commit()
    assert other.git("push", "-q", check=False).returncode != 0
    assert (repository.path / "a").read_text() == "local\n"


@pytest.mark.parametrize("hook", OFTEN)
def test_what_git_runs_often_costs_nothing_where_nobody_needs_it(
    hook: str, repository: Repository, python: Path
) -> None:
    stand(found(repository), python)

    assert not (repository.path / ".git/countermark-hooks" / hook).exists()


# For the whole machine.


@pytest.fixture
def machine(monkeypatch: pytest.MonkeyPatch, repository: Repository) -> Path:
    """The home folder of somebody who uses this machine."""
    for key in [*os.environ]:
        if key.startswith(("GIT_", "XDG_")):
            monkeypatch.delenv(key)
    for key, value in repository.env.items():
        monkeypatch.setenv(key, value)
    return Path(repository.env["HOME"])


def our_lines(repository: Repository) -> list[str]:
    done = repository.git("commit", "--allow-empty", "-m", "x", check=False)
    return [line for line in done.stderr.splitlines() if line.startswith("mine")]


def test_the_whole_machine(repository: Repository, machine: Path) -> None:
    write_script(repository.path / ".git/hooks/pre-commit", '#!/bin/sh\necho "mine pre-commit" >&2\n')
    write_script(repository.path / ".git/hooks/post-commit", '#!/bin/sh\necho "mine post-commit" >&2\n')

    for _ in range(2):
        install_everywhere(machine, repository.env)

    surveyed = survey(found(repository))
    assert (surveyed.way, surveyed.complete) == (Way.MACHINE, True)
    assert our_lines(repository)[:1] == ["mine pre-commit"]
    assert repository.git("config", "--global", "core.hooksPath").stdout.strip() == str(
        survey_machine(machine, repository.env)
    )
    uninstall_everywhere(machine, repository.env)
    assert repository.git("config", "core.hooksPath", check=False).returncode == 1
    assert survey_machine(machine, repository.env) is None
    assert our_lines(repository) == ["mine pre-commit", "mine post-commit"]


def test_a_hooks_path_that_the_user_had_runs_on_and_comes_back(repository: Repository, machine: Path) -> None:
    write_script(machine / "my hooks" / "pre-commit", '#!/bin/sh\necho "mine pre-commit" >&2\n')
    repository.git("config", "--global", "core.hooksPath", "~/my hooks")
    was = (machine / ".gitconfig").read_bytes()

    install_everywhere(machine, repository.env)

    assert our_lines(repository) == ["mine pre-commit"]
    uninstall_everywhere(machine, repository.env)
    assert (machine / ".gitconfig").read_bytes() == was
    assert our_lines(repository) == ["mine pre-commit"]


@pytest.mark.parametrize("value", [None, "refs/notes/*", NOTES])
def test_for_the_whole_machine_git_copies_notes_too(repository: Repository, machine: Path, value: str | None) -> None:
    if value:
        repository.git("config", "--global", "notes.rewriteRef", value)
    before = machine / ".gitconfig"
    was = before.read_bytes() if before.exists() else b""

    for _ in range(2):
        install_everywhere(machine, repository.env)
    assert repository.git("config", "--get-all", "notes.rewriteRef").stdout.split() == [value or NOTES]

    uninstall_everywhere(machine, repository.env)
    assert before.read_bytes() == was
    uninstall_everywhere(machine, repository.env)
    assert before.read_bytes() == was


def test_a_repository_leaves_the_setting_of_the_machine(repository: Repository, machine: Path) -> None:
    install_everywhere(machine, repository.env)
    install(found(repository))
    uninstall(found(repository))

    assert repository.git("config", "--global", "notes.rewriteRef").stdout.strip() == NOTES


def test_where_the_machine_checks_a_repository_needs_nothing(repository: Repository, machine: Path) -> None:
    install_everywhere(machine, repository.env)
    was = hooks_and_settings(repository)

    notes = install(found(repository))

    assert len(notes) == 1
    assert hooks_and_settings(repository) == was


def test_a_repository_with_its_own_hooks_path_is_reported_as_not_checked(repository: Repository, machine: Path) -> None:
    install_everywhere(machine, repository.env)
    with_husky(repository)

    surveyed = survey(found(repository))

    assert surveyed.way is Way.NONE
    install(found(repository))
    assert survey(found(repository)).way is Way.IN_FRONT
    uninstall(found(repository))
    assert survey(found(repository)).way is Way.NONE


def test_installed_in_both_ways_it_checks_once(repository: Repository, machine: Path, python: Path) -> None:
    write_script(repository.path / ".git/hooks/pre-commit", '#!/bin/sh\necho "mine pre-commit" >&2\n')
    install(found(repository))
    install_everywhere(machine, repository.env)
    for folder in (repository.path / ".git/hooks", survey(found(repository)).folder):
        hook = folder / "pre-commit"
        hook.write_text(hook.read_text().replace("\npython=", f"\npython={python} #"))

    done = repository.git("commit", "--allow-empty", "-m", "x", check=False)

    assert done.stderr.splitlines()[:2] == ["mine pre-commit", "ours"]
    assert done.stderr.splitlines().count("ours") == 1


def test_hooks_that_hooks_path_hides_are_reported(repository: Repository) -> None:
    install(found(repository))
    with_husky(repository)

    assert {hook.state for hook in survey(found(repository)).hooks} == {State.HIDDEN}
    install(found(repository))
    assert survey(found(repository)).complete
    uninstall(found(repository))
    assert not list((repository.path / ".git/hooks").glob("pre-commit"))


@pytest.mark.parametrize("place", ["main", "below", "linked", "submodule", "bare"])
def test_the_machines_hooks_find_the_repositorys_own(
    place: str, repository: Repository, machine: Path, tmp_path: Path, home: Path
) -> None:
    """They do so without git, which would cost a process for every ref that is written."""
    repository.write("deep/a", "1\n").stage().commit()
    Repository(tmp_path / "library", home).commit()
    repository.git("-c", "protocol.file.allow=always", "submodule", "add", "-q", str(tmp_path / "library"), "lib")
    repository.git("worktree", "add", "-q", str(tmp_path / "linked"))
    repository.git("clone", "-q", "--bare", str(repository.path), str(tmp_path / "bare.git"))
    own = {"submodule": repository.path / ".git/modules/lib", "bare": tmp_path / "bare.git"}
    write_script(own.get(place, repository.path / ".git") / "hooks/reference-transaction", "#!/bin/sh\necho mine >&2\n")
    install_everywhere(machine, repository.env)
    folders = {"below": "deep", "linked": tmp_path / "linked", "submodule": "lib", "bare": tmp_path / "bare.git"}

    done = repository.git("-C", str(folders.get(place, ".")), "branch", f"new-{place}")

    assert "mine" in done.stderr
