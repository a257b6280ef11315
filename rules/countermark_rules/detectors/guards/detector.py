"""The `guards` detector: what a change takes away, and what it silences. A tree without a version before has nothing to lose."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from attrs import evolve

from countermark.change import FileChange, Trait
from countermark.config.schema import Settings
from countermark.content import Content, Span
from countermark.display import escape
from countermark.finding import Confidence, Finding, Related, Rule
from countermark.placing import masked
from countermark_rules.detector import Said
from countermark_rules.detectors.patterns.scanning import Engine

from .gates import gates
from .losses import Loss
from .presence import lost
from .rules import RULES
from .settings import loosened
from .silenced import silenced
from .tests_lost import lost_tests
from .vanished import Vanished
from .versions import Versions

if TYPE_CHECKING:
    from countermark_rules.detectors.secrets.detector import SecretsDetector

_NOT_OURS = frozenset({Trait.GENERATED, Trait.VENDORED, Trait.MINIFIED, Trait.LOCKFILE})
_WIDEST = 120  # characters of a line that a message shows


class GuardsDetector:
    """Guards that vanish from a change."""

    name = "guards"
    batch = True
    wants_gone = True

    def __init__(self, settings: Settings, engine: Engine | None = None) -> None:
        self._settings = settings
        self._engine = engine

    @property
    def rules(self) -> Sequence[Rule]:
        """Every rule that it can report."""
        from .bundle import presences

        return (*{one.rule.id: one.rule for one in presences()}.values(), *RULES)

    def prepare(self) -> None:
        """Load the search for secrets, which the secrets detector mostly has done: what stood there before is shown."""
        self._secrets.prepare()

    def wants(self, file: FileChange) -> bool:
        """Any file that a person wrote: a new one may be where a guard of another one went."""
        return file.commit is None and not file.traits & _NOT_OURS

    def detect(self, files: Sequence[FileChange]) -> Iterable[Said]:
        """What the change of all these files takes away."""
        versions = [Versions(file) for file in files]
        if not any(file.before is not None for file in files):
            return
        found = lost(versions, self._settings.limits, self._engine)
        losses = [
            *map(_loss, found.guards),
            *lost_tests(versions),
            *gates(versions),
            *silenced(versions),
            *loosened(versions),
        ]
        masks: dict[str, list[Span]] = {}
        for loss in losses:
            if loss.old is not None and loss.file.path not in masks:
                masks[loss.file.path] = self._masks(loss.file)
        yield from _apart(_finding(loss, masks.get(loss.file.path, [])) for loss in losses)
        yield from found.troubles

    @cached_property
    def _secrets(self) -> SecretsDetector:
        from countermark_rules.detectors.secrets.detector import SecretsDetector

        return SecretsDetector(self._settings)

    def _masks(self, file: Versions) -> list[Span]:
        """The secrets of the old version."""
        old = FileChange(file.old_path, file.before)
        found = self._secrets.detect([old]) if self._secrets.wants(old) else ()
        return sorted(span for finding in found for span in finding.secrets)


def _loss(guard: Vanished) -> Loss:
    one = guard.occurrence
    file, rule = one.versions, one.presence.rule
    # With the name gone too, it may be another piece of code after all.
    confidence = None if guard.same else Confidence(max(rule.confidence - 1, Confidence.LOW))
    about = f"It stood in {' '.join(one.name.split())}." if one.name else ""
    return Loss(rule, file, file.place(one.span.start), one.span, about, confidence=confidence)


def _finding(loss: Loss, masks: Sequence[Span]) -> Finding:
    finding = Finding.of(loss.rule, loss.file.path, loss.span, confidence=loss.confidence)
    # Even where nothing is to be shown of it, the change did this: whatever line it points at.
    about = f"{loss.about} " if loss.about else ""
    message = f"{loss.rule.why} {escape(about)}".strip()
    related = () if loss.old is None else (_before(loss.file, loss.old, masks),)
    severity = finding.severity if loss.severity is None else loss.severity
    return evolve(finding, message=message, severity=severity, related=related)


def _before(file: Versions, old: Span, masks: Sequence[Span]) -> Related:
    content = file.before
    text = masked(content, _line(content, old), masks).strip()
    shown = text if len(text) <= _WIDEST else f"{text[: _WIDEST - 1]}…"
    return Related(
        file.old_path,
        old,
        f"before the change: {escape(shown)}",
        content.position(old.start),
        content.position(old.end),
        before=True,
    )


def _line(content: Content, span: Span) -> Span:
    return content.line_span(content.line_at(span.start))


def _apart(findings: Iterable[Finding]) -> Iterator[Finding]:
    """One finding for each rule and place; several guards that went from one place are told together."""
    together: dict[tuple[str, str, Span], Finding] = {}
    for finding in findings:
        key = (finding.rule.id, finding.path, finding.span)
        first = together.get(key)
        if first is None:
            together[key] = finding
        else:
            related = tuple(dict.fromkeys((*first.related, *finding.related)))
            best = max(first.confidence, finding.confidence)
            together[key] = evolve(first, related=related, confidence=best)
    yield from together.values()
