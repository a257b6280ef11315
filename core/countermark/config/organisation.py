"""The policy of an organisation: a file outside the repository, which a repository can only make stricter."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, TypeVar, cast

import attrs

from countermark.display import escape
from countermark.errors import PartFailed, UsageError
from countermark.git import process
from countermark.git.repository import Repository

from . import toml
from .keys import keys
from .read import read
from .rule_levels import join_rules
from .schema import Reviewing, Settings

VARIABLE = "COUNTERMARK_POLICY"
GIT_KEY = "countermark.policy"

_T = TypeVar("_T")


@attrs.frozen
class Tightened:
    """The settings that count, and every key where the repository asked for something looser and did not get it."""

    settings: Settings
    overridden: tuple[str, ...] = ()


def find(repository: Repository | None, environ: Mapping[str, str]) -> Path | None:
    """The organisation's policy file: the environment names it, or else git's configuration; None where neither does.

    Raises UsageError for a relative path: it could name a file of whatever folder a hook runs in.
    """
    named = environ.get(VARIABLE) or _configured(repository, environ)
    if not named:
        return None
    path = Path(environ.get("HOME") or Path.home()) / named[2:] if named.startswith("~/") else Path(named)
    if not path.is_absolute():
        raise UsageError(f"{VARIABLE} or git's {GIT_KEY} names {escape(named)}; an absolute path is needed")
    return path


def load_file(path: Path) -> Settings:
    """The settings of a policy file. Raises UsageError where it is missing or faulty: without its policy nothing is clean."""
    name = escape(str(path))
    try:
        if not stat.S_ISREG(path.stat().st_mode):
            raise UsageError(f"the organisation's policy {name} is no regular file")
        with path.open("rb") as file:
            data = file.read(toml.MOST_BYTES + 1)
    except (OSError, ValueError) as fault:
        said = (isinstance(fault, OSError) and fault.strerror) or "not a path"
        raise UsageError(f"the organisation's policy {name} cannot be read: {said}") from None
    return read(toml.parse(data, name), file=name, organisation=True)


def tighten(organisation: Settings, repository: Settings) -> Tightened:
    """Both together. For every key the stricter value counts; what the organisation does not allow has no effect."""
    settings, overridden = _table(organisation, repository, "")
    rules, raised = join_rules(organisation.rules, repository.rules)
    allowed = organisation.organisation.allow
    paths = _appended(organisation.paths, repository.paths, allowed="paths" in allowed)
    exclude = _appended(organisation.exclude, repository.exclude, allowed="exclude" in allowed)
    baselines = repository.baselines if "baselines" in allowed else ()
    kept = {"paths": paths, "exclude": exclude, "baselines": baselines}
    lost = [name for name, value in kept.items() if set(getattr(repository, name)) - set(value)]
    return Tightened(
        attrs.evolve(settings, rules=rules, organisation=organisation.organisation, **kept),
        (*overridden, *raised, *lost),
    )


def stricter(ours: Reviewing, theirs: Reviewing) -> Reviewing:
    """Both together, key by key: what a change says about reviews cannot loosen what held before it."""
    joined, _ = _table(ours, theirs, "")
    return cast("Reviewing", joined)


def _table(organisation: Any, repository: Any, path: str) -> tuple[Any, list[str]]:
    """Join what is joined key by key; what the repository has elsewhere stays."""
    given: dict[str, Any] = {}
    overridden: list[str] = []
    for key in keys(type(organisation)):
        ours, theirs = getattr(organisation, key.attribute), getattr(repository, key.attribute)
        if key.tighten == "nested":
            given[key.attribute], more = _table(ours, theirs, f"{path}{key.name}.")
            overridden += more
        elif key.tighten == "union":
            given[key.attribute] = _appended(ours, theirs, allowed=True)
        elif key.tighten == "people":  # whoever may say who owns what decides who may review
            given[key.attribute] = ours or theirs
            overridden += [f"{path}{key.name}"] if given[key.attribute] != theirs else []
        elif key.tighten in _STRICTER:
            given[key.attribute] = _STRICTER[key.tighten](ours, theirs)
            overridden += [f"{path}{key.name}"] if given[key.attribute] != theirs else []
    return attrs.evolve(repository, **given), overridden


def _shorter(ours: Any, theirs: Any) -> Any:
    return min((value for value in (ours, theirs) if value is not None), default=None)


def _longer(ours: float, theirs: float) -> float:
    return max(ours, theirs) if ours and theirs else 0


# What "stricter" means. A report of less harm or doubt is stricter, and so is looking at more, for longer.
_STRICTER: Mapping[str, Callable[[Any, Any], Any]] = {
    "lower": min,
    "higher": max,
    "and": lambda ours, theirs: ours and theirs,
    "or": lambda ours, theirs: ours or theirs,
    "shorter": _shorter,  # None: no end
    "longer": _longer,  # 0: no end
}


def _appended(ours: tuple[_T, ...], theirs: tuple[_T, ...], *, allowed: bool) -> tuple[_T, ...]:
    """The organisation's entries of a list, and behind them the repository's where it may have its own."""
    return (*ours, *(one for one in theirs if one not in ours)) if allowed else ours


def _configured(repository: Repository | None, environ: Mapping[str, str]) -> str | None:
    if repository is not None:
        return repository.config(GIT_KEY)
    top = Path(Path.home().anchor)  # no repository, so the user's and the machine's configuration
    try:
        process.executable(top, environ.get("PATH", os.defpath))
    except PartFailed:
        return None  # no git, so it configures nothing
    done = process.run(("config", "--null", "--get", GIT_KEY), cwd=top, environ=environ)
    return os.fsdecode(done.stdout.removesuffix(b"\0")) or None
