"""How an editor wants things shown. What is found, and what it does, is the repository's to say: no option can change that."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from attrs import evolve, fields, frozen

SECTION = "countermark"


@frozen
class Options:
    """The settings of one editor; each may come with `initialize` or later, under ``countermark`` or as they are.

    ``suspect``: what happens when a lot of text appears at once. ``review_hints``: for clients that draw marks themselves, reviews that
    block nothing are hints. ``baseline``: offer to record a finding as known, where the policy lets a repository do that.
    """

    code_lens: bool = True
    inlay_hints: bool = False
    review_hints: bool = False
    suspect: str = "ask"
    workspace_diagnostics: str = "off"
    baseline: bool = False
    status: bool = False


_CHOICES = {"suspect": ("ask", "silent", "off"), "workspace_diagnostics": ("off", "changed", "all")}


def parse(given: Any, base: Options = Options()) -> tuple[Options, list[str]]:
    """The options that a client gives, and what is wrong with them. What it does not give, or gives wrongly, is as in ``base``."""
    if isinstance(given, Mapping) and isinstance(given.get(SECTION), Mapping):
        given = given[SECTION]
    if not isinstance(given, Mapping):
        return base, []
    known = {_camel(field.name): field for field in fields(Options)}
    taken: dict[str, Any] = {}
    faults: list[str] = []
    for name, field in known.items():
        if name not in given or given[name] is None:
            continue
        if fault := _fault(field.name, given[name]):
            faults.append(f"the option {name} is {fault}")
        else:
            taken[field.name] = given[name]
    return evolve(base, **taken), faults


def _fault(name: str, value: Any) -> str:
    if (choices := _CHOICES.get(name)) is not None:
        return "" if value in choices else f"one of {', '.join(choices)}"
    return "" if isinstance(value, bool) else "true or false"


def _camel(name: str) -> str:
    head, *rest = name.split("_")
    return head + "".join(map(str.capitalize, rest))
