"""The engine of an editor: one `semgrep lsp` that stays, and half-typed text repaired before it is looked at.

It answers as the others do. Where it cannot, they look instead, and it rests for a while before it is started again.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Mapping, Sequence
from typing import Any

from attrs import evolve, frozen

from countermark.errors import PartFailed

from . import canary
from .child import Child
from .halftyped import blanked, repaired, suspects
from .ladder import Ladder
from .pruning import pruned, vocabulary
from .rungs import parts
from .scanning import Bounds, Engine, Kind, Match, Output, Source, Trouble

_PATIENCE = 4.0  # seconds for one text; a rule that takes longer is then named by another engine
_MOST_FIXES = 100  # that are asked for
_TRIES = 3  # lines that are blanked, one after the other, where a text cannot be read
_QUICK = 0.15  # seconds; a text that takes longer is not tried again
_LONGEST_REST = 60.0
_SOME, _REST = (
    "some",
    "rest",
)  # what a part of a text is called: that of rules which need only some functions, and that of the others


class Warm:
    """The engine."""

    name = "the warm Semgrep"

    def __init__(self, cold: Engine | None = None) -> None:
        self._cold = cold or Ladder()
        self._child: Child | None = None
        self._rules: dict[str, Mapping[str, Any]] = {}
        self._deaths = 0
        self._rests_until = 0.0

    def scan(self, rules: Sequence[Mapping[str, Any]], sources: Sequence[Source], bounds: Bounds) -> Output:
        """See Engine."""
        if sys.platform == "win32" or time.monotonic() < self._rests_until:
            return self._cold.scan(rules, sources, bounds)
        begun = time.monotonic()
        try:
            output = self._scanned(rules, sources, bounds)
        except PartFailed as fault:
            self.close()
            first = self._rest()
            left = evolve(bounds, seconds=max(bounds.seconds - (time.monotonic() - begun), 0.1))
            output = self._cold.scan(rules, sources, left)
            said = f"{self.name} {fault}, so {self._cold.name} looks instead for a while: slower, and as complete"
            return evolve(output, remarks=(*output.remarks, said)) if first else output
        except BaseException:
            self.close()  # an answer that is still to come would be taken for the next one's
            raise
        self._deaths = 0
        if self._child is not None and self._child.is_spent:
            self.close()
        return output

    def close(self) -> None:
        """End the process, if there is one."""
        child, self._child = self._child, None
        self._rules = {}
        if child is not None:
            child.close()

    def _rest(self) -> bool:
        """Wait longer after each failure; whether it is the first one in a row."""
        self._deaths += 1
        self._rests_until = time.monotonic() + min(2.0**self._deaths, _LONGEST_REST)
        return self._deaths == 1

    def _scanned(self, rules: Sequence[Mapping[str, Any]], sources: Sequence[Source], bounds: Bounds) -> Output:
        texts = [source._replace(data=repaired(source.data, source.analyzers[0])) for source in sources]
        words = vocabulary(part.data for text in texts for part in parts(text))
        known = {str(less["id"]): less for rule in rules if (less := pruned(rule, words)) is not None}
        child = self._ready([_kept_apart(rule, sources) for rule in known.values()])
        looks = [_Look(child, _Places(source.data), known, min(bounds.seconds, _PATIENCE)) for source in sources]
        outputs = [_looked(look, source, text.data) for look, source, text in zip(looks, sources, texts, strict=True)]
        return Output(
            tuple(match for output in outputs for match in output.matches),
            tuple(trouble for output in outputs for trouble in output.troubles),
        )

    def _ready(self, rules: Sequence[Mapping[str, Any]]) -> Child:
        """The process, knowing these rules and no others, which would cost more than to change them.

        It proves to answer whenever they change.
        """
        wanted = {str(rule["id"]): rule for rule in rules}
        if self._child is not None and self._rules == wanted:
            return self._child
        self._rules = wanted
        known = [canary.RULE, *wanted.values()]
        if self._child is None:
            self._child = Child(known)
        else:
            self._child.refresh(known)
        look = _Look(self._child, _Places(canary.SOURCE.data), {}, _PATIENCE)
        canary.removed(_looked(look, canary.SOURCE, canary.SOURCE.data))
        return self._child


def _kept_apart(rule: Mapping[str, Any], sources: Sequence[Source]) -> Mapping[str, Any]:
    """The rule, for its own part of a text; a text that is in one piece is for all."""
    some = any(rule["id"] in source.apart for source in sources)
    rest = any(rule["id"] in source.rules - source.apart for source in sources)
    return rule if some is rest else {**rule, "paths": {"exclude": [f"*-{_REST if some else _SOME}/"]}}


def _looked(look: _Look, source: Source, text: bytes) -> Output:
    """What a text holds. One that cannot be read is tried again without the line that may be the cause, as long as that is quick.

    ``text`` is what was repaired of it.
    """
    begun = time.monotonic()
    found, broken = look.at(source._replace(data=text))
    half_typed = text != source.data or bool(broken)
    for line in suspects(text, broken)[:_TRIES] if broken else ():
        if not broken or time.monotonic() - begun > _QUICK:
            break
        more, broken = look.at(source._replace(data=blanked(text, line)))
        found += [match for match in more if match not in found]
    return Output(tuple(found), (Trouble(Kind.SYNTAX, "half typed", source.path),) if half_typed else ())


@frozen
class _Look:
    """How to ask for what a text holds, with which rules; ``places`` are those of the text as it is in the editor."""

    child: Child
    places: _Places
    known: Mapping[str, Mapping[str, Any]]
    seconds: float

    def at(self, whole: Source) -> tuple[list[Match], tuple[int, ...]]:
        """The matches, and the lines at which it could not be read."""
        asked = [part for part in parts(whole) if not part.rules or not part.rules.isdisjoint(self.known)]
        answers = [self._part(part, _kind(part, whole)) for part in asked]
        return [match for matches, _ in answers for match in matches], tuple(
            line for _, lines in answers for line in lines
        )

    def _part(self, source: Source, kind: str) -> tuple[list[Match], tuple[int, ...]]:
        answer = self.child.scan(source, self.seconds, kind)
        matches = [self.places.match(one, source.path) for one in answer.diagnostics]
        fixable = [number for number, match in enumerate(matches) if self._mends(match.rule)]
        for number in fixable[:_MOST_FIXES]:
            fix = self.child.fix(answer.file, answer.diagnostics[number], _PATIENCE)
            matches[number] = evolve(matches[number], fix=fix)
        self.child.forget(answer.file)
        return matches, answer.broken

    def _mends(self, rule: str) -> bool:
        return not {"fix", "fix-regex"}.isdisjoint(self.known.get(rule, ()))


def _kind(part: Source, whole: Source) -> str:
    if part.data != whole.data:
        return _SOME
    return _REST if part.rules != whole.rules else ""


class _Places:
    """From lines and columns, in bytes, to bytes of the text as it is in the editor."""

    def __init__(self, data: bytes) -> None:
        self._lines = data.split(b"\n")
        self._starts = [0]
        for line in self._lines:
            self._starts.append(self._starts[-1] + len(line) + 1)

    def match(self, diagnostic: Mapping[str, Any], path: str) -> Match:
        start, end = (self._offset(diagnostic["range"][key]) for key in ("start", "end"))
        return Match(str(diagnostic["code"]), path, start, max(start, end))

    def _offset(self, position: Mapping[str, int]) -> int:
        line = min(position["line"], len(self._lines) - 1)
        return self._starts[line] + min(position["character"], len(self._lines[line]))
