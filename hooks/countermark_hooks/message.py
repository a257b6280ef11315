"""A commit message as git will keep it: what git strips before it commits, nobody has to answer for."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

_SCISSORS = re.compile(rb"^[^\s\w]+ -{24} >8 -{24}\r?$", re.MULTILINE)
_KEEPS_COMMENTS = {"verbatim", "whitespace", "scissors"}


def kept(raw: bytes, config: Callable[[str], str | None], environ: Mapping[str, str]) -> bytes:
    """The message with an empty line for each line that git strips, so that the others keep their numbers.

    A hook is not told of ``--cleanup``; where that is in doubt, the line is kept and looked at.
    """
    mode = config("commit.cleanup") or "default"
    edited = (
        environ.get("GIT_EDITOR") != ":"
    )  # git sets this for its hooks when it started no editor, and then keeps comments
    message = _above_scissors(raw) if edited or mode == "scissors" else raw
    if mode in _KEEPS_COMMENTS or (mode == "default" and not edited):
        return message
    return _without_comments(message, _comment_mark(config))


def _above_scissors(raw: bytes) -> bytes:
    """What is above the line under which ``git commit --verbose`` shows the change, which the pre-commit hook has judged."""
    cut = _SCISSORS.search(raw)
    return raw[: cut.start()] if cut else raw


def _comment_mark(config: Callable[[str], str | None]) -> bytes | None:
    mark = config("core.commentString") or config("core.commentChar") or "#"
    return None if mark == "auto" else mark.encode("utf-8", "surrogateescape")


def _without_comments(message: bytes, mark: bytes | None) -> bytes:
    if mark is None:  # git chose one, and says not which
        return message
    return b"\n".join(b"" if line.startswith(mark) else line for line in message.split(b"\n"))
