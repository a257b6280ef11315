"""The worker process: texts in, reports out, one at a time, until its input ends.

It runs in the main thread, so that the engine's alarm can stop a regular expression which never ends.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import BinaryIO

from countermark.change import Change
from countermark.config.schema import Gate
from countermark.errors import CountermarkError, UsageError
from countermark.git.repository import Repository
from countermark.git.snapshots import WorktreeSnapshot
from countermark.project import Project
from countermark.review.watching import concerned, watching
from countermark.verdict import Failure, Report
from countermark_rules.detectors.patterns.engines import use
from countermark_rules.detectors.patterns.warm import Warm
from countermark_rules.inspect import inspect

from .job import HEADER, Job, pack, unpack
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
_FIRST = Job(None, "first.py", "key = 'value'\n")


def report(job: Job, sites: Sites) -> Report:
    """What is to be said of a text. Whatever goes wrong is said too."""
    try:
        change, project = sites.change(job)
        return _looked(change, project, sites.repository(change))
    except UsageError as fault:
        return _failed("settings", None, str(fault))
    except CountermarkError as fault:
        return _failed("engine", job.name, str(fault))
    except Exception as fault:  # noqa: BLE001 - the border; the message of a fault may quote the text
        return _failed("engine", job.name, f"broke with {type(fault).__name__}")


def _looked(change: Change, project: Project, repository: Repository | None) -> Report:
    """What is found, and who answers for the lines that differ from HEAD."""
    settings = project.settings.review
    if repository is None or not concerned(repository, settings):
        return inspect(change, project)
    files = WorktreeSnapshot(repository.root)
    with watching(repository, settings, files, project.triage.today, here=Gate.COMMIT) as watch:
        return inspect(change, project, look=watch.file)


def _failed(part: str, path: str | None, said: str) -> Report:
    return Report(root="", files=0, failures=(Failure(part, path, said),))


def serve(source: BinaryIO, sink: BinaryIO, environ: Mapping[str, str]) -> None:
    """Answer until the input ends."""
    sites = Sites({key: value for key, value in environ.items() if key not in _LOCAL})
    warm = Warm()
    use(warm)
    try:
        report(_FIRST, sites)
        while len(header := source.read(HEADER.size)) == HEADER.size:
            (size,) = HEADER.unpack(header)
            sink.write(pack(report(unpack(source.read(size)), sites)))
            sink.flush()
    finally:
        warm.close()


def main() -> None:
    """Serve on our input and output, taken away from whatever else might read or print."""
    source, sink = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    with open(os.devnull, "r+b") as nothing:  # noqa: PTH123 - a descriptor is wanted
        os.dup2(nothing.fileno(), 0)
    os.dup2(2, 1)
    serve(source, sink, os.environ)


if __name__ == "__main__":
    main()
