"""The `dependencies` detector: new packages, whose names are compared with lists, and where they come from.

A name is local when a file or folder of the change is called so, or one near the top of the repository; declared when a manifest of the
change names it; locked when a lock file of the change does. What only unchanged manifests say, nobody here knows.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache
from itertools import chain
from typing import TYPE_CHECKING

from attrs import evolve

from countermark.change import FileChange, Skipped, Trait
from countermark.config.schema import Settings
from countermark.content import Content
from countermark.finding import Confidence, Finding, Rule, Severity
from countermark.lazily import lazy
from countermark_rules.detector import Said

from .rules import EXTRA_INDEX, LOOK_ALIKE, PLAIN_HTTP, RULES, UNKNOWN, UNPINNED

if TYPE_CHECKING:
    from .manifests import Found
    from .needs import Need, Source

_NOT_OURS = frozenset({Trait.GENERATED, Trait.VENDORED, Trait.MINIFIED})
_LARGEST = 2_000_000  # bytes; a lock file may be larger than any manifest, and is only searched for names
_TELLING = 7  # letters; shorter names that exist are near each other by chance
_MANIFEST = lazy(
    r"(?:^|/)(?:package\.json|pyproject\.toml|Pipfile|Cargo\.toml|go\.mod|pom\.xml|Gemfile|gems\.rb|setup\.cfg|pip\.(?:conf|ini)|\.npmrc"
    r"|[^/]+\.gradle(?:\.kts)?|[^/]*(?:requirements|constraints)[^/]*\.(?:txt|in)|requirements/[^/]+\.(?:txt|in))$"
)
_COMMANDS = lazy(
    r"(?:^|/)(?:\.github/workflows/[^/]+\.ya?ml|action\.ya?ml|(?:[^/]*\.)?(?:Docker|Container)file(?:\.[^/]+)?|[^/]+\.sh|[^/]*\.gitlab-ci\.ya?ml"
    r"|Makefile|tox\.ini)$"
)
_COMMAND_WORDS = (b"index-url", b"INDEX_URL", b"find-links", b"uses:", b" -i ", b" -f ")
_CODE = lazy(r"\.(?:(py)|[cm]?[jt]sx?)$")
_IMPORT = lazy(rb"\bimport\b|\brequire\s*\(")


class DependenciesDetector:
    """Packages that a change brings in; pure, and nothing is asked over the network."""

    name = "dependencies"
    batch = True  # what is local or declared, the other files of the change say

    def __init__(self, _settings: Settings | None = None, local: Callable[[], frozenset[str]] = frozenset) -> None:
        """``local`` tells the names by which the repository's code may import its own."""
        self._local = local

    @property
    def rules(self) -> Sequence[Rule]:
        """Every rule that it can report."""
        return RULES

    def prepare(self) -> None:
        """Nothing: the lists are read when a name is looked for."""

    def wants(self, file: FileChange) -> bool:
        """Whether it names packages, or is a file whose own name may be imported."""
        if file.commit is not None or file.traits & _NOT_OURS:
            return False
        path, size = file.path, len(file.after.data)
        if _CODE.search(path) or _is_lock(path):
            return True
        if size > _LARGEST:
            return False
        return bool(_MANIFEST.search(path)) or (
            bool(_COMMANDS.search(path)) and any(word in file.after.data for word in _COMMAND_WORDS)
        )

    def detect(self, files: Sequence[FileChange]) -> Iterator[Said]:
        """What is to be said of the packages that these files bring in."""
        from .needs import Need
        from .tables import UnreadError

        found: list[tuple[FileChange, list[Found]]] = []
        for file in files:
            try:
                found.append((file, list(_read(file))))
            except UnreadError as fault:
                yield Skipped(file.path, f"in part: the dependencies detector cannot read it, {fault}")
        settled = _Settled(files, chain.from_iterable(each for _, each in found), self._local)
        for file, each in found:
            for one in each:
                if file.touches(one.span):
                    yield from _of_name(file, one, settled) if isinstance(one, Need) else _of_source(file, one)


