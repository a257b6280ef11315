"""What the names in a Python file stand for, as far as its imports, assignments and annotations tell."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator

_MOST_PARTS = 12  # of a dotted name; a hostile chain of calls would cost quadratic time


class Names:
    """Full names of what a file imports and of objects made from that: ``client`` becomes ``httpx.Client``.

    Scopes are not told apart: a name that means two things in one file may be taken for either. People confirm every element.
    """

    def __init__(self, nodes: Iterable[ast.AST], roots: frozenset[str]) -> None:
        self.modules: set[str] = set()
        self._known: dict[str, str] = {}
        self._roots = roots
        nodes = tuple(nodes)
        for node in nodes:
            self._import(node)
        for node in nodes:
            self._bind(node)

    def full(self, node: ast.AST) -> str | None:
        """The full name of an expression such as ``client.get`` or ``httpx.Client().get``, or None if it has none."""
        parts = _written(node)
        for count in range(len(parts), 0, -1):
            known = self._known.get(".".join(parts[:count]))
            if known is not None:
                return ".".join((known, *parts[count:]))
        return ".".join(parts) if parts else None

    def _import(self, node: ast.AST) -> None:
        if isinstance(node, ast.Import):
            for name in node.names:
                self.modules.update(name.name.split("."))
                first = name.name.partition(".")[0]
                self._known[name.asname or first] = name.name if name.asname else first
        elif isinstance(node, ast.ImportFrom):
            module = node.module or ""
            self.modules.update(module.split("."))
            for name in node.names:
                self._known[name.asname or name.name] = f"{module}.{name.name}" if module else name.name

    def _bind(self, node: ast.AST) -> None:
        for target, origin in _bindings(node):
            full = self.full(origin)
            if full is not None and full.partition(".")[0] in self._roots:
                self._known[".".join(_written(target))] = full


def _written(node: ast.AST) -> tuple[str, ...]:
    """The parts of a dotted name, through calls and awaits; nothing when it begins with something nameless."""
    parts: list[str] = []
    for _ in range(3 * _MOST_PARTS):
        match node:
            case ast.Attribute():
                parts.append(node.attr)
                node = node.value
            case ast.Call():
                node = node.func
            case ast.Await():
                node = node.value
            case ast.Name():
                return (node.id, *reversed(parts))
            case _:
                break
    return ()


def _bindings(node: ast.AST) -> Iterator[tuple[ast.AST, ast.AST]]:
    """Pairs of a name that is bound and the call or annotation that tells what it holds."""
    match node:
        case ast.Assign(value=ast.Call() | ast.Await()):
            yield from ((target, node.value) for target in node.targets)
        case ast.AnnAssign(value=ast.Call() | ast.Await()):
            assert node.value is not None  # noqa: S101 - the pattern says so
            yield node.target, node.value
        case ast.withitem() if node.optional_vars is not None:
            yield node.optional_vars, node.context_expr
        case ast.arg() if node.annotation is not None:
            yield ast.Name(node.arg), node.annotation
        case _:
            pass
