"""A worker process: requests in, replies out, one at a time, until its input ends.

It runs in the main thread, so that the engine's alarm can stop a regular expression which never ends.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from typing import BinaryIO

from countermark_rules.detectors.patterns.engines import use
from countermark_rules.detectors.patterns.warm import Warm

from .job import HEADER, Job, Part, pack, unpack
from .looking import answer, look
from .sites import Sites

# What `git rev-parse --local-env-vars` lists: an editor that git started would tie every file to that one repository.
_LOCAL = frozenset(
    {
        "GIT_ALTERNATE_OBJECT_DIRECTORIES",
        "GIT_COMMON_DIR",
        "GIT_CONFIG",
        "GIT_CONFIG_COUNT",
        "GIT_CONFIG_PARAMETERS",
        "GIT_DIR",
        "GIT_GRAFT_FILE",
        "GIT_IMPLICIT_WORK_TREE",
        "GIT_INDEX_FILE",
        "GIT_NO_REPLACE_OBJECTS",
        "GIT_OBJECT_DIRECTORY",
        "GIT_PREFIX",
        "GIT_REPLACE_REF_BASE",
        "GIT_SHALLOW_FILE",
        "GIT_WORK_TREE",
    }
)

# Looked at before anybody asks, so that what is loaded late, or made once for a machine, is there when somebody does.
_FIRST = "key = 'value'\n"


def serve(source: BinaryIO, sink: BinaryIO, environ: Mapping[str, str], part: Part) -> None:
    """Answer until the input ends. ``part`` is what will be asked for, so that it is loaded at once."""
    sites = Sites({key: value for key, value in environ.items() if key not in _LOCAL})
    warm = Warm()
    use(warm)
    try:
        look(Job(None, "first.py", _FIRST, part=part), sites)
        while len(header := source.read(HEADER.size)) == HEADER.size:
            (size,) = HEADER.unpack(header)
            sink.write(pack(answer(unpack(source.read(size)), sites, environ)))
            sink.flush()
    finally:
        warm.close()


def main() -> None:
    """Serve on our input and output, taken away from whatever else might read or print."""
    source, sink = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    with open(os.devnull, "r+b") as nothing:  # noqa: PTH123 - a descriptor is wanted
        os.dup2(nothing.fileno(), 0)
    os.dup2(2, 1)
    serve(source, sink, os.environ, Part(sys.argv[1]))


if __name__ == "__main__":
    main()
