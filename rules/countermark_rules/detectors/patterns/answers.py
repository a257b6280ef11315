"""Semgrep's JSON as values of ours; semgrep-core and both command lines say the same in slightly different words."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from countermark.errors import PartFailed

from .canary import removed
from .scanning import Kind, Match, Output, Source, Trouble

_KINDS: Mapping[str, Kind] = {
    **dict.fromkeys(
        (
            "PartialParsing",
            "Syntax error",
            "SyntaxError",
            "Lexical error",
            "LexicalError",
            "Other syntax error",
            "AST builder error",
            "Fixpoint timeout",
        ),
        Kind.SYNTAX,
    ),
    **dict.fromkeys(("Timeout", "Out of memory", "Stack overflow", "Too many matches"), Kind.TIMEOUT),
    **dict.fromkeys(
        ("Rule parse error", "Pattern parse error", "PatternParseError", "Invalid rule", "IncompatibleRule"), Kind.RULE
    ),
}


def read(data: bytes, sources: Mapping[str, Source]) -> Output:
    """The output of a call; ``sources`` are the texts by the names of their files. Raises PartFailed where it is no whole answer."""
    try:
        answer = json.loads(data.decode("utf-8", "replace"))
        matches = tuple(_match(one, sources[one["path"]]) for one in answer["results"])
        troubles = tuple(_trouble(one, sources) for one in answer["errors"])
        scanned = set(answer["paths"]["scanned"])
    except (ValueError, KeyError, TypeError):
        raise PartFailed("gave no answer that can be read") from None
    named = {trouble.path for trouble in troubles}
    missing = [file for file, source in sources.items() if file not in scanned and source.path not in named]
    return removed(Output(matches, troubles), missing)


def _match(result: Mapping[str, Any], source: Source) -> Match:
    start, end = int(result["start"]["offset"]), int(result["end"]["offset"])
    fix = result["extra"].get("fix")
    return Match(str(result["check_id"]), source.path, start, end, None if fix is None else str(fix))


def _trouble(error: Mapping[str, Any], sources: Mapping[str, Source]) -> Trouble:
    said = error["error_type"] if "error_type" in error else error["type"]
    name = str(said[0] if isinstance(said, list) else said)
    place = error.get("path") or (error.get("location") or {}).get("path", "")
    source = sources.get(place)
    rule = error.get("rule_id")
    return Trouble(
        _KINDS.get(name, Kind.OTHER), name, source.path if source else None, None if rule is None else str(rule)
    )
