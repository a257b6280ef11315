"""Put a look-up where a literal is. Never safe: somebody has to set the variable first.

Nothing is offered where the result would not plainly be right, nor in files that take no variable: a Dockerfile (a build secret has to
be mounted), a manifest of Kubernetes (a secretKeyRef is more than a value), a .env, which is where values belong that no commit holds.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import cached_property
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from attrs import define, field

from countermark.change import FileChange, Trait
from countermark.content import Span
from countermark.finding import Edit, Fix

from .replacing.names import LONGEST, Names

if TYPE_CHECKING:
    from .replacing.literals import Lexed
    from .replacing.programs import Program

_LARGEST = 1_000_000  # characters; nobody mends a longer file by hand
_MOST = 500  # fixes in a file
_NOT_WRITTEN_HERE = frozenset({Trait.GENERATED, Trait.VENDORED, Trait.MINIFIED, Trait.LOCKFILE})
_SHELLS = frozenset({".sh", ".bash", ".zsh", ".ksh"})
_SHELL_FILES = frozenset({".bashrc", ".bash_profile", ".profile", ".zshrc", ".zshenv", ".zprofile"})
_SHEBANG = re.compile(r"#!.{0,60}\b(?:ba|z|k|da)?sh\b")


@define(eq=False, slots=False)
class Fixer:
    """The fixes in one file. ``secrets``: all that was found in it, so that none becomes a name."""

    file: FileChange
    secrets: Sequence[Span] = ()
    _names: Names = field(init=False)
    _left: int = field(init=False, default=_MOST)

    def __attrs_post_init__(self) -> None:
        """Give names that hold no value of the file."""
        short = [span for span in self.secrets if span.end - span.start <= LONGEST]  # no other fits into a name
        self._names = Names(frozenset(map(self.file.after.slice, short)))

    def fixes(self, span: Span, slug: str = "") -> tuple[Fix, ...]:
        """The replacement of a value that the rule ``slug`` found; nothing where the place takes no look-up."""
        file = self.file
        if (
            file.commit is not None
            or file.traits & _NOT_WRITTEN_HERE
            or len(file.after.text) > _LARGEST
            or not self._left
        ):
            return ()
        self._left -= 1
        return self._kind(span, slug)

    @property
    def _kind(self) -> Callable[[Span, str], tuple[Fix, ...]]:
        """What fixes files of this kind."""
        text, path = self.file.after.text, PurePosixPath(self.file.path)
        suffix = path.suffix.lower()
        if suffix in {".yml", ".yaml", ".properties"}:
            return self._in_settings
        if suffix in _SHELLS or path.name in _SHELL_FILES or (not suffix and _SHEBANG.match(text)):
            return self._in_a_script
        if suffix == ".tf":
            return self._in_terraform
        return self._in_a_program

    def _in_a_program(self, span: Span, slug: str) -> tuple[Fix, ...]:
        from .replacing.programs import may_hold

        suffix, text = PurePosixPath(self.file.path).suffix.lower(), self.file.after.text
        program = self._program if may_hold(suffix, text, span) else None
        return _fix(program.replaced(span, slug, self._names) if program else None)

    def _in_terraform(self, span: Span, slug: str) -> tuple[Fix, ...]:
        from .replacing.terraform import without_default

        program = self._program
        if program is None:
            return ()
        if dropped := without_default(program.lexed, span):
            title = f"Drop the default of the variable {dropped[0]}; pass TF_VAR_{dropped[0]}, and mark it sensitive"
            return (Fix(title, safe=False, edits=dropped[1]),)
        made = program.replaced(span, slug, self._names)
        if made is None:
            return ()
        name = made[0].lower()
        return (Fix(f"Read it from var.{name}; declare it as sensitive, and pass TF_VAR_{name}", False, made[1]),)

    def _in_a_script(self, span: Span, slug: str) -> tuple[Fix, ...]:
        from .replacing.shells import replaced

        return _fix(replaced(self._script, span, slug, self._names))

    def _in_settings(self, span: Span, slug: str) -> tuple[Fix, ...]:
        from .replacing.settings import dialect_of, replaced

        dialect = dialect_of(self.file.path)
        made = replaced(self.file.after.text, span, slug, self._names, dialect) if dialect else None
        if dialect is None or made is None or not made[1]:
            return ()
        variable = made[0] if dialect.environment else ""
        return (Fix(dialect.title.format(made[0]), safe=False, edits=made[1], variable=variable),)

    @cached_property
    def _program(self) -> Program | None:
        from .replacing.programs import program

        last = max((span.end for span in self.secrets), default=None)
        return program(PurePosixPath(self.file.path).suffix.lower(), self.file.after.text, last)

    @cached_property
    def _script(self) -> Lexed:
        from .replacing.shells import lexed

        return lexed(self.file.after.text)


def _fix(made: tuple[str, tuple[Edit, ...]] | None) -> tuple[Fix, ...]:
    if made is None:
        return ()
    name, edits = made
    title = f"Read it from the environment variable {name}; add {name}= to .env.example"
    return (Fix(title, safe=False, edits=edits, variable=name),)
