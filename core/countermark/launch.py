"""What every process of ours does first and last."""

from __future__ import annotations

import gc

# Of the collector: nearly all that a command makes is needed until it ends, so to look for what is not costs a tenth of its time.
_FEW_ROUNDS = (100_000, 20, 20)


def launch() -> None:
    """Prepare this process for its work."""
    gc.set_threshold(*_FEW_ROUNDS)


def land() -> None:
    """Prepare it for its end: the interpreter would look through everything for what could be freed, just before all of it is."""
    gc.freeze()
