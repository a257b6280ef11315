"""Values without quotes, as INI, properties, .env and YAML files have them: the same line with quotes, for expressions that want them.

detect-secrets parses such files whole. Line by line it works in files with templates and mistakes too, it cannot be led to exhaust the
memory, and places stay exact.
"""

from __future__ import annotations

import re
from pathlib import PurePosixPath

from attrs import frozen

from countermark.lazily import lazy

_ENDINGS = frozenset(
    [
        ".yaml",
        ".yml",
        ".eyaml",
        ".ini",
        ".cfg",
        ".cf",
        ".cnf",
        ".conf",
        ".config",
        ".properties",
        ".toml",
        ".env",
        ".example",
        ".sample",
        ".template",
        ".dist",
        ".prefs",
        ".tfvars",
        ".envrc",
    ]
)
_NAMES = lazy(
    r"\.?env(\..*)?|\.(npmrc|pypirc|netrc|boto|s3cfg|my\.cnf|pgpass|envrc|flaskenv)|_netrc|credentials|config",
    re.IGNORECASE,
)
_MOST = 1_000_000  # characters that are looked at to tell what a file of unknown kind is
_BARE = lazy(
    r"""(?P<head>\s*(?:-\s+|export\s+|set\s+|ENV\s+)?(?P<key>["']?[\w.\-/ \[\]]{1,80}?["']?)\s*(?P<sign>:=|[:=])\s*)"""
    r"""(?P<value>[^\s"'`\[{|>&*!#][^"\r\n]*?)(?P<tail>[,;`]?(?:\s+#.*|\s*))"""
)
# Lines that are settings, sections, comments, blank, or go on with what is above them: a file of them as a whole.
_SPACE = r"[^\S\n]"
_SETTING = rf"(?:export{_SPACE}+)?[^\s=:#;\[{{}}(<][^=:{{}}()<>\n]{{0,120}}[=:].*"
_LINE = rf"{_SPACE}*(?:[#;].*|\[[^\]\n]*\]{_SPACE}*|{_SETTING}|)|[ \t].*"
_LINES = lazy(rf"(?:(?:{_LINE})(?:\n|\Z))*+\Z")


@frozen
class Quoted:
    """A line with its value in quotes; what lies from ``since`` on is ``shift`` characters farther right in the line as it was."""

    text: str
    since: int
    shift: int


def is_config(path: str) -> bool:
    """Whether a file holds settings, by its name."""
    file = PurePosixPath(path)
    return file.suffix.lower() in _ENDINGS or _NAMES.fullmatch(file.name) is not None


def looks_like_config(text: str) -> bool:
    """Whether every line of a file is a setting, a section, a comment or blank; for files whose name says nothing."""
    return len(text) <= _MOST and _LINES.match(text) is not None


def quoted(line: str) -> Quoted | None:
    """The line with quotes around its bare value; None where there is none."""
    match = _BARE.fullmatch(line)
    if match is None:
        return None
    head = f"{match['key'].strip()}{' =' if match['sign'] != ':' else ':'} "
    return Quoted(f'{head}"{match["value"]}"{match["tail"]}', len(head) + 1, match.start("value") - len(head) - 1)
