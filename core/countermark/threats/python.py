"""Elements in Python source, read with ``ast``: parsed, never run."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from countermark.content import Content, Span
from countermark.python_tree import NotPython, tree

from .elements import Sighting, Trigger
from .names import Names
from .signals import ANY, CALLED, DECORATED, NAMED, VERBS, Called, Decorated

_DEEPEST = 100  # open brackets; people write ten, and the parser's stack is not ours to risk
_Function = ast.FunctionDef | ast.AsyncFunctionDef
_ROOTS = frozenset(root.partition(".")[0] for row in CALLED for root in row.roots if root)


class NotRead(Exception):  # noqa: N818 - it names what happened
    """Why a text could not be read; shown in the list of what nobody looked at."""


def read(content: Content) -> tuple[Sighting, ...]:
    """The elements of one Python file, in the order of the text. Raises NotRead."""
    nodes = tuple(_scoped(_parse(content.text)))
    names = Names((node for node, _ in nodes), _ROOTS)
    seen = [sighting for node, scope in nodes for sighting in _sightings(content, node, scope, names)]
    return tuple(sorted(seen, key=lambda sighting: sighting.span))


def _parse(text: str) -> ast.Module:
    if _too_deep(text):
        raise NotRead("nested too deeply to read")
    clean = text.encode("utf-8", "replace").decode()  # one for one, so offsets hold
    try:
        return tree(clean)
    except NotPython as fault:
        if fault.is_deep:
            raise NotRead("nested too deeply to read") from None
        raise NotRead("no valid Python" + (f" (line {fault.line})" if fault.line else "")) from None


def _too_deep(text: str) -> bool:
    depth = 0
    for char in text:
        if char in "([{":
            depth += 1
            if depth > _DEEPEST:
                return True
        elif char in ")]}" and depth:
            depth -= 1
    return False


def _scoped(tree: ast.Module) -> Iterator[tuple[ast.AST, str]]:
    """Every node with the dotted name of the function or class around it; no recursion, for the tree may be deep."""
    stack: list[tuple[ast.AST, str]] = [(tree, "")]
    while stack:
        node, scope = stack.pop()
        yield node, scope
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            scope = f"{scope}.{node.name}" if scope else node.name
        stack.extend((child, scope) for child in reversed(list(ast.iter_child_nodes(node))))


def _sightings(content: Content, node: ast.AST, scope: str, names: Names) -> Iterator[Sighting]:
    if isinstance(node, _Function):
        yield from _function(content, node, names)
    elif isinstance(node, ast.Call):
        yield from _call(content, node, scope, names)


def _function(content: Content, node: _Function, names: Names) -> Iterator[Sighting]:
    first = min([node.lineno, *(decorator.lineno for decorator in node.decorator_list)])
    span = _lines(content, first, node.end_lineno or node.lineno)
    for decorator in node.decorator_list:
        row = _decorated(decorator, names)
        if row is not None:
            yield Sighting(row.detector, Trigger.ENTRY, _titled(row.title, decorator, node.name), span)
    parameters = tuple(argument.arg for argument in node.args.args)
    for named in NAMED:
        if node.name == named.name and named.parameters in {(), parameters}:
            yield Sighting(named.detector, Trigger.ENTRY, f"{named.title} {node.name}", span)


def _decorated(decorator: ast.expr, names: Names) -> Decorated | None:
    full = names.full(decorator)
    if full is None:
        return None
    on_object = isinstance(decorator, ast.Call) and isinstance(decorator.func, ast.Attribute)
    for row in DECORATED:
        if full.rpartition(".")[2] not in row.names:
            continue
        if row.modules & names.modules:
            return row
        if not row.modules and on_object and (row.title != "route" or (_first_text(decorator) or "").startswith("/")):
            return row
    return None


def _call(content: Content, node: ast.Call, scope: str, names: Names) -> Iterator[Sighting]:
    full = names.full(node.func)
    row = next((row for row in CALLED if full is not None and _matches(row, full)), None)
    if row is None or full is None:
        return
    if row.trigger is Trigger.ENTRY:
        symbol = _titled(row.title, node, "")
    else:
        symbol = f"{_root(row, full)} call in {scope + '()' if scope else 'the module'}"
    yield Sighting(row.detector, row.trigger, symbol, _lines(content, node.lineno, node.end_lineno or node.lineno))


def _matches(row: Called, full: str) -> bool:
    method = full.rpartition(".")[2]
    if method.endswith(("Error", "Exception", "Warning")):
        return False
    return (method in row.methods or row.methods is ANY) and any(
        not root or full.startswith(f"{root}.") for root in row.roots
    )


def _root(row: Called, full: str) -> str:
    return max((root for root in row.roots if full.startswith(f"{root}.")), key=len)


def _titled(title: str, node: ast.expr, name: str) -> str:
    """How people call an entry point: ``POST /refunds``, ``command sync``, ``task sweep``."""
    text = _first_text(node)
    if title != "route":
        return f"{title} {text or name or 'main'}"
    if text is None:
        return f"{_method(node)} {name + '()' if name else 'a computed path'}"
    return f"{_method(node)} {text or '(empty)'}"


def _first_text(node: ast.expr) -> str | None:
    """The first argument of a call, or the one that names a path, where it is a literal text."""
    if not isinstance(node, ast.Call):
        return None
    values = [*node.args[:1], *(word.value for word in node.keywords if word.arg in {"path", "rule", "name", "prog"})]
    for value in values:
        if isinstance(value, ast.Constant) and isinstance(value.value, str):
            return value.value
    return None


def _method(node: ast.expr) -> str:
    """The HTTP methods that a route answers, from its decorator's name or its list of methods."""
    if not isinstance(node, ast.Call):
        return "GET"
    name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
    if name in VERBS:
        return name.upper()
    if "websocket" in name.lower():
        return "WS"
    for word in node.keywords:
        if word.arg == "methods" and isinstance(word.value, ast.List | ast.Tuple | ast.Set):
            listed = [
                item.value.upper()
                for item in word.value.elts
                if isinstance(item, ast.Constant) and isinstance(item.value, str)
            ]
            return ",".join(sorted(listed)) or "GET"
    return "URL" if name in {"path", "re_path", "url", "Mount"} else "GET"


def _lines(content: Content, first: int, last: int) -> Span:
    """The extent of lines counted from 1."""
    final = min(last, len(content.line_starts)) - 1
    return Span(content.line_starts[first - 1], content.line_span(final).end)
