"""One way to ask after the other, until one answers; whoever reads the result is told when it was not the first."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from typing import Any

from attrs import evolve, frozen

from countermark.errors import PartFailed

from .rungs import COMMAND_LINE, CORE, EXPERIMENTAL, Rung
from .scanning import Bounds, Engine, Output, Source
from .semgrep import TooSlow, version_fault


@frozen
class Ladder:
    """Engines, the best one first."""

    rungs: Sequence[Engine] = (CORE, EXPERIMENTAL, COMMAND_LINE)

    @property
    def name(self) -> str:
        """See Engine."""
        return self.rungs[0].name

    def ahead(self, bounds: Bounds) -> None:
        """Start the first engine, if it can wait for what it will be asked with these bounds."""
        if isinstance(first := self.rungs[0], Rung):
            first.ahead(bounds)

    def scan(self, rules: Sequence[Mapping[str, Any]], sources: Sequence[Source], bounds: Bounds) -> Output:
        """What the first engine that answers says. Raises PartFailed with what is wrong with each where none does."""
        end = time.monotonic() + bounds.seconds
        faults: list[str] = []
        for rung in self.rungs:
            left = max(end - time.monotonic(), 0.1)
            try:
                output = rung.scan(rules, sources, evolve(bounds, seconds=left))
            except TooSlow as fault:
                raise TooSlow(f"{rung.name} {fault}, so not all of it was looked at") from None
            except PartFailed as fault:
                faults.append(f"{rung.name} {fault}")
            else:
                return evolve(output, remarks=(*output.remarks, *_stepped_down(rung, faults)))
        raise PartFailed(version_fault() or f"{'; '.join(faults)}; `countermark doctor` tells more")


def _stepped_down(rung: Engine, faults: Sequence[str]) -> list[str]:
    if not faults:
        return []
    said = (
        f"{'; '.join(faults)}, so {rung.name} looked instead: slower, and as complete; `countermark doctor` tells more"
    )
    return [said]
