"""What a detector reports: one problem, at one place, with what to do about it."""

from __future__ import annotations

from datetime import timedelta
from enum import Enum, IntEnum

from attrs import frozen

from .content import Position, Span
from .provenance.model import State


class Severity(IntEnum):
    """How much harm the problem can do, if it is one. Ordered: a policy compares."""

    INFO = 0
    LOW = 1
    MEDIUM = 2
    HIGH = 3
    CRITICAL = 4


class Confidence(IntEnum):
    """How sure the detector is that it is one."""

    LOW = 0
    MEDIUM = 1
    HIGH = 2


class Lifetime(Enum):
    """How long a credential opens doors, as far as can be told offline."""

    LONG = "long-lived"
    SHORT = "short-lived"
    EXPIRED = "expired"
    UNKNOWN = "unknown"


@frozen
class Likelihood:
    """How often assistants suggest such code, in one sentence, and the study or page that says so; empty where none has counted it."""

    claim: str
    source: str


@frozen
class Rule:
    """What a family of findings has in common; documentation, SARIF and ``--explain`` are made from it.

    ``why`` says what can happen and to whom, ``remedy`` what to do about it: plain words, for a tired reader.
    ``owasp`` are entries of OWASP's lists with the edition, such as ``A03:2021`` or ``LLM01:2025``.
    ``enabled`` is False for rules that a team has to ask for.
    """

    id: str
    title: str
    why: str
    remedy: str
    severity: Severity
    confidence: Confidence
    cwe: tuple[str, ...] = ()
    references: tuple[str, ...] = ()
    enabled: bool = True
    owasp: tuple[str, ...] = ()
    likelihood: Likelihood | None = None

    @property
    def family(self) -> str:
        """The part before the slash."""
        return self.id.partition("/")[0]


@frozen
class Edit:
    """Replace what a span of the file covers."""

    span: Span
    replacement: str
    start: Position | None = None  # filled in by the engine, as a finding's are
    end: Position | None = None


@frozen
class Fix:
    """A change that removes the problem. ``safe`` means: it cannot alter what correct code does, so it may be applied unseen.

    ``variable`` is the environment variable that the changed code reads and that somebody has to set.
    """

    title: str
    safe: bool
    edits: tuple[Edit, ...]
    variable: str = ""


@frozen
class Related:
    """Another place that explains a finding. ``before``: it lies in the version before the change, and so does the position."""

    path: str
    span: Span
    message: str
    start: Position | None = None
    end: Position | None = None
    before: bool = False


@frozen
class Excerpt:
    """The first line of a finding as it may be shown: every secret in it is masked; ``start``..``end`` is what to underline."""

    text: str
    start: int
    end: int


@frozen
class Origin:
    """Where in the history a finding was first seen: who wrote the commit, on which day, and whether HEAD still has it."""

    author: str
    date: str
    in_head: bool


NO_EXCERPT = Excerpt("", 0, 0)
UNPLACED = Position(0, 0)


@frozen
class Finding:
    """One problem in one file.

    A detector fills in the fields up to ``fixes``; the engine completes the others, the same way for every detector.
    ``written`` is who wrote its lines, where that was asked.
    ``secrets`` are the spans of values that nobody may see, the one that the finding is about first. No value of this type holds a
    secret, so none can leak through a log or a report. ``lasts`` is for how long the credential works, or more, where that is known.
    """

    rule: Rule
    path: str
    span: Span
    message: str
    severity: Severity
    confidence: Confidence
    secrets: tuple[Span, ...] = ()
    lifetime: Lifetime | None = None
    lasts: timedelta | None = None
    related: tuple[Related, ...] = ()
    fixes: tuple[Fix, ...] = ()
    commit: str | None = None
    origin: Origin | None = None

    start: Position = UNPLACED
    end: Position = UNPLACED
    fingerprint: str = ""
    excerpt: Excerpt = NO_EXCERPT
    touched: bool = True
    written: State | None = None

    @classmethod
    def of(
        cls,
        rule: Rule,
        path: str,
        span: Span,
        *,
        message: str | None = None,
        confidence: Confidence | None = None,
        secrets: tuple[Span, ...] = (),
        lifetime: Lifetime | None = None,
        lasts: timedelta | None = None,
        related: tuple[Related, ...] = (),
        fixes: tuple[Fix, ...] = (),
    ) -> Finding:
        """A finding with what its rule says, save where the detector knows better."""
        return cls(
            rule=rule,
            path=path,
            span=span,
            message=message or rule.why,
            severity=rule.severity,
            confidence=rule.confidence if confidence is None else confidence,
            secrets=secrets,
            lifetime=lifetime,
            lasts=lasts,
            related=related,
            fixes=fixes,
        )
