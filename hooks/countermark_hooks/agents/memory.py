"""What we put into which settings file: our own texts and where they went, never anything of the file itself."""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path

from attrs import asdict, frozen

from countermark.files import write_atomically

from .jsonc import Insertion


@frozen
class Remembered:
    """``after`` is the SHA-256 of the file as we left it. ``made``: there was none before. ``blank``: it held white space alone."""

    after: str
    insertions: tuple[Insertion, ...]
    made: bool
    blank: str | None


def remember(file: Path, after: str, insertions: Sequence[Insertion], *, made: bool, blank: str | None) -> None:
    """Note what was put into a file."""
    empty = blank if blank is not None and not blank.strip() else None
    said = {"after": after, "insertions": [asdict(one) for one in insertions], "made": made, "blank": empty}
    write_atomically(_note(file), json.dumps(said).encode(), mode=0o600)


def recall(file: Path) -> Remembered | None:
    """What is known of a file; None where nothing is, or nothing that can be read."""
    try:
        said = json.loads(_note(file).read_bytes())
        insertions = tuple(Insertion(int(one["at"]), str(one["text"])) for one in said["insertions"])
        return Remembered(str(said["after"]), insertions, bool(said["made"]), said["blank"])
    except (OSError, ValueError, KeyError, TypeError):
        return None


def forget(file: Path) -> None:
    """Nothing of ours is in a file any more."""
    _note(file).unlink(missing_ok=True)


def _note(file: Path) -> Path:
    from platformdirs import user_state_path

    name = sha256(os.fsencode(os.path.realpath(file))).hexdigest()[:20]
    return user_state_path("countermark", appauthor=False) / "agents" / f"{name}.json"
