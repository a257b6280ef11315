"""Files of settings: a value gives way to the reference that the file's reader puts a variable or a secret in for."""

from __future__ import annotations

import re

from attrs import frozen

from countermark.content import Span
from countermark.finding import Edit

from .names import Names


@frozen
class Dialect:
    """How one kind of file takes references.

    - ``path``: which files
    - ``reference``: for a format with the name; ``title``: what the fix says, likewise
    - ``environment``: the variable is one of the process's environment, so .env.example should name it
    - ``by_shell``: a shell reads the variable, so it is put in only where a shell reads
    - ``taken``: the start of names that the reader keeps for itself, and what stands for it
    - ``itself``: a variable may be defined by its own name
    - ``never``: keys whose values take no reference; ``always``: keys whose whole value takes one where others do not
    - ``default``: what stands between a reference's name and a value that it falls back on, and what then stands there
    """

    path: str
    reference: str
    title: str
    environment: bool = False
    by_shell: bool = False
    taken: tuple[str, str] = ("", "")
    itself: bool = True
    never: str = r"(?!)"
    always: str = r"(?!)"
    default: tuple[str, str] = (r"(?!)", "")


_ENVIRONMENT = "Read it from the environment variable {0}; add {0}= to .env.example"
DIALECTS = (
    Dialect(
        r"(?:^|/)\.github/workflows/[^/]+\.ya?ml$",
        "${{{{ secrets.{} }}}}",
        "Read it from the GitHub Actions secret {0}",
        taken=("GITHUB_", "GH_"),
        never=r"if|uses|on|shell",
    ),
    Dialect(
        r"(?:^|/)\.gitlab-ci\.ya?ml$|(?:^|/)\.gitlab/(?:.*/)?[^/]+\.ya?ml$|\.gitlab-ci\.ya?ml$",
        "${}",
        "Read it from the masked and protected CI/CD variable {0}",
        by_shell=True,
        itself=False,
        taken=("CI_", "SECRET_CI_"),
        always=r".+",
    ),
    Dialect(
        r"(?:^|/)\.circleci/(?:.*/)?[^/]+\.ya?ml$",
        "${}",
        "Read it from the variable {0} of a CircleCI context",
        by_shell=True,
        taken=("CIRCLE_", "SECRET_CIRCLE_"),
        always=r"password|aws_access_key_id|aws_secret_access_key",
    ),
    Dialect(
        r"(?:^|/)(?:azure-pipelines[^/]*|\.azure-pipelines/(?:.*/)?[^/]+|\.?pipelines/[^/]+)\.ya?ml$",
        "$({})",
        "Read it from the secret variable {0} of Azure Pipelines",
        itself=False,
    ),
    Dialect(
        r"(?:^|/)(?:docker-)?compose[^/]*\.ya?ml$", "${{{}:?}}", _ENVIRONMENT, environment=True, default=(":?-", ":?")
    ),
    Dialect(
        r"(?:^|/)(?:application|bootstrap)[^/]*\.(?:ya?ml|properties)$",
        "${{{}}}",
        _ENVIRONMENT,
        environment=True,
        default=(":", ""),
    ),
)
_KEY = re.compile(r"^(?P<lead>[ \t]*(?:-[ \t]+)?(?:export )?)[\"']?(?P<key>[\w.\-]+)[\"']?[ \t]*(?::[ \t]+|[=:][ \t]*)")
_ITEM = re.compile(r"^[ \t]*-[ \t]+[\"']?(?P<key>[A-Za-z_]\w*)=")
_NAMED_ABOVE = re.compile(r"^[ \t]*(?:-[ \t]+)?name:[ \t]*[\"']?(?P<key>\w+)")
_FLAG = re.compile(
    r"(?:--(?P<flag>[A-Za-z][\w-]*)[= ]|(?P<header>[A-Za-z][\w-]*):[ ]*(?:Bearer |Basic |token )?)[\"']?$"
)


