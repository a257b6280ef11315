"""From what git says about files to the files themselves, read while the stream is consumed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Protocol

from countermark.change import FileChange, Skipped, Trait, Unreadable
from countermark.config.schema import Limits
from countermark.content import Content
from countermark.display import escape
from countermark.errors import PartFailed
from countermark.git.objects import Blob, Objects, TooLarge
from countermark.git.repository import Repository

from .classify import traits
from .raw import LINK, NOTHING, REGULAR, SUBMODULE, Raw


class Known(Protocol):
    """Knows what .gitattributes say of files."""

    def read(self, paths: Sequence[str]) -> dict[str, Mapping[Trait, bool]]:
        """What they say, yes or no, of those files that they say anything about."""
        ...


Entry = FileChange | Skipped | Unreadable
_BATCH = 256  # files whose attributes are asked for at once
_KINDS = {LINK: "a symbolic link", SUBMODULE: "a submodule", NOTHING: "it has conflicts that are not resolved"}


def entries(raws: Iterable[Raw], limits: Limits, objects: Objects, attributes: Known) -> Iterator[Entry]:
    """The entries of a change. A part that breaks midway is an Unreadable entry, and the last one; see ``to_the_end``."""
    faults: list[PartFailed] = []
    source = (raw for raw in _until_broken(raws, faults) if not raw.deleted)
    while batch := list(islice(source, _BATCH)):
        known = attributes.read([raw.path for raw in batch if raw.regular])
        for raw, blobs in objects.fetch(((raw, _wanted(raw)) for raw in batch), at_most=limits.file_bytes):
            yield _entry(raw, blobs, known.get(raw.path, {}), limits)
    if faults:
        raise faults[0]


def gone(repository: Repository, raws: Sequence[Raw], limits: Limits) -> Iterator[FileChange]:
    """What the deleted files of a change held, as far as it is text that would be looked at. Git starts when there are any."""
    lost = [raw for raw in raws if raw.deleted and raw.old_mode in REGULAR]
    if not lost:
        return
    with Objects(repository) as objects:
        for raw, blobs in objects.fetch(((raw, (raw.old_oid,)) for raw in lost), at_most=limits.file_bytes):
            before = from_blob(raw.path, blobs[0], limits)
            if isinstance(before, Content):
                yield FileChange(raw.path, Content(b""), before=before, traits=traits(raw.path, before), gone=True)


def to_the_end(stream: Iterator[Entry]) -> Iterator[Entry]:
    """The stream; when a part of it breaks, that is its last entry, so that a reader need not expect errors."""
    try:
        yield from stream
    except (PartFailed, OSError) as error:  # OSError: no room for a temporary file
        yield Unreadable(".", escape(str(error)))


def from_blob(path: str, blob: Blob, limits: Limits) -> Content | Skipped | Unreadable:
    """The content to look at, or why there is none."""
    if isinstance(blob, TooLarge):
        return Skipped(path, f"larger than {limits.file_bytes} bytes (limits.file-bytes)")
    if isinstance(blob, PartFailed):
        return Unreadable(path, str(blob))
    if blob is None:
        return Unreadable(path, "its content is not in this repository: a partial or a damaged clone")
    content = Content(blob)
    return Skipped(path, "binary") if content.is_binary else content


def _until_broken(raws: Iterable[Raw], faults: list[PartFailed]) -> Iterator[Raw]:
    """What came before a fault, which is noted: it has to be said after them."""
    try:
        yield from raws
    except PartFailed as error:
        faults.append(error)


def _wanted(raw: Raw) -> Sequence[bytes]:
    if not raw.regular:
        return ()
    return (raw.oid, raw.old_oid) if raw.old_mode in REGULAR else (raw.oid,)


def _entry(raw: Raw, blobs: Sequence[Blob], known: Mapping[Trait, bool], limits: Limits) -> Entry:
    if not raw.regular:
        return Skipped(raw.path, _KINDS.get(raw.mode, "no regular file"))
    content = from_blob(raw.path, blobs[0], limits)
    if not isinstance(content, Content):
        return content
    # Without the earlier version, for whatever reason, every line counts as touched.
    before = Content(blobs[1]) if len(blobs) > 1 and isinstance(blobs[1], bytes) else None
    return FileChange(
        raw.path,
        content,
        before=before,
        old_path=raw.old_path,
        traits=traits(raw.path, content, known),
        commit=raw.commit,
    )