class _Settled:
    """What the change itself answers for: names of its files and folders, of its lock files, and of its manifests for imports."""

    def __init__(
        self, files: Sequence[FileChange], found: Iterable[Found], local: Callable[[], frozenset[str]]
    ) -> None:
        from .needs import Need

        self._elsewhere = cache(local)
        self._local = {part for file in files if _CODE.search(file.path) for part in _parts(file.path)}
        self._names: dict[str, set[str]] = defaultdict(set)
        for file in files:
            self._add_earlier(file)
        for one in found:
            if isinstance(one, Need) and not one.imported:
                self._declare(one.ecosystem, one.name)

    def _add_earlier(self, file: FileChange) -> None:
        from .tables import locked

        if _is_lock(file.path):
            ecosystem, names = locked(file.path, file.after.text)
            for name in names:
                self._declare(f"{ecosystem} locked", name)

    def _declare(self, ecosystem: str, name: str) -> None:
        from .names import normal

        self._names[ecosystem].add(normal(ecosystem.partition(" ")[0], name))

    def answers_for(self, need: Need) -> bool:
        """Whether nothing is to be said of a name: it is local, declared elsewhere in the change, or locked."""
        from .names import normal

        name = normal(need.ecosystem, need.name)
        if name in self._names[f"{need.ecosystem} locked"]:
            return True
        if not need.imported:
            return False
        return need.name in self._local or name in self._names[need.ecosystem] or need.name in self._elsewhere()


def _parts(path: str) -> Iterator[str]:
    """The names that code may import a file by: those of its folders, and its own without the suffix."""
    *folders, name = path.split("/")
    yield from folders
    yield name.partition(".")[0]


def _is_lock(path: str) -> bool:
    from .tables import is_lock

    return path.endswith((".lock", ".json", ".yaml", ".sum")) and is_lock(path)


def _read(file: FileChange) -> Iterator[Found]:
    """What a file names. A reader sees the text; what is new, ``touches`` tells later."""
    if code := _CODE.search(file.path):
        if len(file.after.data) <= _LARGEST and _IMPORT.search(file.after.data):
            yield from _imported(file, python=bool(code[1]))
    elif (reader := _reader(file.path)) is not None:
        yield from reader(file.after.text)


def _imported(file: FileChange, *, python: bool) -> Iterator[Found]:
    """What a file imports that it did not import before."""
    from .imports import in_javascript, in_python

    read: Callable[[Content], Iterator[Need]] = in_python if python else in_javascript
    new: dict[str, Need] = {}
    for need in read(file.after):
        if need.name not in new and file.touches(need.span):
            new[need.name] = need
    before = {need.name for need in read(file.before)} if new and file.before else set()
    yield from (need for name, need in new.items() if name not in before)


def _reader(path: str) -> Callable[[str], Iterator[Found]] | None:
    from .manifests import READERS
    from .tables import TABLES

    table = TABLES.get(path.rpartition("/")[2])
    return table or next((reader for pattern, reader in READERS.items() if pattern.search(path)), None)


def _of_name(file: FileChange, need: Need, settled: _Settled) -> Iterator[Finding]:
    from countermark.display import escape

    from .imports import is_statement
    from .names import exists, listed, normal
    from .similar import likeness

    name = normal(need.ecosystem, need.name)
    there = exists(need.ecosystem, name)
    if settled.answers_for(need) or (need.imported and there is not False):
        return
    if need.imported and need.ecosystem == "pypi" and not is_statement(file.after, need.span):
        return
    shown = escape(need.name)
    if like := likeness(need.ecosystem, name):
        message = f"{shown!r} is not {like.name!r}, a well-known package: it is {like.how}. {LOOK_ALIKE.why}"
        confidence = _how_sure(need, exists=there is not False)
        yield Finding.of(LOOK_ALIKE, file.path, need.span, message=message, confidence=confidence)
    elif there is False:
        message = f"No list of {listed()} has a package {shown!r}. {UNKNOWN.why}"
        finding = Finding.of(UNKNOWN, file.path, need.span, message=message)
        # An import may be of a file that is not part of the change.
        yield evolve(finding, severity=Severity.LOW) if need.imported else finding


def _how_sure(need: Need, *, exists: bool) -> Confidence:
    """That a near name is a mistake: in a manifest, of a package that does not exist, it can be little else."""
    if exists:
        return Confidence.MEDIUM if len(need.name) >= _TELLING else Confidence.LOW
    return Confidence.MEDIUM if need.imported else Confidence.HIGH


def _of_source(file: FileChange, source: Source) -> Iterator[Finding]:
    from .needs import Risk

    rules: Mapping[Risk, Rule] = {Risk.UNPINNED: UNPINNED, Risk.EXTRA_INDEX: EXTRA_INDEX, Risk.PLAIN_HTTP: PLAIN_HTTP}
    rule = rules[source.risk]
    message = f"{source.what[0].upper()}{source.what[1:]}. {rule.why}" if source.what else rule.why
    yield Finding.of(rule, file.path, source.span, message=message)
