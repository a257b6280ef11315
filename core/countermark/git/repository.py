"""Where a repository is, as git itself sees it from a folder and an environment."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

from attrs import field, frozen

from countermark.errors import PartFailed, UsageError

from . import process

# Without a worktree, git answers all but the last.
_QUESTIONS = (
    "rev-parse", "--path-format=absolute", "--absolute-git-dir", "--git-common-dir", "--is-inside-work-tree", "--show-toplevel",
)  # fmt: skip
_ANSWERS = 4


@frozen(eq=False)
class Repository:
    """A repository. ``worktree`` is None in a bare one; ``environ`` is what git shall see, with the index file that a hook named."""

    worktree: Path | None
    git_dir: Path
    common_dir: Path
    environ: Mapping[str, str] = field(repr=False)  # it may hold tokens

    @property
    def root(self) -> Path:
        """Where git runs: the top of the worktree, or the git dir of a bare repository."""
        return self.worktree or self.git_dir

    def git(self, *args: str | bytes, input: bytes | None = None) -> bytes:  # noqa: A002 - as subprocess calls it
        """What git prints. Raises PartFailed with git's own words when it fails."""
        return process.git(args, cwd=self.root, environ=self.environ, input=input)

    def config(self, key: str) -> str | None:
        """The value of a setting of git's, from all the files that git reads, or None."""
        args = ("config", "--null", "--get", key)
        done = process.run(args, cwd=self.root, environ=self.environ)
        if done.returncode == 1:
            return None
        if done.returncode:
            raise process.failed(args, done.stderr)
        return os.fsdecode(done.stdout.removesuffix(b"\0"))

    def hooks_path(self) -> Path:
        """The folder that git runs hooks from: core.hooksPath, else the one that all worktrees share."""
        return Path(
            os.fsdecode(self.git("rev-parse", "--path-format=absolute", "--git-path", "hooks").removesuffix(b"\n"))
        )

    @property
    def shallow(self) -> frozenset[str]:
        """The commits whose parents this clone left behind; empty for a whole one."""
        try:
            return frozenset((self.common_dir / "shallow").read_text("ascii", "replace").split())
        except FileNotFoundError:
            return frozenset()
        except OSError as error:
            raise PartFailed(f"cannot tell whether the clone is shallow: {error.strerror}") from error


def discover(start: Path, environ: Mapping[str, str] | None = None) -> Repository | None:
    """The repository that a path lies in, or None. Raises UsageError where git refuses to trust the owner of the folder."""
    seen = dict(os.environ if environ is None else environ)
    folder = start if os.path.isdir(start) else start.parent  # noqa: PTH112 - Path.is_dir raises on what may not be entered
    done = process.run(_QUESTIONS, cwd=folder, environ=seen, avoid=_likely_worktree(folder))
    lines = os.fsdecode(done.stdout).split("\n")[:-1]
    if done.returncode and b"not a git repository (or any" in done.stderr:
        return None
    if done.returncode and b"dubious ownership" in done.stderr:
        raise UsageError(process.words(done.stderr))
    if len(lines) > _ANSWERS:
        raise PartFailed("a repository whose path holds a line end cannot be read")
    if len(lines) != _ANSWERS - bool(done.returncode) or (done.returncode and lines[-1] == "true"):
        raise process.failed(_QUESTIONS, done.stderr)
    git_dir, common_dir, _, worktree = [*lines, ""][:_ANSWERS]
    found = {"GIT_DIR": git_dir, "GIT_COMMON_DIR": common_dir, "GIT_WORK_TREE": worktree}
    # They may be relative to the folder we were started in; git will be started at the top.
    seen.update({key: value for key, value in found.items() if value and seen.get(key)})
    return Repository(Path(worktree) if worktree else None, Path(git_dir), Path(common_dir), seen)


def _likely_worktree(folder: Path) -> Path:
    """The nearest folder that looks like a worktree, before git can be asked."""
    around = (folder.absolute(), *folder.absolute().parents)
    return next((place for place in around if os.path.lexists(place / ".git")), folder)
