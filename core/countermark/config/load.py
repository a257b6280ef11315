"""The settings of a repository, from `countermark.toml` or from `[tool.countermark]` of pyproject.toml."""

from __future__ import annotations

from typing import Any

from attrs import evolve

from countermark.errors import UsageError
from countermark.snapshot import Snapshot

from .read import read
from .schema import Organisation, Settings
from .toml import parse

FILE = "countermark.toml"
_PYPROJECT = "pyproject.toml"


def load(snapshot: Snapshot, *, organisation: Settings | None = None) -> Settings:
    """What a repository asks for. A key that it does not name has the organisation's value, or else the default.

    It may still ask for less than the organisation does: organisation.tighten joins the two.
    Raises UsageError that lists every fault, one a line.
    """
    base = Settings()
    if organisation is not None:
        baselines = organisation.baselines if "baselines" in organisation.organisation.allow else ()
        base = evolve(organisation, rules={}, paths=(), exclude=(), baselines=baselines, organisation=Organisation())
    own, tool = _own(snapshot), _tool(snapshot)
    if own and tool:
        raise UsageError(f"{FILE} and [tool.countermark] of {_PYPROJECT} both hold settings; keep one of them")
    if tool is not None and not own:
        return read(tool, file=_PYPROJECT, prefix="tool.countermark", base=base)
    return read(own, file=FILE, base=base)


def _own(snapshot: Snapshot) -> dict[str, Any]:
    data = snapshot.read(FILE)
    return {} if data is None else parse(data, FILE)


def _tool(snapshot: Snapshot) -> Any:
    """The table of pyproject.toml, or None. A file that never names us is not parsed: it may be large, and is not ours to judge."""
    data = snapshot.read(_PYPROJECT)
    if data is None or b"countermark" not in data:
        return None
    tool = parse(data, _PYPROJECT).get("tool")
    return tool.get("countermark") if isinstance(tool, dict) else None
