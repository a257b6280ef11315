"""The default of a variable, which Terraform writes into its plans and states."""

from __future__ import annotations

import re

from countermark.content import Span
from countermark.finding import Edit

from .literals import STRING, Lexed

_IN_A_VARIABLE = re.compile(rf"\bvariable\s+{STRING}+\s*\{{[^{{}}]*\bdefault\s*=\s*$")
_VARIABLE = re.compile(rf"\bvariable\s+({STRING}+)")
_DEFAULT = re.compile(r"[ \t]*\bdefault[ \t]*=[ \t]*$")


def without_default(lexed: Lexed, span: Span) -> tuple[str, tuple[Edit, ...]] | None:
    """The variable whose default a value is, and the edit that takes the default away; None where it is no such default."""
    literal = lexed.literal(span)
    if literal is None or not _IN_A_VARIABLE.search(lexed.before(literal.span.start)):
        return None
    start = literal.span.start
    named = list(_VARIABLE.finditer(lexed.code, max(start - 4_000, 0), start))
    default = _DEFAULT.search(lexed.code, lexed.code.rfind("\n", 0, start) + 1, start)
    if not named or default is None or literal.inner != span:
        return None
    name = lexed.text[named[-1].start(1) + 1 : named[-1].end(1) - 1]
    rest = re.compile(r"[ \t]*\r?\n").match(lexed.code, literal.span.end)
    is_a_line = default.start() == lexed.code.rfind("\n", 0, start) + 1 and rest is not None
    whole = Span(default.start(), rest.end() if is_a_line and rest else literal.span.end)
    return (name, (Edit(whole, ""),)) if re.fullmatch(r"[A-Za-z_][\w-]{0,60}", name) else None
