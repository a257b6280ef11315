"""Who is given what: names that sound secret and their values, in the ways that programs, settings and shells write them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from string import ascii_letters, digits

from attrs import frozen

from countermark.lazily import lazy

from .words import SOUNDS

_MOST = 400  # characters of a value; a longer one is data

# A name is found by the part that sounds secret; what stands before that is looked up afterwards, so that no text is read twice.
_LATER = f"{digits}.-"  # what no name begins with
NAMING = f"{ascii_letters}_$@{_LATER}"
_LONGEST_HEAD = 81
_NAME = rf"(?P<sounds>{SOUNDS})(?P<rest>[\w$.\-]{{0,40}}+)"
_CLOSE = r"(?:\[\w{0,20}\])?[\"'`\]}]{0,3}"  # and no parenthesis: what follows it is given to a call's result
_TYPE = r"(?:\s*:\s*&?(?:'\w{1,20}\s+)?[A-Za-z_][\w.\[\]<>| ?]{0,30}|\s+(?:(?i:as)[ \t]+)?(?:string|String|str|varchar|text)\b)?"
_ASSIGN = rf"{_TYPE}\s*(?P<sign>:{{1,3}}=|[?+.!]=|={{1,3}}>?|!==?|:|\|\|=?|\?\?=?|<-)\s*"
_CALL = r"\s*(?P<call>,|\()\s*"
_SPACE = r"(?P<space>[ \t]+(?:(?i:by|is|as)[ \t]+)?)"
_ELEMENT = (
    r"(?P<element>>(?!=)\s*|[ \t]+(?:[\w:.-]+=\"[^\"]{0,60}\"[ \t]+)?[vV]alue=|</[kK]ey>\s*<string>\s*"
    r"|[\"']?,?\s{1,60}[\"']?[vV]alue[\"']?\s?[:=]\s?|[\"'],\s{0,8}(?:\w{1,20}\s?=\s?[\w\"'.]{1,40},\s{0,8}){0,3}default\s?=\s?)"
)
# What turns a text into what a program takes for a secret, or the bracket of a list.
_MADE = (
    r"(?:(?:\[\]byte|(?:[\w.]{1,40}\.)?GetBytes|String::from|SecretStr|Secret|SecureString|SecretString|b64decode|Buffer\.from|bytes|str)"
    r"\(\s{0,8}|\[\s{0,8})?"
)
_PREFIX = rf"{_MADE}[rRbBuUfF@$]{{0,2}}"
_QUOTED = rf"{_PREFIX}(?P<quote>\\?[\"'`])(?P<quoted>[^\"'`\r\n]{{1,{_MOST}}}?)(?P=quote)"
# Whole, and not what a program calls or looks into.
_BARE = rf"(?P<bare>[^\s\"'`,;<>(){{}}\[\]|]{{3,{_MOST}}}+)(?![(\[{{])"
_BETWEEN = rf"(?:{_CLOSE}(?:{_ELEMENT}|{_ASSIGN}|{_CALL})|{_SPACE})(?:(?i:basic|bearer|token|bot)\s+)?"
_TEXT_BEFORE, _TEXT_BEHIND = lazy(r"[\"'`]\s{0,8},\s{0,60}[\"'`]$"), re.compile(r"[\"'`]\s{0,8},\s{0,60}[\"'`]")
# Whose name what follows only is: arn:aws:secretsmanager:...:secret:NAME, `next page token: ...`; or what loads a picture.
_OTHERS = lazy(r"(?:\barn:[\w*-]{1,20}:[^\s\"']{1,60}:|\b(?i:page|sync|cursor|continuation)[ \t]|\.svg\?)$")
_EXPRESSION = lazy(rf"{_NAME}{_BETWEEN}(?:{_QUOTED}|(?(call)(?!)|{_BARE}))")


@frozen
class Assignment:
    """A name and the value it is given; ``start``..``end`` is the value, without quotes. ``sign`` is what stands between them.

    Where that is a comma, and the name is no text or they stand in a list of texts, ``sign`` is ``listed``.
    """

    name: str
    sign: str
    quoted: bool
    value: str
    since: int
    start: int
    end: int


def assignments(text: str) -> Iterator[Assignment]:
    """Every assignment in a piece of text to a name that sounds secret."""
    at = 0
    while match := _EXPRESSION.search(text, at):
        one = _assignment(match)
        if not _OTHERS.search(text, max(0, match.start() - _LONGEST_HEAD), match.start()):
            yield one
        # A value may itself hold an assignment: `"config": "TOKEN=..."`.
        at = max(match.end("sounds"), one.start if one.quoted else match.end("sounds"))


def assignment_at(text: str, since: int) -> Assignment:
    """The assignment that begins at a place where there is one."""
    match = _EXPRESSION.match(text, since)
    assert match is not None  # noqa: S101 - assignments() found it there
    return _assignment(match)


def _assignment(match: re.Match[str]) -> Assignment:
    group = "quoted" if match["quoted"] is not None else "bare"
    sign = next((match[kind].strip() or kind for kind in ("sign", "call", "element") if match[kind]), "space")
    sounds = match.start()
    if sign == "," and _is_listed(match, group):
        sign = "listed"
    before = match.string[max(0, sounds - _LONGEST_HEAD) : sounds]
    head = before[len(before.rstrip(NAMING)) :].lstrip(_LATER)
    name = f"{head}{match['sounds']}{match['rest']}"
    # What a template gives where there is nothing else stands in no quotes of its own: ${jwt.secret:VALUE}.
    default = before.removesuffix(head).endswith("${") and match.string.startswith("}", match.end(group))
    return Assignment(name, sign, group == "quoted" or default, match[group], sounds, *match.span(group))


def _is_listed(match: re.Match[str], group: str) -> bool:
    if match.string[match.end("rest")] not in "\"'`":
        return True
    near = match.string[max(0, match.start() - _LONGEST_HEAD) : match.start()].rstrip(NAMING)
    return _TEXT_BEFORE.search(near) is not None and _TEXT_BEHIND.match(match.string, match.end(group)) is not None
