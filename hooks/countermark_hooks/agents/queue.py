"""Reports that the journal could not take: files in a folder beside it, one each, until the next report brings them in.

They hold what the journal would hold, in the same folder of git's, readable by the same people.
"""

from __future__ import annotations

import base64
import json
import os
import zlib
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

from countermark.errors import CountermarkError
from countermark.provenance.events import MOST_BYTES, Event
from countermark.provenance.journal import Journal
from countermark.provenance.model import Author, State

_FOLDER = "queue"
_MOST = 500  # reports that wait; what comes later is lost, and its lines are then nobody's
_AT_ONCE = 50
_LARGEST = 64_000_000  # bytes of one


def put(journal: Journal, event: Event, contents: Mapping[str, bytes | None]) -> None:
    """Let a report wait. Where not even that can be done it is lost: an agent is never stopped for it."""
    folder = _folder(journal)
    plain = event._asdict() | {"author": [event.author.state.value, *event.author[1:]], "contents": _packed(contents)}
    name = f"{event.at:017.6f}-{os.getpid()}"
    with suppress(OSError):
        folder.mkdir(parents=True, exist_ok=True)
        if len(os.listdir(folder)) >= _MOST:  # noqa: PTH208 - light
            return
        part = folder / f".{name}.part"
        part.write_text(json.dumps(plain), "utf-8", "surrogatepass")
        part.replace(folder / f"{name}.json")


def drain(journal: Journal) -> None:
    """Bring what waits into the journal, the oldest first, as long as the journal takes it."""
    folder = _folder(journal)
    try:
        waiting = sorted(name for name in os.listdir(folder) if name.endswith(".json"))[:_AT_ONCE]  # noqa: PTH208
    except OSError:
        return
    for name in waiting:
        file = folder / name
        with suppress(OSError):
            claimed = file.with_suffix(f".{os.getpid()}")
            file.replace(claimed)  # whoever renames it has it
            if not _brought_in(journal, claimed):
                claimed.replace(file)
                return
            claimed.unlink()


def _brought_in(journal: Journal, file: Path) -> bool:
    """Whether it need not wait any longer; one that cannot be read never will be."""
    if file.stat().st_size > _LARGEST:
        return True
    try:
        plain: dict[str, Any] = json.loads(file.read_text("utf-8", "surrogatepass"))
        contents = _unpacked(plain.pop("contents"))
        state, *rest = plain.pop("author")
        paths = tuple(plain.pop("paths"))
        event = Event(author=Author(State(state), *rest), paths=paths, **plain)
    except (ValueError, KeyError, TypeError, AttributeError, zlib.error, RecursionError):
        return True
    try:
        journal.append(event, contents)
    except CountermarkError:
        return False
    return True


def _packed(contents: Mapping[str, bytes | None]) -> dict[str, str | None]:
    return {
        path: None if data is None else base64.b64encode(zlib.compress(data, 1)).decode()
        for path, data in contents.items()
    }


def _unpacked(packed: Mapping[str, str | None]) -> dict[str, bytes | None]:
    return {
        path: None if text is None else zlib.decompressobj().decompress(base64.b64decode(text), MOST_BYTES + 1)
        for path, text in packed.items()
    }


def _folder(journal: Journal) -> Path:
    return journal.database.file.parent / _FOLDER
