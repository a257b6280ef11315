"""The detector: bytes, hits, windows, a plugin's word, the filters; then one finding for each place."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING

from countermark.change import FileChange
from countermark.config.schema import Settings
from countermark.finding import Finding, Rule

from .prefilter import Hit, prefilter, scannable

if TYPE_CHECKING:
    from .own import OwnTokens


class SecretsDetector:
    """Secrets in files; pure but for the cache of what it searches for.

    ``plain``: without Hyperscan, as on machines that have none. ``today``: the day that decides what has expired.
    """

    name = "secrets"
    batch = False

    def __init__(self, settings: Settings | None = None, *, plain: bool = False, today: date = date.min) -> None:
        self._settings = settings or Settings()
        self._plain = plain
        self._today = today

    @property
    def rules(self) -> Sequence[Rule]:
        """Every rule that it can report."""
        from .rules import rules

        return (*rules().values(), *(self._own.rules.values() if self._own else ()))

    def prepare(self) -> None:
        """Load the search, or compile it where this machine has not done so yet, which takes seconds."""
        prefilter(plain=self._plain)
        if self._asked:
            prefilter(extra=True, plain=self._plain)

    def wants(self, file: FileChange) -> bool:
        """Any file with something in it."""
        return bool(file.after.data)

    def detect(self, files: Sequence[FileChange]) -> Iterator[Finding]:
        """The findings in these files."""
        for file in files:
            yield from self._in(file)

    def _in(self, file: FileChange) -> Iterator[Finding]:
        data = scannable(file.after)
        hits = self._hits(data)
        own = list(self._own.candidates(data)) if self._own else []
        if not hits and not own:
            return
        from .confirming import strongest

        if not (found := strongest(file, data, hits, own)):
            return
        from .reporting import findings

        yield from findings(found, file, self._today, self._own)

    def _hits(self, data: bytes) -> list[Hit]:
        hits = prefilter(plain=self._plain).hits(data)
        if self._asked:
            from .search import bundle

            searches = bundle().searches
            more = prefilter(extra=True, plain=self._plain).hits(data)
            hits += [hit for hit in more if searches[hit[0]].id in self._asked]
        return hits

    @cached_property
    def _own(self) -> OwnTokens | None:
        """What the settings describe; most describe nothing, and a hook has no time."""
        if not self._settings.secrets.tokens:
            return None
        from .own import OwnTokens

        return OwnTokens(self._settings.secrets.tokens)

    @cached_property
    def _asked(self) -> frozenset[str]:
        """The rules that are off by default and that the settings ask for."""
        if not self._settings.rules:
            return frozenset()
        from countermark_rules.judge import Judge

        from .rules import rules

        judge = Judge(self._settings)
        return frozenset(slug for slug, rule in rules().items() if not rule.enabled and judge.hears(rule))


def warm() -> None:
    """Make and cache what the first run would have to wait for."""
    SecretsDetector().prepare()
