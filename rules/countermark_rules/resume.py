"""What an interrupted look at the history has done: ids of versions and findings, which hold no secret, in the user's cache."""

from __future__ import annotations

import json
import os
from collections.abc import Collection, Sequence
from datetime import timedelta
from hashlib import blake2b
from typing import Any, Self

from attrs import asdict, define, field, frozen

from countermark.change import Skipped
from countermark.changes.history import Past
from countermark.changes.raw import SUBMODULE, Raw
from countermark.config.schema import Settings
from countermark.content import Position, Span
from countermark.finding import Confidence, Excerpt, Finding, Lifetime, Rule, Severity
from countermark.project import Project
from countermark.verdict import Suppressed

from .detectors.secrets import cache
from .detectors.secrets.signature import signature
from .inspector import Outcome

_FORMAT = 1
_LARGEST = 48_000_000  # bytes; of more than two million versions nothing is kept
_KEPT = 8  # repositories


@define
class Seen:
    """What has been looked at. Of findings in many versions, the first is kept."""

    done: set[bytes] = field(factory=set)
    found: set[bytes] = field(factory=set)  # those of them in which something is
    files: int = 0
    _findings: dict[tuple[str, str], Finding] = field(factory=dict)
    _suppressed: dict[tuple[str, str], Suppressed] = field(factory=dict)
    _skipped: dict[Skipped, None] = field(factory=dict)

    @property
    def findings(self) -> Collection[Finding]:
        """Every finding, the oldest first."""
        return self._findings.values()

    @property
    def suppressed(self) -> Collection[Suppressed]:
        """What somebody answered for."""
        return self._suppressed.values()

    @property
    def skipped(self) -> Collection[Skipped]:
        """What was not looked at, each name once."""
        return self._skipped.keys()

    def skip(self, item: Skipped) -> None:
        """Note what is not looked at."""
        self._skipped.setdefault(item)

    def add(self, raws: Sequence[Raw], outcome: Outcome, found: Collection[bytes]) -> None:
        """Note what came of some versions."""
        self.done.update(bytes.fromhex(raw.oid.decode()) for raw in raws if raw.mode != SUBMODULE)
        self.found.update(found)
        self.files += outcome.files
        for judged in outcome.judged:
            self._findings.setdefault((judged.finding.path, judged.finding.fingerprint), judged.finding)
        for item in outcome.suppressed:
            self._suppressed.setdefault((item.finding.path, item.finding.fingerprint), item)
        for skipped in outcome.skipped:
            self.skip(skipped)

    def to_bytes(self) -> bytes:
        """One line of JSON, then the ids."""
        head = {
            "files": self.files,
            "findings": [_plain(finding) for finding in self.findings],
            "suppressed": [[_plain(item.finding), item.in_source, item.why] for item in self.suppressed],
            "skipped": [[item.path, item.why] for item in self.skipped],
            "size": len(next(iter(self.done), b"")),
            "done": len(self.done),
        }
        return b"\n".join((json.dumps(head).encode(), b"".join((*self.done, *self.found))))

    @classmethod
    def from_bytes(cls, data: bytes, settings: Settings) -> Self:
        """What ``to_bytes`` wrote, by the same settings."""
        from .registry import all_rules

        line, _, ids = data.partition(b"\n")
        head = json.loads(line)
        rules = {rule.id: rule for rule in all_rules(settings)}
        size = head["size"] or 1
        every = [ids[at : at + size] for at in range(0, len(ids), size)]
        findings = [_finding(plain, rules) for plain in head["findings"]]
        suppressed = [Suppressed(_finding(plain, rules), source, why) for plain, source, why in head["suppressed"]]
        return cls(
            done=set(every[: head["done"]]),
            found=set(every[head["done"] :]),
            files=head["files"],
            findings={(finding.path, finding.fingerprint): finding for finding in findings},
            suppressed={(item.finding.path, item.finding.fingerprint): item for item in suppressed},
            skipped={Skipped(path, why): None for path, why in head["skipped"]},
        )


@frozen
class Store:
    """Where it is kept: for one repository, part of its history, set of rules and settings; another one is another place."""

    name: str
    settings: Settings

    @classmethod
    def of(cls, past: Past, project: Project) -> Self:
        """The place for a look at ``past`` by ``project``."""
        triage = project.triage
        told = (triage.ignore_inline, triage.foreign_markers, triage.longest, triage.baseline, triage.foreign)
        known = (
            _FORMAT,
            signature(),
            os.path.realpath(past.repository.common_dir),
            past.revisions,
            project.settings,
            told,
        )
        digest = blake2b(repr(known).encode("utf-8", "surrogateescape"), digest_size=12)
        return cls(f"history-{digest.hexdigest()}", project.settings)

    def read(self) -> Seen | None:
        """What was done; None where nothing was, or nothing that can be read."""
        stored = cache.read(self.name)
        return None if stored is None else Seen.from_bytes(stored, self.settings)

    def write(self, seen: Seen) -> None:
        """Keep it, where there is room for it."""
        if len(data := seen.to_bytes()) <= _LARGEST and seen.done:
            cache.write(self.name, data)
            self._tidy()

    def forget(self) -> None:
        """It is all done."""
        if (folder := cache.folder()) is not None:
            (folder / self.name).unlink(missing_ok=True)

    def _tidy(self) -> None:
        if (folder := cache.folder()) is None:
            return
        for file in sorted(folder.glob("history-*"), key=lambda file: -file.stat().st_mtime)[_KEPT:]:
            file.unlink(missing_ok=True)


def _plain(finding: Finding) -> dict[str, Any]:
    """A finding as JSON holds it. It is never one with a secret in it, for there is no such finding."""
    lasts = None if finding.lasts is None else finding.lasts.total_seconds()
    lifetime = finding.lifetime.value if finding.lifetime else None
    plain = asdict(finding, filter=lambda attribute, _: attribute.name not in {"secrets", "related", "fixes", "origin"})
    return {**plain, "rule": finding.rule.id, "lifetime": lifetime, "lasts": lasts}


def _finding(plain: dict[str, Any], rules: dict[str, Rule]) -> Finding:
    lasts, lifetime = plain["lasts"], plain["lifetime"]
    made = {
        "rule": rules[plain["rule"]],
        "span": Span(**plain["span"]),
        "severity": Severity(plain["severity"]),
        "confidence": Confidence(plain["confidence"]),
        "lifetime": None if lifetime is None else Lifetime(lifetime),
        "lasts": None if lasts is None else timedelta(seconds=lasts),
        "start": Position(**plain["start"]),
        "end": Position(**plain["end"]),
        "excerpt": Excerpt(**plain["excerpt"]),
    }
    return Finding(**{**plain, **made})
