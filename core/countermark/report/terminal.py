"""What the stream that text goes to can show: colour, symbols, every character."""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Mapping
from typing import TextIO

# What our own text uses beyond ASCII, for terminals that cannot show it.
_PLAIN = {"…": "...", "│": "|"}


def wants_colour(stream: TextIO, environ: Mapping[str, str]) -> bool:
    """Whether to colour what is written to a stream: NO_COLOR, then FORCE_COLOR, then whether it is a terminal that can."""
    if environ.get("NO_COLOR"):
        return False
    if environ.get("FORCE_COLOR", "0") != "0":
        return True
    return stream.isatty() and environ.get("TERM") != "dumb"


def columns() -> int:
    """How many columns the terminal has; 100 where there is none. As shutil has it, whose import costs a hook 8 ms."""
    try:
        return int(os.environ.get("COLUMNS", "")) or 100
    except ValueError:
        pass
    try:
        return os.get_terminal_size(sys.__stdout__.fileno() if sys.__stdout__ else 1).columns or 100
    except (OSError, ValueError):
        return 100


def prepare(*streams: TextIO | None) -> None:
    """Make streams that never fail on a character: one that their encoding does not know is written as its escape."""
    for stream in streams:
        if isinstance(stream, io.TextIOWrapper):
            ascii_only = (stream.encoding or "ascii").lower() in {"ascii", "us-ascii", "ansi_x3.4-1968", "646"}
            stream.reconfigure(encoding="utf-8" if ascii_only else None, errors="backslashreplace")


def printable(text: str, encoding: str | None) -> str:
    """The text with its symbols in ASCII where an encoding has no other."""
    for symbol, plain in _PLAIN.items():
        if symbol in text and not _can(encoding or "ascii", symbol):
            text = text.replace(symbol, plain)
    return text


def _can(encoding: str, symbol: str) -> bool:
    try:
        symbol.encode(encoding)
    except (UnicodeEncodeError, LookupError):
        return False
    return True


def abandon(stream: TextIO) -> None:
    """Let a stream whose reader went away take what is left, so that nothing complains at exit."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, stream.fileno())
    os.close(nowhere)
