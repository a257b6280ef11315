"""What the server and its worker process say to each other: one Job in, one Report back, each a length and a pickle.

Both ends are ours, the same version, and joined by a private pipe; nothing else is ever unpickled.
"""

from __future__ import annotations

import pickle
import struct
from typing import Any

from attrs import frozen

HEADER = struct.Struct(">Q")


@frozen
class Job:
    """A text to look at. ``path`` is absolute, or None for a buffer that was never saved; ``folders`` are the workspace's."""

    path: str | None
    name: str
    text: str
    folders: tuple[str, ...] = ()


def pack(value: object) -> bytes:
    """A frame with this value."""
    data = pickle.dumps(value, pickle.HIGHEST_PROTOCOL)
    return HEADER.pack(len(data)) + data


def unpack(data: bytes) -> Any:
    """The value of a frame's data."""
    # countermark: allow py/unsafe-deserialization because both ends are ours, see above
    return pickle.loads(data)  # noqa: S301 - from our own process, see above
