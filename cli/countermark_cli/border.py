"""The border of the process: where an error becomes one line and an exit code, and nothing of the repository's leaks out.

An unexpected exception may quote a file, and so a secret: its kind and place are told, never its message and no local variable.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import PurePath

from countermark.display import escape
from countermark.errors import CountermarkError, ExitCode
from countermark.report.terminal import abandon, prepare

_TRACEBACK = "COUNTERMARK_TRACEBACK"
_READER_GONE = 141  # the shells' convention, 128 + SIGPIPE: whoever asked for the result did not see all of it


def guarded(call: Callable[[], int]) -> int:
    """Run a command to its exit code, whatever happens in it."""
    prepare(sys.stdout, sys.stderr)
    try:
        return _flushed(_outcome(call))
    except BrokenPipeError:
        abandon(sys.__stdout__ or sys.stdout)
        return _READER_GONE


def _outcome(call: Callable[[], int]) -> int:
    try:
        return call()
    except KeyboardInterrupt:
        return interrupted()
    except SystemExit as stop:
        if isinstance(stop.__context__, BrokenPipeError):  # click made it an exit code that means something else
            raise BrokenPipeError from stop
        raise
    except CountermarkError as fault:
        return say(fault)
    except BrokenPipeError:
        raise
    except OSError as fault:
        where = f"{fault.filename}: " if fault.filename else ""
        tell(f"{where}{fault.strerror or type(fault).__name__}; the result is incomplete")
        return ExitCode.BROKEN
    except Exception as fault:  # noqa: BLE001 - the border
        return _unexpected(fault)


def say(fault: CountermarkError) -> ExitCode:
    """Show an error as one line for each thing that is wrong."""
    for line in str(fault).splitlines() or [type(fault).__name__]:
        tell(line)
    return fault.exit_code


def tell(line: str) -> None:
    """Say one line to the person beside the result, where there is a standard error at all."""
    if sys.stderr is not None:
        sys.stderr.write(f"countermark: {escape(line)}\n")


def interrupted() -> ExitCode:
    """What Ctrl-C ends in."""
    tell("interrupted; the result is incomplete")
    return ExitCode.INTERRUPTED


def _flushed(code: int) -> int:
    """Write what is buffered while a fault can still be told; Python would tell it in its own words and change the exit code."""
    if sys.stdout is None:  # started with a closed standard output
        return code
    try:
        sys.stdout.flush()
    except BrokenPipeError:
        raise
    except OSError as fault:
        abandon(sys.stdout)
        if code != ExitCode.BROKEN:  # else it has been told
            tell(f"the result could not be written: {fault.strerror or type(fault).__name__}")
        return ExitCode.BROKEN
    return code


def _unexpected(fault: Exception) -> ExitCode:
    import traceback  # a tenth of the time that a hook takes to start

    frames = traceback.extract_tb(fault.__traceback__)
    place = f" at {PurePath(frames[-1].filename).name}:{frames[-1].lineno}" if frames else ""
    said = f"unexpected {type(fault).__name__}{place}; the result is incomplete"
    if os.environ.get(_TRACEBACK):
        tell(said)
        sys.stderr.writelines(traceback.format_list(frames))
    else:
        tell(f"{said}. {_TRACEBACK}=1 shows the way there")
    return ExitCode.BROKEN
