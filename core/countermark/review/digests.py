"""The digests by which a review finds a hunk again after a move, a new cut, or a formatter."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from hashlib import sha256
from pathlib import PurePosixPath

from countermark.provenance.hunks import digest

# In these languages white space between words and operators says nothing; in others, a shell's for one, it may.
_SPACED_FREELY = frozenset(
    """
    .c .h .cc .cpp .cxx .hpp .cs .java .kt .kts .scala .go .rs .swift .m .mm .js .jsx .mjs .cjs .ts .tsx .mts .cts .php .css .scss .less
    .json .proto .sql .tf .hcl .dart .groovy .gradle .zig .py .pyi
    """.split()
)
# A text in quotes stays as it is, and so does a run of operators: `++i` is not `+ +i`.
_TOKEN = re.compile(r"\"(?:[^\"\\]|\\.)*\"?|'(?:[^'\\]|\\.)*'?|`(?:[^`\\]|\\.)*`?|\w+|[-+*/%&|^~<>=!?:.#@$]+|[^\w\s]")
_TAB = 8


def hint(line: str) -> str:
    """Sixteen bits of a line's digest: enough to look in the right place, too few to tell what the line says."""
    return sha256(line.encode("utf-8", "surrogatepass")).hexdigest()[:4]


def exact(lines: Sequence[str]) -> str:
    """The digest of a hunk's text, which is its id without the ordinal; lines that are all blank have an empty one."""
    return digest(lines) or ""


def loose(lines: Sequence[str], path: str) -> str:
    """The digest that a formatter's white space does not change.

    Lines stay lines, for where one ends may decide what a program does, and of their indentation it is remembered which stands further
    in than which. How far in, blank lines, and white space between words and operators are left out.
    """
    freely = PurePosixPath(path).suffix.lower() in _SPACED_FREELY
    return sha256("\0".join(_shapes(lines, freely=freely)).encode("utf-8", "surrogatepass")).hexdigest()


def _shapes(lines: Sequence[str], *, freely: bool) -> Iterator[str]:
    """Each line that is not blank: how deep it stands, counted in steps and not in columns, and its words."""
    depths: list[int] = []
    for line in (line.expandtabs(_TAB) for line in lines if line.strip()):
        column = len(line) - len(line.lstrip())
        while depths and depths[-1] > column:
            depths.pop()
        if not depths or depths[-1] < column:
            depths.append(column)
        words = _TOKEN.findall(line) if freely else line.split()
        yield f"{len(depths)} {chr(1).join(words)}"
