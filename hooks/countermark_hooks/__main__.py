"""`python -I -m countermark_hooks HOOK …`, which git, pre-commit and prek start: dispatch, and the border where errors end.

git knows one answer: anything but 0 stops it. So whatever breaks here stops the commit and says so; nothing broken passes for clean.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence


def main(argv: Sequence[str] | None = None) -> int:
    """Run one hook and give its exit code."""
    arguments = list(sys.argv[1:] if argv is None else argv)
    try:
        return _dispatch(arguments)
    except KeyboardInterrupt:
        _say("interrupted: nothing was judged, so git stops here")
        return 130
    except Exception as fault:  # noqa: BLE001 - the border of the process: whatever it is, git has to stop
        return _refuse(arguments[0] if arguments else "", fault)


def _dispatch(arguments: list[str]) -> int:
    from . import stages

    match arguments:
        case ["pre-commit", *names]:
            return stages.pre_commit(names, os.environ)
        case ["commit-msg", file]:
            return stages.commit_msg(file, os.environ)
        case ["pre-push", *where]:  # git says REMOTE URL; pre-commit and prek say nothing
            return stages.pre_push(where[0] if where else "", sys.stdin.buffer, os.environ)
    from countermark.errors import UsageError

    raise UsageError("usage: countermark hook pre-commit [FILE...] | commit-msg FILE | pre-push REMOTE URL")


def _refuse(hook: str, fault: Exception) -> int:
    from countermark.display import escape
    from countermark.errors import CountermarkError, ExitCode

    if isinstance(fault, CountermarkError):
        _say("\n".join(escape(line) for line in str(fault).split("\n")))
        code = fault.exit_code
    else:
        _say(f"broke with {_kind_and_place(fault)}; please report it")
        code = ExitCode.BROKEN
    _say(_HOW_TO_GO_ON.get(hook, _STOPPED))
    return code


_STOPPED = "so git stops here, since nobody knows what was not looked at. `countermark doctor` checks every part"
_HOW_TO_GO_ON = {
    "pre-push": f"{_STOPPED}. As a last resort, `git push --no-verify` goes on without",
    **dict.fromkeys(
        ("pre-commit", "commit-msg"),
        f"{_STOPPED}. As a last resort, `git commit --no-verify` goes on without, and pre-push looks again",
    ),
}


def _kind_and_place(fault: Exception) -> str:
    """What broke and where, without the error's own words: they may quote a file, and so a secret."""
    trace = fault.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    place = f" at {os.path.basename(trace.tb_frame.f_code.co_filename)}:{trace.tb_lineno}" if trace else ""  # noqa: PTH119 - light
    return type(fault).__name__ + place


def _say(line: str) -> None:
    print(f"countermark: {line}", file=sys.stderr)


if __name__ == "__main__":
    sys.exit(main())
