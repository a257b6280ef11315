"""What judges a change: the settings that are in force, and what people have answered for."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from functools import partial

from attrs import frozen

from .config.load import load
from .config.organisation import Tightened, find, load_file, tighten
from .config.schema import Settings
from .git.repository import Repository
from .local import local_names
from .rule_files import RuleFile, read_rule_files
from .snapshot import Snapshot
from .triage.baseline import Baseline
from .triage.baseline import parse as parse_own
from .triage.foreign import Foreign, parse_detect_secrets, parse_gitleaks
from .triage.triage import Triage

_FOREIGN = (".baseline", ".gitleaksignore", ".json")


@frozen
class Project:
    """The settings of a repository as its organisation leaves them, and its triage.

    ``overridden`` are the keys where the repository asked for something looser than its organisation; ``rules`` are its own.
    ``local`` tells the names by which its code may import its own, once somebody asks.
    """

    settings: Settings
    triage: Triage
    overridden: tuple[str, ...] = ()
    rules: tuple[RuleFile, ...] = ()
    local: Callable[[], frozenset[str]] = frozenset


def load_project(
    snapshot: Snapshot,
    *,
    repository: Repository | None,
    environ: Mapping[str, str],
    today: date,
    ignore_inline: bool = False,
) -> Project:
    """Read settings and baselines from one snapshot, so that a staged change is judged by what is staged with it.

    Raises UsageError for files that cannot be used as they are, the organisation's included.
    """
    tightened = load_settings(snapshot, repository=repository, environ=environ)
    settings = tightened.settings
    baseline, foreign = _known(snapshot, settings)
    triage = Triage(
        today=today,
        baseline=baseline,
        foreign=foreign,
        ignore_inline=ignore_inline or "comments" not in settings.organisation.allow,
        foreign_markers=settings.policy.foreign_markers,
        longest=settings.policy.longest_suppression,
    )
    worktree = repository.worktree if repository else None
    local = partial(local_names, worktree) if worktree else frozenset
    return Project(settings, triage, tightened.overridden, read_rule_files(snapshot), local)


def load_settings(snapshot: Snapshot, *, repository: Repository | None, environ: Mapping[str, str]) -> Tightened:
    """The settings alone, for those who write a baseline: a faulty one must not stand in their way."""
    path = find(repository, environ)
    if path is None:
        return Tightened(load(snapshot))
    organisation = load_file(path)
    return tighten(organisation, load(snapshot, organisation=organisation))


def own_baseline(settings: Settings) -> str | None:
    """The first of `baselines` that is ours to write, or None where the settings leave none."""
    return next((name for name in settings.baselines if not name.endswith(_FOREIGN)), None)


def _known(snapshot: Snapshot, settings: Settings) -> tuple[Baseline, Foreign]:
    """All files of `baselines` together; one that does not exist knows nothing."""
    baseline, foreign = Baseline(), Foreign()
    for name in settings.baselines:
        data = snapshot.read(name)
        if data is None:
            continue
        if name.endswith(".gitleaksignore"):
            foreign |= parse_gitleaks(data, name)
        elif _is_one_object(name, data):
            foreign |= parse_detect_secrets(data, name)
        else:
            entries = parse_own(data, name).entries
            baseline = Baseline.of((*baseline.entries, *entries)) if baseline.entries else Baseline(entries)
    return baseline, foreign


def _is_one_object(name: str, data: bytes) -> bool:
    """Whether a file is one JSON value, as detect-secrets writes it: ours has a whole one in each line."""
    return name.endswith(_FOREIGN) or data[:100].lstrip().partition(b"\n")[0].rstrip() == b"{"
