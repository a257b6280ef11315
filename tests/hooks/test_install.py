"""Installing where git's own folder, a link, a submodule, a bare or a read-only repository asks for something else."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from countermark.errors import UsageError
from countermark_hooks.chain import aside
from countermark_hooks.describe import describe
from countermark_hooks.install import install, uninstall
from countermark_hooks.script import CHECKED, OURS, read_mark
from countermark_hooks.survey import State, Way, survey
from tests.support import Repository

from .state import found, hooks_and_settings, seen, write_script

MINE = "#!/bin/sh\necho mine\n"


def test_install_and_uninstall(repository: Repository) -> None:
    for hook in CHECKED:
        write_script(repository.path / ".git/hooks" / hook, f"{MINE}# {hook}\n")
    was = hooks_and_settings(repository)

    assert install(found(repository)) == ()

    surveyed = survey(found(repository))
    assert (surveyed.way, surveyed.complete) == (Way.IN_PLACE, True)
    assert tuple(hook.hook for hook in surveyed.hooks) == OURS
    assert [hook.interpreter for hook in surveyed.hooks] == [Path(sys.executable)] * 5
    assert uninstall(found(repository)) == ()
    assert hooks_and_settings(repository) == was
    assert not (repository.path / ".git/countermark-install.lock").exists()


def test_a_repository_without_a_hooks_folder(repository: Repository) -> None:
    shutil.rmtree(repository.path / ".git/hooks")

    install(found(repository))

    assert survey(found(repository)).complete


def test_linked_worktrees_share_what_is_installed(repository: Repository, tmp_path: Path) -> None:
    repository.commit()
    repository.git("worktree", "add", "-q", str(tmp_path / "linked"))

    install(found(repository, tmp_path / "linked"))

    assert survey(found(repository)).complete
    assert read_mark(repository.path / ".git/hooks/pre-commit")


def test_a_submodule_has_hooks_of_its_own(repository: Repository, tmp_path: Path, home: Path) -> None:
    Repository(tmp_path / "library", home).commit()
    repository.git("-c", "protocol.file.allow=always", "submodule", "add", "-q", str(tmp_path / "library"), "lib")

    install(found(repository, repository.path / "lib"))

    assert survey(found(repository, repository.path / "lib")).complete
    assert survey(found(repository)).way is Way.NONE
    assert read_mark(repository.path / ".git/modules/lib/hooks/pre-commit")


def test_a_bare_repository_is_refused(repository: Repository, tmp_path: Path) -> None:
    repository.git("init", "-q", "--bare", str(tmp_path / "bare.git"))

    with pytest.raises(UsageError, match="bare"):
        install(found(repository, tmp_path / "bare.git"))


def test_a_hooks_folder_that_is_a_link_to_elsewhere_is_left_alone(repository: Repository) -> None:
    write_script(repository.path / "team-hooks/pre-commit", MINE)
    shutil.rmtree(repository.path / ".git/hooks")
    (repository.path / ".git/hooks").symlink_to("../team-hooks")
    was, theirs = hooks_and_settings(repository), seen(repository.path / "team-hooks")

    install(found(repository))

    assert survey(found(repository)).way is Way.IN_FRONT
    assert seen(repository.path / "team-hooks") == theirs
    assert "mine" in repository.git("commit", "--allow-empty", "-m", "x", check=False).stderr
    uninstall(found(repository))
    assert hooks_and_settings(repository) == was


@pytest.mark.parametrize(
    "text",
    [
        '#!/bin/sh\n[ "$(basename "$0")" = pre-commit ] && echo mine\n',
        f"#!{sys.executable}\nimport os, sys\nif os.path.basename(sys.argv[0]) == 'pre-commit': print('mine')\n",
    ],
)
def test_a_hook_that_asks_for_its_own_name_still_finds_it(text: str, repository: Repository) -> None:
    """As husky before version 5 and overcommit do."""
    write_script(repository.path / ".git/hooks/pre-commit", text)
    was = hooks_and_settings(repository)

    install(found(repository))

    assert survey(found(repository)).complete
    assert "mine" in repository.git("commit", "--allow-empty", "-m", "x", check=False).stderr
    uninstall(found(repository))
    assert hooks_and_settings(repository) == was


def test_two_installations_at_once(repository: Repository) -> None:
    write_script(repository.path / ".git/hooks/pre-commit", MINE)
    was = hooks_and_settings(repository)

    with ThreadPoolExecutor() as pool:
        done = list(pool.map(lambda _: repository.countermark("install"), range(6)))

    assert [(one.returncode, one.stderr) for one in done] == [(0, "")] * 6
    assert survey(found(repository)).complete
    assert aside(repository.path / ".git/hooks/pre-commit").read_text() == MINE
    uninstall(found(repository))
    assert hooks_and_settings(repository) == was


# root may write everywhere unless it gives that up.
AS_A_PERSON = ["setpriv", "--bounding-set=-dac_override,-dac_read_search"] if os.geteuid() == 0 else []


@pytest.mark.skipif(bool(AS_A_PERSON) and shutil.which("setpriv") is None, reason="root, and no setpriv")
def test_a_read_only_git_folder_is_said_plainly(repository: Repository) -> None:
    write_script(repository.path / ".git/hooks/pre-commit", MINE)
    was = hooks_and_settings(repository)
    folders = [repository.path / ".git", *(path for path in (repository.path / ".git").rglob("*") if path.is_dir())]
    for folder in folders:
        folder.chmod(0o555)

    done = subprocess.run(
        [*AS_A_PERSON, sys.executable, "-I", "-m", "countermark_cli", "install"], cwd=repository.path,
        env=repository.env, capture_output=True, text=True, check=False,
    )  # fmt: skip

    for folder in folders:
        folder.chmod(0o755)
    assert done.returncode == 3
    assert "permission denied" in done.stderr
    assert len(done.stderr.splitlines()) == 1
    assert hooks_and_settings(repository) == was


@pytest.mark.parametrize(
    ("break_it", "state", "said"),
    [
        (
            lambda hook: hook.write_text(hook.read_text().replace("python=/", "python=/gone/")),
            State.BROKEN,
            "stops git",
        ),
        (lambda hook: write_script(hook, MINE), State.REPLACED, "gone: somebody wrote"),
        (lambda hook: hook.unlink(), State.MISSING, "not installed"),
    ],
)
def test_what_happened_to_a_hook_since_is_told(
    break_it: Callable[[Path], object], state: State, said: str, repository: Repository
) -> None:
    hook = write_script(repository.path / ".git/hooks/pre-commit", MINE)
    install(found(repository))

    break_it(hook)

    surveyed = survey(found(repository))
    assert surveyed.hooks[0].state is state
    assert not surveyed.complete
    assert any(said in line for line in describe(surveyed, repository.path))


LEFTHOOK = '#!/bin/sh\ncall_lefthook() { echo lefthook; }\ncall_lefthook run "pre-commit" "$@"\n'


def lefthook_installs(repository: Repository, *hooks: str) -> None:
    """What it does to hooks of others, each time that its settings have changed."""
    for hook in hooks:
        path = repository.path / ".git/hooks" / hook
        if path.exists() and b"call_lefthook" not in path.read_bytes():
            path.replace(path.with_name(f"{hook}.old"))
        write_script(path, LEFTHOOK)


def test_lefthook_that_moves_ours_away_while_it_runs_does_not_get_rid_of_us(repository: Repository) -> None:
    lefthook_installs(repository, "pre-commit")
    install(found(repository))
    write_script(  # now it has a change of its settings to follow
        aside(repository.path / ".git/hooks/pre-commit"),
        f"{LEFTHOOK}mv .git/hooks/pre-commit .git/hooks/pre-commit.old; cp -p $0 .git/hooks/pre-commit\n",
    )

    first = repository.git("commit", "--allow-empty", "-m", "x")

    assert "they are installed again" in first.stderr
    assert survey(found(repository)).complete
    assert survey(found(repository)).hooks[0].tool == "lefthook"
    uninstall(found(repository))
    assert not [name for name, (_, data) in hooks_and_settings(repository).items() if b"countermark-hook" in data]


def test_what_is_left_of_ours_brings_the_others_back(repository: Repository) -> None:
    install(found(repository))
    lefthook_installs(repository, "pre-commit", "pre-push")
    assert survey(found(repository)).hooks[0].state is State.REPLACED

    repository.git("commit", "--allow-empty", "-m", "x")  # its commit-msg hook is still ours

    assert survey(found(repository)).complete
