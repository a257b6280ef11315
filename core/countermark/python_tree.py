"""The syntax tree of a Python text. Several detectors want the same one, and to make it takes longer than to walk it."""

from __future__ import annotations

import ast
import warnings
from functools import lru_cache

_KEPT_LENGTH = 100_000  # characters; a tree is some sixty times as large


class NotPython(Exception):  # noqa: N818 - it names what is wrong
    """A text that is no Python 3, or is nested too deeply to be read; ``line``, from 1, is where, if that is known."""

    def __init__(self, line: int | None = None, *, deep: bool = False) -> None:
        super().__init__()
        self.line, self.is_deep = line, deep


def tree(text: str) -> ast.Module:
    """The tree, which others get too: nobody changes it. Raises NotPython."""
    return _kept(text) if len(text) <= _KEPT_LENGTH else _read(text)


def _read(text: str) -> ast.Module:
    try:
        with warnings.catch_warnings(action="ignore"):  # what the compiler thinks of a stranger's escapes
            return ast.parse(text)
    except SyntaxError as fault:
        raise NotPython(fault.lineno) from None
    except ValueError:
        raise NotPython from None
    except (MemoryError, RecursionError):
        raise NotPython(deep=True) from None


_kept = lru_cache(maxsize=4)(_read)
