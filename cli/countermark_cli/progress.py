"""A progress bar for runs that take long enough to wonder."""

from __future__ import annotations

import sys
import time
from contextlib import ExitStack
from typing import Any, Self

from attrs import define, field

_PATIENCE = 0.5  # seconds without a bar; rich alone takes a tenth of that to import


@define
class Bar:
    """Counts files on standard error, once there is something to wait for. A context manager, which takes the bar away again."""

    total: int | None
    shown: bool
    unit: str = "files"
    _done: int = 0
    _began: float = field(factory=time.monotonic)
    _bar: Any = None
    _task: Any = None
    _stack: ExitStack = field(factory=ExitStack)

    def advance(self, files: int) -> None:
        """Some more files are done."""
        self._done += files
        if not self.shown or time.monotonic() - self._began < _PATIENCE:
            return
        if self._bar is None:
            self._open()
        self._bar.update(self._task, completed=self._done, refresh=True)

    def _open(self) -> None:
        from rich.console import Console
        from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

        # Refreshed by hand: a thread of rich's would keep the engine from forking.
        columns = (
            BarColumn(),
            TextColumn("{task.completed}" + ("" if self.total is None else " of {task.total}") + f" {self.unit}"),
            TimeElapsedColumn(),
        )
        bar = Progress(*columns, console=Console(file=sys.stderr), transient=True, auto_refresh=False)
        self._bar = self._stack.enter_context(bar)
        self._task = bar.add_task("", total=self.total)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._stack.close()