@frozen
class Place:
    """Where on its line a value stands. ``quote``: of the quotes around it. ``whole``: whether it is all of what the key is set to."""

    key: str
    quote: str
    whole: bool
    in_comment: bool
    in_flow: bool


def dialect_of(path: str) -> Dialect | None:
    """How a file takes references; None where nothing would put anything in for one."""
    return next((dialect for dialect in DIALECTS if re.search(dialect.path, path)), None)


def replaced(text: str, span: Span, slug: str, names: Names, dialect: Dialect) -> tuple[str, tuple[Edit, ...]] | None:
    """The variable's name and the edits; None where a reference would stay the text that it is."""
    if "\n" in text[span.start : span.end]:
        return None
    start = text.rfind("\n", 0, span.start) + 1
    end = text.find("\n", span.end)
    line = text[start : end if end >= 0 else len(text)].rstrip("\r")
    place = _place(line, span.start - start, span.end - start)
    if place.in_comment or re.fullmatch(dialect.never, place.key):
        return None
    if dialect.by_shell and not _shell_reads(place, dialect):
        return None
    between, instead = dialect.default
    fallback = re.search(rf"\$\{{(?P<name>\w+)(?P<between>{between})$", line[: span.start - start])
    if fallback and line.startswith("}", span.end - start):
        return fallback["name"], (Edit(Span(span.start - len(fallback["between"]), span.end), instead),)
    key = _above(text, start) or place.key if place.key in {"value", "default"} else place.key
    name = _chosen(text[span.start : span.end], _wanted(key, place, line[: span.start - start]), slug, names, dialect)
    return name, (Edit(span, _reference(dialect, name, place, text[span.end : span.end + 1])),)


def _shell_reads(place: Place, dialect: Dialect) -> bool:
    """Whether a variable of the shell would be put in here."""
    if place.whole:
        return re.fullmatch(dialect.always, place.key) is not None
    return place.quote != "'" and (not place.key or place.key in {"run", "command", "script"} or dialect.always == ".+")


def _chosen(value: str, key: str, slug: str, names: Names, dialect: Dialect) -> str:
    name = names.of(value, key, slug)
    start, instead = dialect.taken
    if start and name.startswith(start):
        name = instead + name.removeprefix(start)
    return f"SECRET_{name}" if not dialect.itself and name == key else name


def _wanted(key: str, place: Place, ahead: str) -> str:
    """What the value is called: by its key, or within a command by the option or header before it."""
    flag = None if place.whole else _FLAG.search(ahead)
    return (flag["flag"] or flag["header"]) if flag else key


def _reference(dialect: Dialect, name: str, place: Place, following: str) -> str:
    made = dialect.reference.format(name)
    if made == f"${name}" and re.match(r"\w", following):
        made = f"${{{name}}}"
    # A brace would end a plain value within braces.
    return f'"{made}"' if place.in_flow and not place.quote else made


def _above(text: str, start: int) -> str:
    """The name on the line before, as in `- name: token` and then `value: …`."""
    above = text[:start].rstrip("\r\n").rpartition("\n")[2][-200:]
    match = _NAMED_ABOVE.match(above)
    return match["key"] if match else ""


def _place(line: str, start: int, end: int) -> Place:
    quote, flow, in_comment = "", 0, False
    opened = -1
    for at, char in enumerate(line[:start]):
        if quote:
            quote = "" if char == quote else quote
        elif char in "\"'" and (at == 0 or not line[at - 1].isalnum()):
            quote, opened = char, at
        elif char == "#" and (at == 0 or line[at - 1].isspace()):
            in_comment = True
        elif char in "{[":
            flow += 1
        elif char in "}]":
            flow -= 1
    match = _ITEM.match(line) or _KEY.match(line)
    first = start - 1 if quote and opened == start - 1 else start
    begins = match is not None and match.end() == first
    ends = re.match(r"[\"']?[ \t]*(?:#.*)?$", line[end:]) is not None
    return Place(match["key"] if match else "", quote, begins and ends, in_comment, flow > 0)
