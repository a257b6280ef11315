"""Where models, sessions and drafts live, and how they get there: all or nothing, under a lock, never through a link."""

from __future__ import annotations

import os
import stat
from pathlib import Path

from attrs import define, frozen

from countermark.display import escape
from countermark.errors import PartFailed, UsageError
from countermark.files import locked, write_atomically
from countermark.git.repository import Repository

from . import model_file, record
from .elements import slug
from .merge import merge
from .model import Model
from .record import Circumstances
from .session import Session
from .yaml_reader import MOST_BYTES

FOLDER = ".threatmodel"
MODEL = f"{FOLDER}/model.yaml"
_SESSIONS = f"{FOLDER}/sessions"


class ModelChanged(UsageError):  # noqa: N818 - it names what happened
    """The model file is not the one that the session began with; look at the new outcome and save again."""


@frozen
class Plan:
    """What saving would write. Paths are relative to the root; ``previous`` is the model's present content."""

    model: bytes
    previous: bytes | None
    session_path: str
    session: bytes
    remarks: tuple[str, ...]


@define(frozen=True, eq=False)
class Store:
    """The files of one root. ``state`` is a folder outside the worktree, for what is of this machine only."""

    root: Path
    state: Path

    @classmethod
    def of(cls, root: Path, repository: Repository | None) -> Store:
        """The store of a repository, or of a folder that is none."""
        if repository is not None:
            return cls(repository.worktree or root, repository.git_dir / "countermark" / "threat-model")
        from hashlib import sha256

        from platformdirs import user_state_path

        name = sha256(os.fsencode(root.resolve())).hexdigest()[:16]
        return cls(root, user_state_path("countermark", appauthor=False) / "threat-model" / name)

    def load(self) -> Model:
        """The model, or an empty one. Raises UsageError with every fault of the file."""
        data = self._read_model()
        return Model() if data is None else model_file.parse(data, MODEL)

    def plan(self, session: Session, how: Circumstances) -> tuple[Session, Plan]:
        """What saving a session would write now, with the session on the model as it is now."""
        previous = self._read_model()
        session = session.on(Model() if previous is None else model_file.parse(previous, MODEL))
        merged = merge(session, by=how.by)
        text = model_file.render(merged.model, previous)
        name = f"{record.stamp(how.finished).replace('-', '').replace(':', '')}-{slug(session.scope.spec or session.scope.kind)}"
        written = record.render(record.record(session, how, merged.remarks))
        return session, Plan(text, previous, f"{_SESSIONS}/{self._free(name)}.yaml", written, merged.remarks)

    def save(self, plan: Plan) -> None:
        """Write a plan. Raises ModelChanged when the model is no longer what the plan began with, PartFailed when the disk refuses."""
        with locked(self.state / "lock"):
            if self._read_model() != plan.previous:
                raise ModelChanged(f"{MODEL} has changed meanwhile; look at the outcome again")
            self._refuse_links(_SESSIONS)
            if os.path.lexists(self.root / plan.session_path):
                raise ModelChanged(f"{plan.session_path} is there already; look at the outcome again")
            # The session first: a model without its session would leave nobody to ask.
            write_atomically(self.root / plan.session_path, plan.session)
            write_atomically(self.root / MODEL, plan.model)

    def _read_model(self) -> bytes | None:
        self._refuse_links(MODEL)
        return read_file(self.root / MODEL, MODEL)

    def _refuse_links(self, name: str) -> None:
        """Refuse to follow a link: a repository could point it anywhere."""
        parts = Path(name).parts
        for count in range(1, len(parts) + 1):
            if (self.root / Path(*parts[:count])).is_symlink():
                raise UsageError(f"{'/'.join(parts[:count])} is a symbolic link, which is not followed")

    def _free(self, name: str) -> str:
        number, candidate = 1, name
        while os.path.lexists(self.root / _SESSIONS / f"{candidate}.yaml"):
            number += 1
            candidate = f"{name}-{number}"
        return candidate


def read_file(path: Path, name: str) -> bytes | None:
    """A regular file's bytes, at most one byte more than we would parse; None where there is none."""
    try:
        # Not blocking: a FIFO would wait for ever. Not through a link.
        handle = os.open(
            path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)
        )
    except FileNotFoundError:
        return None
    except OSError as fault:
        why = "it is a symbolic link" if path.is_symlink() else fault.strerror
        raise UsageError(f"{escape(name)} cannot be read: {why}") from None
    with os.fdopen(handle, "rb") as file:
        if not stat.S_ISREG(os.fstat(handle).st_mode):
            raise UsageError(f"{escape(name)} is no regular file")
        try:
            return file.read(MOST_BYTES + 1)
        except OSError as fault:
            raise PartFailed(f"{escape(name)} cannot be read: {fault.strerror}") from None
