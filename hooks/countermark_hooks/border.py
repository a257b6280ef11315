"""Which hook does what, and the border where errors end.

git knows one answer: anything but 0 stops it. So whatever breaks here stops the commit and says so; nothing broken passes for clean.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence

_INTERRUPTED = 130


def main(argv: Sequence[str] | None = None) -> int:
    """Run one hook and give its exit code."""
    arguments = list(sys.argv[1:] if argv is None else argv)
    code = _guarded(arguments)
    if arguments[:1] in (["post-commit"], ["post-rewrite"]):  # git has done it already
        return 0
    if code:
        _say(_closing(arguments[0] if arguments else "", code))
    return code


def interrupted(hook: str) -> int:
    """Say that a person did not want to wait; the exit code for that."""
    _say(_closing(hook, _INTERRUPTED))
    return _INTERRUPTED


def _guarded(arguments: list[str]) -> int:
    try:
        return _dispatch(arguments)
    except KeyboardInterrupt:
        return _INTERRUPTED
    except Exception as fault:  # noqa: BLE001 - the border of the process: whatever it is, git has to stop
        return _refuse(fault)


def _dispatch(arguments: list[str]) -> int:
    from countermark.report.terminal import prepare

    from . import noting, stages

    prepare(sys.stderr)
    match arguments:
        case ["pre-commit", *names]:
            return stages.pre_commit(names, os.environ)
        case ["commit-msg", file]:
            return stages.commit_msg(file, os.environ)
        case ["pre-push", *where]:  # git says REMOTE URL; pre-commit and prek say nothing
            return stages.pre_push(where[0] if where else "", sys.stdin.buffer, os.environ)
        case ["post-commit"]:
            return noting.post_commit(os.environ)
        case ["post-rewrite", *_]:
            return noting.post_rewrite(sys.stdin.buffer, os.environ)
    from countermark.errors import UsageError

    raise UsageError(
        "usage: countermark hook pre-commit [FILE...] | commit-msg FILE | pre-push REMOTE URL | post-commit | post-rewrite HOW"
    )


def _refuse(fault: Exception) -> int:
    from countermark.display import escape
    from countermark.errors import CountermarkError, ExitCode

    if not isinstance(fault, CountermarkError):
        _say(f"broke with {_kind_and_place(fault)}; please report it")
        return ExitCode.BROKEN
    for line in str(fault).split("\n"):
        _say(escape(line))
    if fault.exit_code is ExitCode.BROKEN:
        _say("`countermark doctor` checks every part")
    return fault.exit_code


def _closing(hook: str, code: int) -> str:
    """What became of the commit or push, and how to go on."""
    act = "push" if hook == "pre-push" else "commit"
    if code == 1:
        return f"the {act} was stopped"
    if code == 2:  # noqa: PLR2004 - ExitCode.USAGE, whose module may be what is broken
        return f"the {act} was stopped, since nobody could tell what to judge it by"
    if code == _INTERRUPTED:
        return f"interrupted; the {act} was stopped, since not everything was looked at"
    later = ", and pre-push looks again" if act == "commit" else ""
    return (
        f"the {act} was stopped, since not everything could be looked at."
        f" As a last resort `git {act} --no-verify` goes past this hook{later}"
    )


def _kind_and_place(fault: Exception) -> str:
    """What broke and where, without the error's own words: they may quote a file, and so a secret."""
    trace = fault.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    place = f" at {os.path.basename(trace.tb_frame.f_code.co_filename)}:{trace.tb_lineno}" if trace else ""  # noqa: PTH119 - light
    return type(fault).__name__ + place


def _say(line: str) -> None:
    sys.stderr.write(f"countermark: {line}\n")
