"""What the compiled rules are made from, as a short text that they are cached under. Every hook pays for it, so it is light."""

from __future__ import annotations

import os
from functools import cache as once
from hashlib import blake2b
from importlib.util import find_spec

from countermark import __version__

_FORMAT = 1  # of what is cached


@once
def signature() -> str:
    """Changes whenever a source of the rules does. It looks at names, sizes and times: reading 400 files would cost too much."""
    here = os.path.dirname(__file__)  # noqa: PTH120 - pathlib would cost more than the rest
    digest = blake2b(f"{_FORMAT} {__version__} {here}".encode("utf-8", "surrogateescape"), digest_size=10)
    spec = find_spec("detect_secrets")
    upstream = [os.path.join(place, "plugins") for place in spec.submodule_search_locations or ()] if spec else []  # noqa: PTH118
    ours = [os.path.join(here, name) for name in ("providers", "generic", "structures")]  # noqa: PTH118 - as above
    for place in (here, *ours, *upstream):
        with os.scandir(place) as entries:
            for entry in sorted(entries, key=lambda entry: entry.name):
                if entry.name.endswith((".py", ".toml", ".txt")):
                    status = entry.stat()
                    known = f"{entry.name} {status.st_size} {status.st_mtime_ns}\n"
                    digest.update(known.encode("utf-8", "surrogateescape"))
    return digest.hexdigest()
