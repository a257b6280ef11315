"""Random sessions of agents and people in a real repository, in which it is known who wrote each line.

Most lines are unlike any other, so that a line's text tells who wrote it, whatever git did to it meanwhile. Common lines (a brace, an
empty line) are in between; who wrote one of those is known where the nearest telling lines on both sides are one author's.
"""

# ruff: noqa: PLR2004 - how likely things are

from __future__ import annotations

import os
import random
import shlex
import subprocess
from collections.abc import Callable, Mapping
from pathlib import Path

from attrs import define, field, frozen

from countermark.change import FileChange
from countermark.changes.index import staged
from countermark.changes.range import commits
from countermark.config.schema import Limits
from countermark.diff import lines_of
from countermark.git.repository import Repository, discover
from countermark.provenance.attribute import Attributor
from countermark.provenance.journal import Event, Journal
from countermark.provenance.lines import squeezed
from countermark.provenance.model import Author, State
from countermark.provenance.record import note_commits

AGENT = Author(State.AI, "robot", "robot-1", "session-1", 1)
PERSON = Author(State.HUMAN, "", "", "editor")
_COMMON = ("}", "", "else:", "return None", "pass", "try:", "import os", "    )", "end")
_WORDS = (
    "alpha beta gamma delta omega total count user path value item list page node edge size name kind rate time".split()
)
_HOOKS = {
    "post-commit": 'git rev-parse HEAD | sed "s/^/commit /" >>"$(git rev-parse --git-common-dir)/told"\n',
    "post-rewrite": 'sed "s/^/rewrite /" >>"$(git rev-parse --git-common-dir)/told"\n',
}


@define
class Score:
    """Counted lines: those that an agent wrote, how many of them were marked; those that were marked, how many of them rightly.

    ``doubtful`` are marked common lines between a person's: right or wrong, nobody can tell.
    """

    written: int = 0
    marked: int = 0
    claimed: int = 0
    right: int = 0
    doubtful: int = 0
    wrong: list[str] = field(factory=list)

    def add(self, other: Score) -> None:
        """Count another one too."""
        self.written += other.written
        self.marked += other.marked
        self.claimed += other.claimed
        self.right += other.right
        self.doubtful += other.doubtful
        self.wrong += other.wrong

    @property
    def recall(self) -> float:
        """The share of an agent's lines that were marked."""
        return self.marked / self.written if self.written else 1.0

    @property
    def precision(self) -> float:
        """The share of marked lines that an agent wrote."""
        return self.right / self.claimed if self.claimed else 1.0


