"""Our own settings, before and after: what they let pass or leave out that they did not."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from .losses import Loss
from .rules import SETTINGS_LOOSENED
from .versions import Versions

NAME = "countermark.toml"
_LEVELS = ("off", "note", "warn", "review", "block")
_SEVERITIES = ("info", "low", "medium", "high", "critical")
_LISTS = ("exclude", "paths", "suppressions", "allow")


def loosened(files: Sequence[Versions]) -> Iterator[Loss]:
    """Levels that are lower, thresholds that are higher, files that are left out."""
    import tomllib

    for file in files:
        if file.path.rpartition("/")[2] != NAME or not file.removed + file.added:
            continue
        try:
            before, after = (_read(content.text) for content in (file.before, file.after))
        except (tomllib.TOMLDecodeError, RecursionError):
            continue  # whoever reads the settings says so
        for key in _looser(before, after):
            line = next((number for number, text in file.added_lines() if key[-1] in text), None)
            if line is not None:
                yield Loss.added(SETTINGS_LOOSENED, file, line, about=f"It is about {'.'.join(key)}.")
            elif (old := next((number for number, text in file.removed_lines() if key[-1] in text), None)) is not None:
                yield Loss.removed(SETTINGS_LOOSENED, file, old, f"It is about {'.'.join(key)}.")


def _read(text: str) -> dict[tuple[str, ...], Any]:
    import tomllib

    return dict(_flat(tomllib.loads(text), ()))


def _flat(table: Mapping[str, Any], path: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], Any]]:
    for key, value in table.items():
        if isinstance(value, dict):
            yield from _flat(value, (*path, key))
        else:
            yield (*path, key), value


def _looser(before: Mapping[tuple[str, ...], Any], after: Mapping[tuple[str, ...], Any]) -> Iterator[tuple[str, ...]]:
    for key, now in after.items():
        was = before.get(key)
        if isinstance(now, list):
            grown = len(now) > len(was if isinstance(was, list) else ())
            if key[-1] in _LISTS and grown:
                yield key
        elif _less(key, was, now):
            yield key
    yield from (key for key, was in before.items() if key not in after and _strict(key, was))


def _less(key: tuple[str, ...], was: Any, now: Any) -> bool:
    if now in _LEVELS and (key[0] == "rules" or was in _LEVELS):
        # A threshold such as `fail-on` is looser the higher it is, a level the lower it is.
        if key[-1] == "fail-on":
            return was in _LEVELS and _LEVELS.index(now) > _LEVELS.index(was)
        return _LEVELS.index(now) < (_LEVELS.index(was) if was in _LEVELS else _LEVELS.index("warn"))
    if now in _SEVERITIES and was in _SEVERITIES:
        return _SEVERITIES.index(now) > _SEVERITIES.index(was)
    return was is True and now is False


def _strict(key: tuple[str, ...], was: Any) -> bool:
    return (key[0] == "rules" and was in {"block", "review"}) or (key[0] == "policy" and was is True)
