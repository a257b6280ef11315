"""A hooks folder of ours that stands in front of another one: every hook in it passes on to what git would run without it.

For one repository it is named in a file that the repository's own settings include at their end. husky and others write core.hooksPath
whenever they install; git then changes the value that is there, and ours, which comes later, still counts. The include holds for the
repository's place alone: where the repository has moved to, the hooks from before run, and no folder that is gone is named.

For the whole machine it is one more value of core.hooksPath in the user's settings; git uses the last, and taking ours away brings back
the value before it.
"""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path

from countermark.errors import PartFailed
from countermark.files import write_atomically
from countermark.git.process import executable, git
from countermark.git.repository import Repository

from .gitconfig import HooksPath, hooks_paths, settings
from .script import EVERY_HOOK, FRONT, OFTEN, in_front

_INCLUDED = f"{FRONT}/included.config"


def folder_of(repository: Repository) -> Path:
    """Where the folder of one repository lies; linked worktrees share it."""
    return repository.common_dir / FRONT


def stand(repository: Repository, python: Path) -> None:
    """Put ours in front of whatever core.hooksPath names in this repository."""
    folder = folder_of(repository)
    _write_scripts(folder, python, repository)
    included = f"# Made by `countermark install`.\n[core]\n\thooksPath = {_quoted(folder.as_posix())}\n"
    write_atomically(repository.common_dir / _INCLUDED, included.encode("utf-8", "surrogateescape"))
    if _counts(folder, repository.root, repository.environ):
        return
    _stop_including(repository)
    for condition in _conditions(repository.common_dir):
        repository.git("config", "--local", "--add", f"includeIf.{condition}.path", _INCLUDED)
    if not _counts(folder, repository.root, repository.environ):
        step_aside(repository)
        raise PartFailed(
            "git would still run other hooks: something sets core.hooksPath after this repository's settings"
        )


def step_aside(repository: Repository) -> None:
    """Take ours away; git runs what it ran before."""
    _stop_including(repository)
    _remove_scripts(folder_of(repository))


def stand_everywhere(folder: Path, python: Path, *, home: Path, environ: Mapping[str, str]) -> None:
    """Put ours in front for every repository of this user that names no hooks folder of its own."""
    before = [path.value for path in hooks_paths(home, environ) if not path.is_ours]
    _write_machine_scripts(folder, python, str(Path(before[-1]).expanduser()) if before else "")
    if _counts(folder, home, environ):
        return
    _unset_everywhere(home, environ)
    git(["config", "--global", "--add", "core.hooksPath", folder.as_posix()], cwd=home, environ=environ)
    if not _counts(folder, home, environ):
        step_aside_everywhere(folder, home=home, environ=environ)
        raise PartFailed("git would still run other hooks: something sets core.hooksPath after your own settings")


def step_aside_everywhere(folder: Path, *, home: Path, environ: Mapping[str, str]) -> None:
    """Take ours away; the value from before counts again."""
    _unset_everywhere(home, environ)
    _remove_scripts(folder)


def _unset_everywhere(home: Path, environ: Mapping[str, str]) -> None:
    for path in hooks_paths(home, environ):
        if path.scope == "global" and path.is_ours:
            command = ["config", "--global", "--fixed-value", "--unset-all", "core.hooksPath", path.value]
            git(command, cwd=home, environ=environ)


def _write_scripts(folder: Path, python: Path, repository: Repository) -> None:
    """Every script, but of those that git runs often only what is needed: each costs a process or two."""
    program = Path(executable(repository.root))
    behind = folder_in_use(repository, tuple(path for path in _paths(repository) if not path.is_ours))
    for hook in EVERY_HOOK:
        if hook not in OFTEN or os.path.lexists(behind / hook):
            _write(folder / hook, in_front(hook, python, program))


def _write_machine_scripts(folder: Path, python: Path, before: str) -> None:
    program = Path(executable(folder))
    for hook in EVERY_HOOK:
        _write(folder / hook, in_front(hook, python, program, machine=before))


def _write(script: Path, text: str) -> None:
    data = text.encode("utf-8", "surrogateescape")
    if not script.is_file() or script.read_bytes() != data:
        write_atomically(script, data, mode=0o755)


def folder_in_use(repository: Repository, paths: Sequence[HooksPath]) -> Path:
    """Where git looks for hooks when these are the values of core.hooksPath."""
    if not paths:
        return repository.common_dir / "hooks"
    return repository.root / Path(paths[-1].value).expanduser()


def _paths(repository: Repository) -> tuple[HooksPath, ...]:
    return hooks_paths(repository.root, repository.environ)


def _remove_scripts(folder: Path) -> None:
    if folder.is_dir() and not folder.is_symlink():
        shutil.rmtree(folder)


def _counts(folder: Path, cwd: Path, environ: Mapping[str, str]) -> bool:
    paths = hooks_paths(cwd, environ)
    return bool(paths) and paths[-1].value == folder.as_posix()


def _stop_including(repository: Repository) -> None:
    listed = settings(repository.root, repository.environ, "--local", "--no-includes")
    for key in {item.key for item in listed if item.value == _INCLUDED}:
        repository.git("config", "--local", "--fixed-value", "--unset-all", key, _INCLUDED)


def _conditions(common_dir: Path) -> tuple[str, str]:
    """The places of the main worktree's git folder and of those of linked worktrees; what is special in a pattern is escaped."""
    place = re.sub(r"([*?\[\]\\])", r"\\\1", common_dir.resolve().as_posix())
    return f"gitdir:{place}", f"gitdir:{place}/worktrees/"


def _quoted(value: str) -> str:
    return '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'