@define
class Session:
    """One repository with its authors. Every step is chosen by ``random``."""

    path: Path
    random: random.Random
    environ: Mapping[str, str]
    truth: dict[str, str] = field(factory=dict)
    score: Score = field(factory=Score)
    serial: int = 0
    log: list[str] = field(factory=list)
    repository: Repository = field(init=False)
    journal: Journal = field(init=False)

    # Setting up

    def begin(self) -> None:
        """Make the repository, with some files that were there before anybody looked."""
        self.path.mkdir(parents=True)
        self.git("init", "-q", "-b", "main")
        hooks = self.path / ".git" / "hooks"
        hooks.mkdir(exist_ok=True)
        for name, text in _HOOKS.items():
            (hooks / name).write_text("#!/bin/sh\n" + text)
            (hooks / name).chmod(0o755)
        for name in ("a.py", "b.py", "sub/c.py"):
            self.put(name, self.lines("human", self.random.randint(5, 40)))
        self.git("add", "-A")
        self.git("commit", "-q", "-m", "start")
        self.repository = _found(self.path, self.environ)
        self.journal = Journal.of(self.repository)
        self.told()

    def git(self, *args: str, check: bool = True, **more: str) -> subprocess.CompletedProcess[bytes]:
        """Run git."""
        environ = {**self.environ, **more}
        done = subprocess.run(["git", *args], cwd=self.path, env=environ, capture_output=True, check=False)
        if check and done.returncode:
            raise AssertionError(f"{args}: {done.stderr.decode()}{done.stdout.decode()}")
        return done

    # Lines and files

    def line(self, author: str, *, telling: bool) -> str:
        """A new line."""
        if not telling and self.random.random() < 0.4:
            return self.random.choice(_COMMON)
        self.serial += 1
        one, two, three = (self.random.choice(_WORDS) for _ in range(3))
        text = f"{'    ' * self.random.randint(0, 3)}{one}_{self.serial} = {two}({three}, {self.random.randint(0, 9)})"
        self.truth[squeezed(text)] = author
        return text

    def lines(self, author: str, count: int) -> list[str]:
        """New lines, of which the first and the last tell who wrote those between."""
        return [self.line(author, telling=at in {0, count - 1}) for at in range(count)]

    def files(self) -> list[str]:
        """The files of the worktree."""
        return sorted(
            str(file.relative_to(self.path))
            for file in self.path.rglob("*.py")
            if ".git" not in file.relative_to(self.path).parts
        )

    def get(self, name: str) -> list[str]:
        """The lines of a file."""
        return (self.path / name).read_text().split("\n")[:-1]

    def put(self, name: str, lines: list[str]) -> None:
        """Write a file."""
        file = self.path / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text("".join(f"{line}\n" for line in lines))

    def data(self, name: str) -> bytes | None:
        """A file's bytes."""
        file = self.path / name
        return file.read_bytes() if file.exists() else None

    # Edits

    def changed(self, lines: list[str], author: str) -> list[str]:
        """The lines after one edit by an author."""
        lines = list(lines)
        at = self.random.randint(0, len(lines))
        kind = self.random.random()
        if kind < 0.55 or not lines:
            lines[at:at] = self.lines(author, self.random.choice((1, 1, 2, 3, 5, 8, 12)))
        else:
            start, end = self.apart(lines, at, at + self.random.randint(1, 4))
            lines[start:end] = self.lines(author, self.random.randint(1, 4)) if kind < 0.8 else []
        return lines

    def apart(self, lines: list[str], start: int, end: int) -> tuple[int, int]:
        """A part with the common lines at its edges: left alone they would tell of whoever writes around them."""
        while start > 0 and squeezed(lines[start - 1]) not in self.truth:
            start -= 1
        while end < len(lines) and squeezed(lines[end]) not in self.truth:
            end += 1
        return start, end

    def moved(self, lines: list[str]) -> list[str]:
        """The lines with one block somewhere else."""
        if len(lines) < 8:
            return lines
        start = self.random.randrange(len(lines) - 4)
        block = lines[start : start + self.random.randint(3, 6)]
        rest = lines[:start] + lines[start + len(block) :]
        at = self.random.randint(0, len(rest))
        return rest[:at] + block + rest[at:]

    def formatted(self, lines: list[str]) -> list[str]:
        """The lines as another formatter would write them."""
        start = self.random.randint(0, len(lines))
        end = min(len(lines), start + self.random.randint(1, 20))
        return [
            ("  " + line.replace(" = ", "=") if start <= at < end and line.strip() else line)
            for at, line in enumerate(lines)
        ]

    def change(self, name: str, author: str) -> None:
        """One edit of a file."""
        lines = self.get(name) if (self.path / name).exists() else []
        how = self.random.random()
        if how < 0.1:
            self.put(name, self.moved(lines))
        elif how < 0.2:
            self.put(name, self.formatted(lines))
        else:
            self.put(name, self.changed(lines, author))

    def agent_edits(self) -> None:
        """An agent edits one file, or makes one, with a tool that names it."""
        names = self.files()
        self.serial += 1
        name = self.random.choice(names) if names and self.random.random() < 0.85 else f"new{self.serial}.py"
        key = f"tool-{self.serial}"
        self.journal.append(Event("before", key, AGENT, (name,)), {name: self.data(name)})
        self.change(name, "ai")
        self.journal.append(Event("after", key, AGENT, (name,)), {name: self.data(name)})

    def agent_runs(self) -> None:
        """An agent edits files through a shell."""
        self.serial += 1
        key = f"shell-{self.serial}"
        self.report("before", key)
        for name in self.random.sample(self.files(), k=min(len(self.files()), self.random.randint(1, 2))):
            if self.random.random() < 0.1:
                self.serial += 1
                (self.path / name).rename(self.path / f"moved{self.serial}.py")
                name = f"moved{self.serial}.py"  # noqa: PLW2901 - the same file
            self.change(name, "ai")
        self.report("after", key)

    def report(self, kind: str, key: str) -> None:
        """What a shell tool's hook reports."""
        dirty = self.journal.dirty_paths(self.environ)
        contents = {name: self.data(name) for name in dirty.paths}
        event = Event("before" if kind == "before" else "after", key, AGENT, dirty.paths, head=dirty.head)
        self.journal.append(event, contents)

    def person_edits(self) -> None:
        """A person edits a file, in an editor that reports it or in one that does not."""
        if not self.files():
            return
        name = self.random.choice(self.files())
        self.change(name, "human")
        if self.random.random() < 0.3:
            self.serial += 1
            event = Event("after", f"save-{self.serial}", PERSON, (name,))
            self.journal.append(event, {name: self.data(name)})

    def person_renames(self) -> None:
        """A person renames a file."""
        if names := self.files():
            self.serial += 1
            name = self.random.choice(names)
            if self.git("ls-files", "--", name).stdout:
                self.git("mv", name, f"renamed{self.serial}.py")

    # git

    def commit(self) -> None:
        """Commit everything, or a part."""
        part = self.random.random()
        if part < 0.3 and self.files():
            self.git("add", "-A", "--", self.random.choice(self.files()))
        elif part < 0.5 and self.files():
            self.stage_partly(self.random.choice(self.files()))
        else:
            self.git("add", "-A")
        self.check_staged()
        self.git("commit", "-q", "--allow-empty", "-m", "change")

    def stage_partly(self, name: str) -> None:
        """Stage some of a file's hunks, as `git add -p` does."""
        self.git("add", "-N", "--", name)
        patch = self.git("diff", "-U0", "--", name).stdout.decode()
        head, *hunks = patch.split("\n@@ ")
        kept = [hunk for hunk in hunks if self.random.random() < 0.5]
        if kept and "\nrename" not in head:
            text = "\n@@ ".join([head, *kept])
            command = ["git", "apply", "--cached", "--unidiff-zero", "--recount", "-"]
            if not text.endswith("\n"):
                text += "\n"
            subprocess.run(
                command, cwd=self.path, env=self.environ, input=text.encode(), capture_output=True, check=False
            )

    def amend(self) -> None:
        """Commit into the commit before."""
        self.git("add", "-A")
        self.git("commit", "-q", "--amend", "--allow-empty", "-m", "amended")

    def stash(self) -> None:
        """Put the worktree aside, do something else, and take it back."""
        if self.git("stash", "push", "-q", "-u", check=False).returncode:
            return
        if self.random.random() < 0.5:
            self.edit()
            self.git("add", "-A")
            self.check_staged()
            self.git("commit", "-q", "--allow-empty", "-m", "between")
        if self.git("stash", "list").stdout and self.git("stash", "pop", "-q", check=False).returncode:
            self.resolve()
            self.git("stash", "drop", "-q", check=False)

    def clean(self) -> None:
        """Commit all that is there, so that git can move."""
        self.git("add", "-A")
        self.check_staged()
        self.git("commit", "-q", "--allow-empty", "-m", "all")

    def branch(self) -> None:
        """Work on a branch and on the main one, and bring them together in one of git's ways."""
        self.clean()
        self.serial += 1
        name = f"topic{self.serial}"
        self.git("checkout", "-q", "-b", name)
        for _ in range(self.random.randint(1, 3)):
            self.edit()
            self.clean()
        self.git("checkout", "-q", "main")
        if self.random.random() < 0.6:
            self.edit()
            self.clean()
        how = self.random.choice(("merge", "squash", "rebase", "cherry-pick"))
        self.log.append(how)
        if how == "merge":
            self.finish(self.git("merge", "-q", "--no-edit", name, check=False), "commit", "-q", "--no-edit")
        elif how == "squash":
            self.finish(self.git("merge", "-q", "--squash", name, check=False))
            self.git("add", "-A")
            self.check_staged()
            self.git("commit", "-q", "--allow-empty", "-m", "squashed")
        elif how == "rebase":
            self.git("checkout", "-q", name)
            self.finish(self.git("rebase", "-q", "main", check=False), "rebase", "--continue")
            self.git("checkout", "-q", "main")
            self.git("merge", "-q", "--ff-only", name)
        else:
            self.finish(self.git("cherry-pick", f"main..{name}", check=False), "cherry-pick", "--continue")

    def fold(self) -> None:
        """Squash, fix up or reorder commits in an interactive rebase."""
        self.clean()
        self.edit()
        self.clean()
        count = min(3, int(self.git("rev-list", "--count", "--no-merges", "HEAD").stdout) - 1)
        if count < 2 or self.git("rev-list", "--merges", f"HEAD~{count}..HEAD", check=False).stdout:
            return
        word = self.random.choice(("squash", "fixup"))
        editor = f"sed -i '2s/^pick/{word}/'"
        done = self.git("rebase", "-q", "-i", f"HEAD~{count}", check=False, GIT_SEQUENCE_EDITOR=editor)
        self.finish(done, "rebase", "--continue")

    def undo(self) -> None:
        """Revert a commit, and perhaps the revert."""
        self.clean()
        if self.git("rev-parse", "-q", "--verify", "HEAD^2", check=False).returncode == 0:
            return
        for _ in range(self.random.randint(1, 2)):
            self.finish(self.git("revert", "--no-edit", "HEAD", check=False), "revert", "--continue")

    def reset(self) -> None:
        """Take a commit back and make it again."""
        self.clean()
        self.git("reset", "-q", "--soft", "HEAD^")
        if self.random.random() < 0.5:
            self.edit()
        self.clean()

    def finish(self, done: subprocess.CompletedProcess[bytes], *going_on: str) -> None:
        """Resolve what conflicts until git is done."""
        for _ in range(20):
            if done.returncode == 0:
                return
            self.resolve()
            if not going_on:
                return
            done = self.git(*going_on, check=False)
            if b"--skip" in done.stderr + done.stdout or b"nothing to commit" in done.stdout or b"empty" in done.stderr:
                done = self.git(going_on[0], "--skip", check=False)
        for command in ("rebase", "cherry-pick", "revert", "merge"):
            self.git(command, "--abort", check=False)

    def resolve(self) -> None:
        """Keep both sides of every conflict."""
        unmerged = self.git("diff", "--name-only", "--diff-filter=U", "-z").stdout.decode().split("\0")[:-1]
        for name in unmerged:
            if (self.path / name).exists():
                marks = ("<<<<<<< ", "=======", ">>>>>>> ", "||||||| ")
                self.put(name, [line for line in self.get(name) if not line.startswith(marks)])
        self.git("add", "-A")

    # Looking

    def edit(self) -> None:
        """One edit by somebody."""
        self.random.choice((self.agent_edits, self.agent_edits, self.agent_runs, self.person_edits))()

    def step(self) -> None:
        """One thing that happens in a day."""
        git: tuple[Callable[[], None], ...] = (
            *(self.commit, self.commit, self.commit, self.amend, self.stash, self.branch),
            *(self.fold, self.undo, self.reset, self.person_renames),
        )
        act = self.random.choice(git) if self.random.random() < 0.3 else self.edit
        self.log.append(getattr(act, "__name__", "?"))
        act()
        self.told()

    def told(self) -> None:
        """Do what the hooks would have done."""
        file = self.path / ".git" / "told"
        if not file.exists():
            return
        told = [line.split() for line in file.read_text().splitlines()]
        file.unlink()
        made = dict.fromkeys(words[1] for words in told if words[0] == "commit")
        replaced: dict[str, list[str]] = {}
        for words in told:
            if words[0] == "rewrite":
                replaced.setdefault(words[2], []).append(words[1])
        if news := [commit for commit in made if commit not in replaced]:
            note_commits(self.repository, news)
        if replaced:
            note_commits(self.repository, list(replaced), replaced)

    def check_staged(self) -> None:
        """Compare what would be said before a commit with the truth."""
        self.told()
        with Attributor.of(self.repository) as attributor:
            for file in staged(self.repository, Limits()).entries:
                if isinstance(file, FileChange):
                    self.score.add(self.judged(attributor, file))

    def judged(self, attributor: Attributor, file: FileChange, commit: str | None = None) -> Score:
        """Compare what is said of the touched lines of a file with the truth."""
        lines = lines_of(file.after)
        said = [
            one.author.state
            for one in attributor.stretches(file, commit=commit)
            for _ in range(one.first, one.last + 1)
        ]
        score = Score()
        for hunk in file.hunks:
            if hunk.after.start == hunk.after.end:
                continue
            first, last = file.after.line_at(hunk.after.start), file.after.line_at(hunk.after.end - 1)
            for at in range(first, last + 1):
                self.judge(score, lines, at, said[at], file.path)
        return score

    def judge(self, score: Score, lines: list[str], at: int, said: State, path: str) -> None:
        """Count one line; of common lines those alone that stand between telling ones of one author."""
        own = self.truth.get(squeezed(lines[at]))
        if own is None:
            sides = {self.truth.get(squeezed(_nearest(self.truth, lines, at, step))) for step in (-1, 1)}
            own = sides.pop() if len(sides) == 1 else None
            if own is None or (
                own == "human" and said is State.AI
            ):  # an agent's brace, between lines that a person replaced since
                score.doubtful += own is not None
                return
        wrote, claims = own == "ai", said is State.AI
        score.written += wrote
        score.marked += wrote and claims
        score.claimed += claims
        score.right += wrote and claims
        if wrote != claims:
            score.wrong.append(f"{path}:{at + 1} {'missed' if wrote else 'invented'} {lines[at]!r}")


