"""Where a report goes: standard output, or a file that is never seen half written."""

from __future__ import annotations

import sys
from pathlib import Path

from countermark.errors import PartFailed, UsageError
from countermark.files import write_atomically
from countermark.report.terminal import printable


def check_output(output: str) -> None:
    """Raises UsageError for a file that cannot be written, before minutes are spent on what would go into it."""
    if output != "-" and (Path(output).is_dir() or not Path(output).absolute().parent.is_dir()):
        raise UsageError(f"--output {output}: not a file in a folder that exists")


def write(said: str, output: str, *, machine: bool) -> None:
    """Write a report. ``machine``: another program reads it, so it is UTF-8 whatever the locale says."""
    data = said.encode("utf-8", "backslashreplace")
    if output == "-":
        _print(said, data, machine=machine)
    elif (
        Path(output).exists() and not Path(output).is_file()
    ):  # a device or a pipe, which must not be replaced by a file
        _pour(data, Path(output))
    else:
        write_atomically(Path(output), data)


def _print(said: str, data: bytes, *, machine: bool) -> None:
    if sys.stdout is None:  # closed by whoever started us
        return
    if machine:
        sys.stdout.flush()
        sys.stdout.buffer.write(data)
    else:
        sys.stdout.write(printable(said, sys.stdout.encoding))


def _pour(data: bytes, path: Path) -> None:
    try:
        path.write_bytes(data)
    except OSError as fault:
        raise PartFailed(f"cannot write to {path}: {fault.strerror}") from fault
