"""What each hook judges: the staged change, the commit message, the commits that are about to be pushed."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from itertools import chain
from pathlib import Path
from typing import IO

from attrs import evolve

from countermark.change import Change
from countermark.config.schema import Gate
from countermark.errors import ExitCode, UsageError
from countermark.git.objects import Objects
from countermark.git.repository import Repository, discover
from countermark.git.revisions import resolve
from countermark.git.snapshots import CommitSnapshot, IndexSnapshot, WorktreeSnapshot
from countermark.project import Project, load_project
from countermark.snapshot import FirstOf, Snapshot
from countermark.verdict import Level, Report

from .resident.served import needs_terminal

_MOST_INPUT = 64_000_000  # bytes of lines from git; a million refs
_MOVED_AWAY = ("pre-commit.old", "commit-msg.old", "pre-push.old")
_WORDS = 4  # of such a line
_GLOB = frozenset("*?[\\")


def pre_commit(names: Sequence[str], environ: Mapping[str, str]) -> int:
    """Judge the staged change: all of it, or what pre-commit and prek name."""
    from countermark.changes.index import staged

    repository = _repository(environ)
    project = _project_as_staged(repository, environ)

    def look() -> Report:
        change = staged(repository, project.settings.limits)
        named = _named(names, change, repository, project) if names else change
        return _with_reviews(named, project, repository)

    report, fail_on = look(), project.settings.policy.fail_on
    if report.exit_code(fail_on) != ExitCode.BLOCKED:
        return _told(report, project)
    from .offer import offers, taken

    offer = offers(report, fail_on)
    if offer:
        needs_terminal()
    code = _told(report, project)
    return _told(look(), project) if offer and taken(environ) else code


def commit_msg(file: str, environ: Mapping[str, str]) -> int:
    """Judge the message in a file, as git will keep it."""
    from countermark.changes.messages import message

    from .message import kept

    repository = _repository(environ)
    project = _project_as_staged(repository, environ)
    try:
        raw = Path(file).read_bytes()
    except OSError as fault:
        raise UsageError(f"cannot read the commit message in {file}: {fault.strerror}") from fault
    entry = message(kept(raw, repository.config, environ), project.settings.limits)
    code = _told(_inspected(Change(str(repository.root), [entry], total=1), project), project)
    if code == ExitCode.CLEAN and project.settings.review.trailers:
        from .trailers import add_trailers

        add_trailers(Path(file), project, repository)
    return code


def pre_push(remote: str, refs: IO[bytes], environ: Mapping[str, str]) -> int:
    """Judge every commit that the remote does not have yet, and its message."""
    from countermark.changes.messages import messages
    from countermark.changes.push import unpushed

    repository = _repository(environ)
    lines = _refs(repository, refs, environ)
    tips = _ids(line.split()[-3] for line in lines)
    if not tips:
        return ExitCode.CLEAN
    remote = remote or environ.get("PRE_COMMIT_REMOTE_NAME", "")
    project = _project_as_pushed(tips, repository, environ)
    limits = project.settings.limits
    change = unpushed(repository, lines, remote, limits)
    fetched = [f"--remotes={remote}"] if remote and _GLOB.isdisjoint(remote) else []
    new = [*tips, "--not", *_ids(line.split()[-1] for line in lines), *fetched]
    whole = evolve(change, entries=chain(messages(repository, new, limits), change.entries), total=None)
    return _told(_with_commits(whole, project, repository, tuple(new)), project)


def _ids(words: Iterable[str]) -> list[str]:
    """Without the zeros that stand for a ref that is not there."""
    return [word for word in words if set(word) != {"0"}]


def _repository(environ: Mapping[str, str]) -> Repository:
    repository = discover(Path.cwd(), environ)
    if repository is None:
        raise UsageError(f"{Path.cwd()} lies in no git repository, so a hook has nothing to judge here")
    _stay(repository)
    return repository


def _stay(repository: Repository) -> None:
    """Lefthook moves ours away when its settings have changed, even while it runs before us; then the next commit would go unseen."""
    if any(os.path.lexists(repository.common_dir / "hooks" / name) for name in _MOVED_AWAY):
        from .install import take_back

        if take_back(repository):
            sys.stderr.write("countermark: lefthook had moved our hooks away; they are installed again\n")


def _project_as_staged(repository: Repository, environ: Mapping[str, str]) -> Project:
    with Objects(repository) as objects:
        return _project(IndexSnapshot(repository, objects), repository, environ)


def _project_as_pushed(tips: Sequence[str], repository: Repository, environ: Mapping[str, str]) -> Project:
    """By the settings of HEAD where that is pushed: of several refs, others may be old tags."""
    head = _head(repository)
    with Objects(repository) as objects:
        snapshot = CommitSnapshot(repository, head if head and head in tips else tips[0], objects)
        return _project(snapshot, repository, environ)


def _project(snapshot: Snapshot, repository: Repository, environ: Mapping[str, str]) -> Project:
    """The settings and suppressions that come with what is judged; a file that git does not know is read where it lies."""
    if repository.worktree is not None:
        snapshot = FirstOf(snapshot, WorktreeSnapshot(repository.worktree))
    today = datetime.now().astimezone().date()
    return load_project(snapshot, repository=repository, environ=environ, today=today)


def _named(names: Sequence[str], change: Change, repository: Repository, project: Project) -> Change:
    """What pre-commit names: a part of what is staged, or, with ``--all-files``, more than that; then leaks of old have to show too."""
    entries = list(change.entries)
    wanted = set(names)
    if wanted <= {entry.path for entry in entries}:
        return evolve(change, entries=[entry for entry in entries if entry.path in wanted], total=len(wanted))
    from countermark.changes.tree import tree

    paths = [repository.root / name for name in names]
    return tree(repository.root, paths, limits=project.settings.limits, exclude=(), repository=repository)


def _refs(repository: Repository, refs: IO[bytes], environ: Mapping[str, str]) -> list[str]:
    """What is pushed, as git says it: ``local-ref id remote-ref id`` a line. pre-commit and prek keep that back and name one ref."""
    read = b"" if refs.isatty() else refs.read(_MOST_INPUT)
    lines = [line for line in read.decode("utf-8", "surrogateescape").split("\n") if len(line.split()) >= _WORDS]
    if lines or "PRE_COMMIT" not in environ:
        return lines
    local = environ.get("PRE_COMMIT_TO_REF") or environ.get("PRE_COMMIT_LOCAL_BRANCH") or "HEAD"
    tip = resolve(repository, local)
    return [f"{local} {tip} {environ.get('PRE_COMMIT_REMOTE_BRANCH', local)} {'0' * len(tip)}"]


def _head(repository: Repository) -> str | None:
    try:
        return resolve(repository, "HEAD")
    except UsageError:  # no commit yet on this branch
        return None


def _with_reviews(change: Change, project: Project, repository: Repository) -> Report:
    """What is found in the staged change, and who answers for its lines."""
    from countermark.review.policy import concerned
    from countermark_rules.inspect import inspect

    settings, today = project.settings.review, project.triage.today
    if not concerned(repository, project.settings):
        return inspect(change, project)
    from countermark.review.watching import watching

    with watching(repository, settings, IndexSnapshot(repository), today, here=Gate.COMMIT) as watch:
        report = inspect(change, project, look=watch.file, stretches=watch.attribution.stretches)
        return evolve(report, review="countermark review --staged")


def _with_commits(change: Change, project: Project, repository: Repository, new: tuple[str, ...]) -> Report:
    """What is found in a push, and who answers for the lines of each new commit."""
    from countermark.review.watching import listed, watching
    from countermark_rules.inspect import extended, inspect

    settings, today = project.settings.review, project.triage.today
    snapshot = CommitSnapshot(repository, new[0])
    commits, exclude = listed(repository, new), project.settings.exclude
    with watching(repository, settings, snapshot, today, here=Gate.PUSH, commits=commits, exclude=exclude) as watch:
        # Only a policy that judges by the author has to know one.
        stretches = watch.attribution.stretches if project.settings.policy.ai.raise_ else None
        report = inspect(change, project, stretches=stretches)
        return extended(report, watch.commits(new, project.settings.limits), review=_range(repository, new))


def _range(repository: Repository, new: tuple[str, ...]) -> str:
    """The command that reviews new commits: from where the first branch left what the remote has."""
    told = repository.git("rev-list", "--ignore-missing", "--boundary", *new, "--").decode("ascii", "replace").split()
    base = next((f"{line[1:13]}.." for line in told if line.startswith("-")), "")
    return f"countermark review {base}{new[0][:12]}"


def _inspected(change: Change, project: Project) -> Report:
    from countermark_rules.inspect import inspect

    return inspect(change, project)


def _told(report: Report, project: Project) -> int:
    """The hook's exit code, and the report for whoever has to know."""
    fail_on = project.settings.policy.fail_on
    code = report.exit_code(fail_on)
    if code is not ExitCode.CLEAN or any(item.verdict.level >= Level.WARN for item in report.judged):
        _show(report, fail_on)
    return code


def _show(report: Report, fail_on: Level) -> None:
    from countermark.report.render import render
    from countermark.report.terminal import printable, wants_colour

    said = render(report, "text", rules=(), fail_on=fail_on, colour=wants_colour(sys.stderr, os.environ))
    sys.stderr.write(printable(said, sys.stderr.encoding))