def _nearest(truth: Mapping[str, str], lines: list[str], at: int, step: int) -> str:
    at += step
    while 0 <= at < len(lines):
        if squeezed(lines[at]) in truth:
            return lines[at]
        at += step
    return ""


@frozen
class Outcome:
    """How well a session was told: when lines were staged, at its end, and at its end in a clone that has only the notes."""

    staged: Score
    ended: Score
    cloned: Score
    log: list[str]


def play(path: Path, seed: int, steps: int, environ: Mapping[str, str]) -> Outcome:
    """One session."""
    session = Session(path / "played", random.Random(seed), environ)  # noqa: S311 - a simulation
    session.begin()
    start = session.git("rev-parse", "HEAD").stdout.decode().strip()
    for _ in range(steps):
        session.step()
    session.clean()
    session.told()
    ended = _whole(session, session.repository, start)
    clone = path / "clone"
    session.git("clone", "-q", "--no-hardlinks", str(session.path), str(clone))
    spec = "+refs/notes/*:refs/notes/*"
    subprocess.run(["git", "fetch", "-q", "origin", spec], cwd=clone, env=dict(environ), check=True)
    return Outcome(session.score, ended, _whole(session, _found(clone, environ), start), session.log)


def _found(path: Path, environ: Mapping[str, str]) -> Repository:
    found = discover(path, environ)
    if found is None:
        raise LookupError(path)
    return found


def _whole(session: Session, repository: Repository, start: str) -> Score:
    """What is said of the net change of all commits."""
    score = Score()
    made = session.git("rev-list", f"{start}..HEAD").stdout.decode().split()
    with Attributor.of(repository, made) as attributor:
        for file in commits(repository, f"{start}..HEAD", Limits()).entries:
            if isinstance(file, FileChange) and file.commit is None:
                score.add(session.judged(attributor, file))
    return score


def environment(home: Path) -> dict[str, str]:
    """An environment in which git knows nothing of the machine."""
    home.mkdir(parents=True, exist_ok=True)
    return {
        "PATH": os.environ["PATH"], "HOME": str(home), "GIT_CONFIG_NOSYSTEM": "1", "GIT_CONFIG_GLOBAL": str(home / "gitconfig"),
        "GIT_AUTHOR_NAME": "Ada", "GIT_AUTHOR_EMAIL": "ada@example.invalid", "GIT_COMMITTER_NAME": "Ada",
        "GIT_COMMITTER_EMAIL": "ada@example.invalid", "GIT_EDITOR": shlex.quote("true"), "GIT_ALLOW_PROTOCOL": "file",
    }  # fmt: skip
