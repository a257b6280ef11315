"""The pre-commit hook through real commits: it judges what will be committed, is quiet when all is well, and stops a leak."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from countermark_hooks.install import install
from tests.support import Repository, fake_aws_key, fake_github_token

from .conftest import Ended
from .state import found, run_hook
from .test_install import AS_A_PERSON

LEAK = f"key = '{fake_aws_key()}'\n"
CLEAN = "region = 'eu-west-1'\n"


def commit(repository: Repository, *arguments: str, cwd: Path | None = None) -> subprocess.CompletedProcess[str]:
    command = ["git", "commit", "-m", "change", *arguments]
    return subprocess.run(
        command, cwd=cwd or repository.path, env=repository.env, capture_output=True, text=True, check=False
    )


def test_a_clean_commit_hears_nothing(hooked: Repository) -> None:
    hooked.write("settings.py", CLEAN).stage()

    done = commit(hooked, "-q")

    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_a_leak_is_stopped_and_explained_but_never_shown(hooked: Repository) -> None:
    hooked.write("settings.py", f"{CLEAN}{LEAK}token = '{fake_github_token()}'\n").stage()

    done = commit(hooked)

    assert done.returncode == 1
    assert "settings.py" in done.stderr
    assert "secrets/aws-access-key-id" in done.stderr
    assert "the commit was stopped" in done.stderr
    assert fake_aws_key() not in done.stderr
    assert fake_github_token() not in done.stderr
    hooked.write("settings.py", CLEAN).stage()
    assert commit(hooked).returncode == 0


@pytest.mark.parametrize(
    ("staged", "worktree", "blocked"),
    [(LEAK, CLEAN, True), (CLEAN, LEAK, False), (LEAK, None, True)],
    ids=["leak staged, clean since", "clean staged, leak since", "leak staged, deleted since"],
)
def test_only_staged_bytes_count(hooked: Repository, staged: str, worktree: str | None, *, blocked: bool) -> None:
    hooked.write("settings.py", staged).stage("settings.py")
    hooked.write("settings.py", worktree)

    assert (commit(hooked).returncode == 1) is blocked


def test_commit_a_judges_what_it_stages(hooked: Repository) -> None:
    hooked.write("README", LEAK)

    assert commit(hooked, "-a").returncode == 1


def test_commit_of_a_path_judges_that_path_alone(hooked: Repository) -> None:
    hooked.write("leak.py", LEAK).write("clean.py", CLEAN).stage()

    assert commit(hooked, "clean.py").returncode == 0
    assert commit(hooked, "leak.py").returncode == 1


def test_amending_judges_the_whole_new_commit(hooked: Repository) -> None:
    hooked.write("leak.py", LEAK).stage()

    assert commit(hooked, "--amend").returncode == 1


def test_the_first_commit_of_a_repository(repository: Repository) -> None:
    install(found(repository))
    repository.write("leak.py", LEAK).stage()

    assert commit(repository).returncode == 1
    repository.write("leak.py", CLEAN).stage()
    assert commit(repository).returncode == 0


@pytest.mark.parametrize("arguments", [(), ("--allow-empty",)])
def test_nothing_staged(hooked: Repository, arguments: tuple[str, ...]) -> None:
    assert commit(hooked, *arguments).returncode == (0 if arguments else 1)
    assert "countermark" not in commit(hooked, *arguments).stderr


def test_a_deletion_and_a_rename_are_no_leaks(hooked: Repository) -> None:
    hooked.write("old.py", LEAK).write("gone.py", LEAK).stage().commit()
    hooked.git("mv", "old.py", "new.py")
    hooked.git("rm", "-q", "gone.py")

    assert commit(hooked, "-q").returncode == 0


def test_a_detached_head(hooked: Repository) -> None:
    hooked.git("checkout", "-q", "--detach")
    hooked.write("leak.py", LEAK).stage()

    assert commit(hooked).returncode == 1


def test_a_merge_in_progress(hooked: Repository) -> None:
    hooked.git("checkout", "-q", "-b", "other")
    hooked.write("README", "theirs\n").stage().commit()
    hooked.git("checkout", "-q", "main")
    hooked.write("README", "ours\n").stage().commit()
    hooked.git("merge", "other", check=False)
    hooked.write("README", f"both\n{LEAK}").stage()

    assert commit(hooked).returncode == 1
    hooked.write("README", "both\n").stage()
    assert commit(hooked).returncode == 0


def test_a_rebase_in_progress(hooked: Repository) -> None:
    hooked.write("README", "second\n").stage().commit()
    hooked.git("rebase", "-q", "-i", "HEAD~1", env={"GIT_SEQUENCE_EDITOR": "sed -i 1s/^pick/edit/"})
    hooked.write("leak.py", LEAK).stage()

    assert commit(hooked, "--amend").returncode == 1
    # `git rebase --continue` would commit it: git runs no pre-commit hook there. The pre-push hook sees it (test_pre_push.py).


def test_a_linked_worktree(hooked: Repository, tmp_path: Path) -> None:
    hooked.git("worktree", "add", "-q", str(tmp_path / "linked"))
    (tmp_path / "linked" / "leak.py").write_text(LEAK)
    hooked.git("-C", str(tmp_path / "linked"), "add", "leak.py")

    assert commit(hooked, cwd=tmp_path / "linked").returncode == 1
    assert commit(hooked, "--allow-empty").returncode == 0


def test_a_submodule(hooked: Repository, tmp_path: Path, home: Path) -> None:
    Repository(tmp_path / "library", home).commit()
    hooked.git("-c", "protocol.file.allow=always", "submodule", "add", "-q", str(tmp_path / "library"), "lib")
    install(found(hooked, hooked.path / "lib"))
    (hooked.path / "lib" / "leak.py").write_text(LEAK)
    hooked.git("-C", str(hooked.path / "lib"), "add", "leak.py")

    assert commit(hooked, cwd=hooked.path / "lib").returncode == 1
    assert commit(hooked).returncode == 0  # the pointer to it is no file


def test_from_a_folder_below(hooked: Repository) -> None:
    hooked.write("deep/down/leak.py", LEAK).stage()

    assert commit(hooked, cwd=hooked.path / "deep/down").returncode == 1


@pytest.mark.parametrize(
    "name",
    [
        b"new\nline.py",
        b"quo'te\".py",
        "smile\N{GRINNING FACE}.py".encode(),
        b"-rf.py",
        "\u202egnp.py".encode(),
        b"\xff\xfe.py",
        b"esc\x1b[31m.py",
        b" .py",
    ],
)
def test_names_that_try_to_confuse(name: bytes, hooked: Repository, hook: Callable[..., Ended]) -> None:
    Path(os.fsdecode(os.fsencode(hooked.path) + b"/" + name)).write_text(LEAK)
    hooked.stage()

    ended = hook("pre-commit")

    assert ended.code == 1
    assert not set("\x1b\u202e\udcff") & set(ended.said)
    assert hook("pre-commit", os.fsdecode(name)).code == 1
    hooked.commit()
    assert hook("pre-commit", os.fsdecode(name)).code == 1  # as pre-commit's --all-files names it


@pytest.mark.parametrize(
    ("staged", "worktree", "blocked"),
    [
        ("exclude = ['leak.py']", "", False),
        ("", "exclude = ['leak.py']", True),
        (None, "exclude = ['leak.py']", False),
        (None, None, True),
    ],
    ids=["staged", "staged otherwise", "not tracked", "none"],
)
def test_a_change_is_judged_by_the_settings_that_are_committed_with_it(
    staged: str | None, worktree: str | None, hooked: Repository, *, blocked: bool
) -> None:
    if staged is not None:
        hooked.write("countermark.toml", staged).stage()
    if worktree is not None:
        hooked.write("countermark.toml", worktree)
    hooked.write("leak.py", LEAK).stage("leak.py")

    assert (commit(hooked).returncode == 1) is blocked


def test_faulty_settings_stop_the_commit_with_every_fault(hooked: Repository) -> None:
    hooked.write("countermark.toml", "policiy = 1\n[limits]\nfile-bytes = 'many'\n").stage()

    done = run_hook(hooked, "pre-commit")

    assert done.returncode == 2
    assert len(done.stderr.splitlines()) == 3
    assert "policiy" in done.stderr
    assert "limits.file-bytes" in done.stderr


def test_the_baseline_that_is_staged_counts(hooked: Repository) -> None:
    hooked.write("leak.py", LEAK)
    assert hooked.countermark("baseline", "create").returncode == 0
    hooked.stage()

    assert commit(hooked).returncode == 0
    hooked.write("leak.py", LEAK + f"other = '{fake_aws_key('another')}'\n").stage()
    assert commit(hooked).returncode == 1


def test_a_warning_is_shown_and_stops_nothing(hooked: Repository) -> None:
    hooked.write("countermark.toml", "[rules.'secrets/*']\nlevel = 'warn'\n").write("leak.py", LEAK).stage()

    done = commit(hooked)

    assert done.returncode == 0
    assert "secrets/aws-access-key-id" in done.stderr


def test_two_hooks_at_once_without_any_cache(hooked: Repository, tmp_path: Path) -> None:
    hooked.write("leak.py", LEAK).stage()
    with ThreadPoolExecutor() as pool:
        jobs = [pool.submit(run_hook, hooked, "pre-commit", XDG_CACHE_HOME=str(tmp_path / "fresh")) for _ in range(2)]

    done = [job.result() for job in jobs]
    assert [one.returncode for one in done] == [1, 1], [one.stderr for one in done]


def test_a_read_only_repository_is_judged_all_the_same(hooked: Repository) -> None:
    hooked.write("leak.py", LEAK).stage()
    folders = [hooked.path / ".git", *(path for path in (hooked.path / ".git").rglob("*") if path.is_dir())]
    for folder in folders:
        folder.chmod(0o555)

    done = subprocess.run(
        [*AS_A_PERSON, hooked.path / ".git/hooks/pre-commit"], cwd=hooked.path, env=hooked.env, capture_output=True,
        check=False,
    )  # fmt: skip

    for folder in folders:
        folder.chmod(0o755)
    assert done.returncode == 1


def test_no_repository(hooked: Repository, tmp_path: Path) -> None:
    done = run_hook(hooked, "pre-commit", cwd=tmp_path)

    assert done.returncode == 2
    assert "no git repository" in done.stderr


def test_a_bare_repository(hooked: Repository, tmp_path: Path) -> None:
    hooked.git("init", "-q", "--bare", str(tmp_path / "bare.git"))

    done = run_hook(hooked, "pre-commit", cwd=tmp_path / "bare.git")

    assert done.returncode == 2


def test_a_broken_index_is_never_clean(hooked: Repository) -> None:
    (hooked.path / ".git/index").write_bytes(b"DIRC\0\0\0\2garbage")

    done = run_hook(hooked, "pre-commit")

    assert done.returncode == 3
    assert "--no-verify" in done.stderr


def test_a_huge_sparse_file_of_the_worktree_costs_nothing(hooked: Repository) -> None:
    with (hooked.path / "huge.bin").open("wb") as file:
        file.truncate(2_000_000_000)
    hooked.write("leak.py", LEAK)

    assert run_hook(hooked, "pre-commit", "huge.bin").returncode == 0
    assert run_hook(hooked, "pre-commit", "huge.bin", "leak.py").returncode == 1
