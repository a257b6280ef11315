"""Install our hooks so that every hook that is there keeps running, and take them away so that nothing of us is left."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

from countermark.errors import PartFailed, UsageError
from countermark.files import locked
from countermark.git.repository import Repository

from . import front
from .chain import ours, put, take_away, taken_over
from .gitconfig import hooks_paths
from .notes import keep_notes, leave_notes
from .script import FRONT, OURS
from .survey import own_folder

# A hook that asks for its own name would not find it after it was renamed; old husky and overcommit do.
_ASKS_ITS_NAME = re.compile(rb"basename|PROGRAM_NAME|__FILE__|__file__|argv\[0\]")
_LOOKED_AT = 100_000


def install(repository: Repository) -> tuple[str, ...]:
    """Make git run our hooks in a repository and all its linked worktrees; twice is as good as once. Gives notes for people."""
    if repository.worktree is None:
        raise UsageError(
            f"{repository.git_dir} is a bare repository: nobody commits in it, so there is nothing to install"
        )
    python = interpreter()
    with _plain_errors(), locked(_lock(repository)):
        paths = hooks_paths(repository.worktree, repository.environ)
        if paths and paths[-1].is_ours and paths[-1].scope == "global":
            return ("The hooks of the whole machine check this repository already (countermark install --global).",)
        if paths or _better_left_alone(own_folder(repository), repository.common_dir):
            front.stand(repository, python)
            keep_notes(repository.root, repository.environ)
            return ()
        own_folder(repository).mkdir(exist_ok=True)
        keep_notes(repository.root, repository.environ)
        return tuple(note for hook in OURS if (note := put(own_folder(repository) / hook, python)))


def uninstall(repository: Repository) -> tuple[str, ...]:
    """Bring back what git ran before, in every way that ours may have been installed in; without ours nothing happens."""
    with _plain_errors(), locked(_lock(repository)):
        front.step_aside(repository)
        leave_notes(repository.root, repository.environ)
        notes = tuple(note for hook in OURS if (note := take_away(own_folder(repository) / hook)))
        # Who waits for it now may work beside one who comes later; every step is atomic by itself, so no hook can be lost by that.
        with suppress(OSError):  # Windows keeps what is in use
            _lock(repository).unlink()
        return notes


def take_back(repository: Repository) -> bool:
    """Install again where lefthook moved ours away; whether it had."""
    if not any(taken_over(own_folder(repository) / hook) for hook in OURS):
        return False
    install(repository)
    return True


def install_everywhere(home: Path, environ: Mapping[str, str]) -> None:
    """Make git run our hooks in every repository of this user, unless it names a hooks folder of its own."""
    with _plain_errors():
        folder = machine_folder()
        folder.parent.mkdir(parents=True, exist_ok=True)
        with locked(folder.parent / "install.lock"):
            front.stand_everywhere(folder, interpreter(), home=home, environ=environ)
            keep_notes(home, environ, "global")


def uninstall_everywhere(home: Path, environ: Mapping[str, str]) -> None:
    """Bring back the hooks folder that was set before, if any."""
    with _plain_errors():
        folder = machine_folder()
        folder.parent.mkdir(parents=True, exist_ok=True)
        with locked(folder.parent / "install.lock"):
            front.step_aside_everywhere(folder, home=home, environ=environ)
            leave_notes(home, environ, "global")


def machine_folder() -> Path:
    """Where the hooks for the whole machine lie."""
    from platformdirs import user_data_path

    return user_data_path("countermark", appauthor=False) / FRONT


def interpreter() -> Path:
    """The Python that hooks are to start: the one that runs now. Its links are kept: a virtual environment is known by them."""
    if not sys.executable or not Path(sys.executable).is_absolute():
        raise PartFailed("Python does not know its own path, so no hook could start it")
    return Path(sys.executable)


def _lock(repository: Repository) -> Path:
    return repository.common_dir / "countermark-install.lock"


def _better_left_alone(folder: Path, common_dir: Path) -> bool:
    """Whether a hooks folder is a link to somebody else's, or holds a hook that would not work under another name."""
    if folder.is_symlink() and not folder.resolve().is_relative_to(common_dir.resolve()):
        return True
    return any(_asks_its_name(folder / hook) for hook in OURS if ours(folder / hook) is None)


def _asks_its_name(hook: Path) -> bool:
    if not hook.is_file() or not os.access(hook, os.X_OK):
        return False
    with hook.open("rb") as file:
        return _ASKS_ITS_NAME.search(file.read(_LOOKED_AT)) is not None


@contextmanager
def _plain_errors() -> Iterator[None]:
    try:
        yield
    except OSError as fault:
        where = f"{fault.filename}: " if fault.filename else ""
        raise PartFailed(f"cannot write the hooks: {where}{fault.strerror or fault}") from fault
