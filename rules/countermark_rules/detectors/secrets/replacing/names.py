"""The name of a variable, after what a value is assigned to or else after the rule. No part of a value ever becomes one."""

from __future__ import annotations

import re

from attrs import Factory, define

_WORDY = re.compile(r"(?!(?:.*\d){3})[A-Za-z_][A-Za-z_]*\d{0,2}(?:[-. ]?[A-Za-z_]+\d{0,2}){0,7}\Z")
LONGEST = 48  # characters that a name may have
_MOST_SECRETS = 2_000
# Variables that a system, a shell or a CI sets itself; reading a secret from one of them would give something else.
_TAKEN = frozenset({
    "CI", "COLUMNS", "COMPUTERNAME", "DISPLAY", "EDITOR", "EUID", "GID", "HOME", "HOSTNAME", "IFS", "LANG", "LINES",
    "LOGNAME", "MAIL", "MANPATH", "NAME", "OLDPWD", "OS", "PAGER", "PATH", "PORT", "PPID", "PS1", "PWD", "RANDOM",
    "SECONDS", "SHELL", "SHLVL", "TEMP", "TERM", "TMP", "TMPDIR", "TZ", "UID", "USER", "USERNAME", "USERPROFILE"
})  # fmt: skip
# They say nothing of what the value is for.
_EMPTY = frozenset({
    "ARG", "ARGS", "AUTHORIZATION", "BASIC", "BEARER", "CONST", "DATA", "DEFAULT", "ENV", "FIELD", "HEADER", "HEADERS",
    "ITEM", "KEY", "PARAM", "RESULT",
    "STR", "STRING", "TEXT", "VAL", "VALUE", "VALUES", "VAR"
})  # fmt: skip
_GENERIC = frozenset({"keyword", "basic-auth-url", "base64-high-entropy", "hex-high-entropy", ""})


def variable(name: str) -> str:
    """The name of an environment variable after that of a variable: apiKey, api-key and api_key are API_KEY."""
    spaced = re.sub(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])", "_", name)
    return re.sub(r"[\W_]+", "_", spaced).strip("_").upper()


def of_rule(slug: str) -> str:
    """The name after a rule's id without its family."""
    return "SECRET" if slug in _GENERIC else variable(slug)


def _usable(name: str) -> bool:
    made = variable(name)
    return (
        len(name) <= LONGEST
        and _WORDY.match(name.strip("_$@")) is not None
        and len(made) > 2  # noqa: PLR2004 - one or two letters say nothing
        and made not in _TAKEN | _EMPTY
    )


@define
class Names:
    """The names given in one file: the same value has one name, and two values never share one. None holds one of ``secrets``."""

    secrets: frozenset[str] = frozenset()
    given: dict[str, str] = Factory(dict)

    def of(self, value: str, name: str, slug: str, *, part: str = "") -> str:
        """The name for a value that is assigned to ``name``, or to something without a good one.

        ``part`` is set where the value is only a part of what is assigned: it says which.
        """
        if value in self.given:
            return self.given[value]
        by_rule = of_rule(slug)
        if not _usable(name) or value in name or self._holds_a_secret(name):
            wanted = by_rule
        elif part:
            wanted = f"{variable(name)}_{part}" if slug in _GENERIC or "url" in slug else by_rule
        else:
            wanted = variable(name)
        taken = set(self.given.values())
        numbered = (f"{wanted}_{number}" for number in range(2, len(taken) + 3))
        chosen = next(one for one in (wanted, by_rule, *numbered) if one not in taken)
        self.given[value] = chosen
        return chosen

    def _holds_a_secret(self, name: str) -> bool:
        """Where there are too many to look through, no name is taken from the file at all."""
        return len(self.secrets) > _MOST_SECRETS or any(secret in name for secret in self.secrets)
