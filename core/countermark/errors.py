"""What can go wrong, and the exit code that says so.

CountermarkError
  UsageError      the caller or a configuration file is at fault: exit code 2
  PartFailed      a part of Countermark, git or an engine broke: exit code 3
"""

from __future__ import annotations

from enum import IntEnum


class ExitCode(IntEnum):
    """What the process tells its caller; the same for the command, every hook and CI."""

    CLEAN = 0  # nothing blocks
    BLOCKED = 1  # findings, or reviews that are missing, block
    USAGE = 2  # a flag, a path or a configuration file is wrong
    BROKEN = 3  # a part failed, so the result is incomplete
    INTERRUPTED = 130  # Ctrl-C; the shells' convention, 128 + SIGINT


class CountermarkError(Exception):
    """The base of every error that a face shows as one line: what is wrong, where, and what to do."""

    exit_code = ExitCode.BROKEN


class UsageError(CountermarkError):
    """A flag, a path or a configuration that cannot be used as it is."""

    exit_code = ExitCode.USAGE


class PartFailed(CountermarkError):  # noqa: N818 - it names what happened, as its exit code does
    """A part broke: git, an engine, the disk. The result is incomplete and nobody may call it clean."""

    exit_code = ExitCode.BROKEN
