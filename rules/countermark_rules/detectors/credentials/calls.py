"""Calls that make a token without an end: what Python and JavaScript sign, and access tokens that are asked of GitLab."""

from __future__ import annotations

import ast
import re
from collections import deque
from collections.abc import Iterator
from itertools import islice

from countermark.content import Content, Span
from countermark.python_tree import NotPython, tree

from .documents import UnreadError
from .uses import Use

_LARGEST = 400_000  # characters; a person's module is shorter
_RULE = "token-without-expiry"
_MOST = 50  # calls of a file
_JWT = frozenset({"jwt", "jose.jwt"})
_TOKENS = frozenset({"access_tokens", "personal_access_tokens"})
_ADDS = frozenset({"update", "setdefault"})
_SIGN = re.compile(r"(?<![\w.$])(?:jwt|jsonwebtoken|JWT)\.sign\s*\((?=\s*\{)")
_ARGUMENTS = 2_000  # characters of a call
_JS = re.compile(
    r"\"(?:[^\"\\\n]|\\.)*\"|'(?:[^'\\\n]|\\.)*'|`(?:[^`\\]|\\.)*`|//[^\n]*|/\*(?:[^*]|\*(?!/))*\*/|[()\[\]{},]"
)
_OPTIONS = re.compile(r"\{|\(|function\b|async\b|\Z")  # written out, or a callback, or none
_EXPIRY = re.compile(r"\b(?:exp|expiresIn|expires_in)\b|\.\.\.")


def in_python(content: Content) -> Iterator[Use]:
    """Calls in Python. Raises UnreadError where it is not Python 3."""
    text = content.text
    if len(text) > _LARGEST:
        raise UnreadError(f"longer than {_LARGEST:,} characters")
    try:
        module = tree(text)
    except NotPython:
        raise UnreadError("it is no Python 3") from None
    for call, way in islice(_calls(module), _MOST):
        yield Use(_RULE, way, _span(call, content))


def _calls(module: ast.Module) -> Iterator[tuple[ast.Call, str]]:
    for scope in ast.walk(module):
        if isinstance(scope, ast.Module | ast.FunctionDef | ast.AsyncFunctionDef):
            own = list(_own(scope))
            for node in own:
                if isinstance(node, ast.Call) and (way := _endless(node, own)):
                    yield node, way


def _own(scope: ast.AST) -> Iterator[ast.AST]:
    """The nodes of a scope without those of the functions in it."""
    waiting = deque(ast.iter_child_nodes(scope))
    while waiting:
        node = waiting.popleft()
        yield node
        if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
            waiting += ast.iter_child_nodes(node)


def _endless(call: ast.Call, scope: list[ast.AST]) -> str | None:
    """What a call makes that has no end, by its name in ways.py."""
    if not isinstance(call.func, ast.Attribute) or not call.args:
        return None
    name, method = ast.unparse(call.func.value)[-60:], call.func.attr
    if method == "encode" and name in _JWT:
        keys = _keys(call.args[0], scope)
        # A header comes first in Authlib's function of that name.
        return "jwt" if keys is not None and not keys & {"exp", "alg"} else None
    if method == "create" and name.rpartition(".")[2] in _TOKENS:
        keys = _keys(call.args[0], scope)
        return "gitlab-token" if keys is not None and {"name", "scopes"} <= keys and "expires_at" not in keys else None
    return None


def _keys(value: ast.expr, scope: list[ast.AST]) -> set[str] | None:
    """The keys of a dictionary that is written out, here or as the only value of a name; None where there may be others."""
    if isinstance(value, ast.Name):
        made = [
            node
            for node in scope
            if isinstance(node, ast.Assign | ast.AnnAssign | ast.AugAssign) and _sets(node, value.id)
        ]
        if len(made) != 1 or made[0].value is None or _is_changed(value.id, scope):
            return None
        value = made[0].value
    if not isinstance(value, ast.Dict):
        return None
    keys = [key.value if isinstance(key, ast.Constant) else None for key in value.keys]
    return {key for key in keys if isinstance(key, str)} if all(isinstance(key, str) for key in keys) else None


def _sets(node: ast.Assign | ast.AnnAssign | ast.AugAssign, name: str) -> bool:
    targets = node.targets if isinstance(node, ast.Assign) else [node.target]
    return any(isinstance(part, ast.Name) and part.id == name for target in targets for part in ast.walk(target))


def _is_changed(name: str, scope: list[ast.AST]) -> bool:
    """Whether a name's dictionary is given more keys, or handed to somebody who may do so."""
    for node in scope:
        if isinstance(node, ast.Subscript) and isinstance(node.ctx, ast.Store) and _is(node.value, name):
            return True
        if isinstance(node, ast.Attribute) and node.attr in _ADDS and _is(node.value, name):
            return True
        if isinstance(node, ast.Call) and not _asks(node) and any(_is(argument, name) for argument in node.args):
            return True
    return False


def _asks(call: ast.Call) -> bool:
    return isinstance(call.func, ast.Attribute) and call.func.attr in {"encode", "create"}


def _is(node: ast.expr, name: str) -> bool:
    return isinstance(node, ast.Name) and node.id == name


def _span(node: ast.Call, content: Content) -> Span:
    """The place of a call; the columns of ``ast`` count bytes of UTF-8."""

    def offset(line: int, column: int) -> int:
        start = content.line_starts[line - 1]
        return start + len(
            content.text[start : start + column].encode("utf-8", "surrogatepass")[:column].decode("utf-8", "ignore")
        )

    return Span(offset(node.lineno, node.col_offset), offset(node.end_lineno or node.lineno, node.end_col_offset or 0))


def in_javascript(text: str) -> Iterator[Use]:
    """Calls of jsonwebtoken's ``sign`` whose claims are written out, without an expiry there or in the options."""
    for match in islice(_SIGN.finditer(text), _MOST):
        arguments, end = _arguments(text, match.end())
        claims, _, options = (*arguments, "", "", "")[:3]
        written_out = claims.startswith("{") and _OPTIONS.match(options) is not None
        if end and written_out and not _EXPIRY.search(claims) and not _EXPIRY.search(options):
            yield Use(_RULE, "jwt", Span(match.start(), end))


def _arguments(text: str, start: int) -> tuple[list[str], int]:
    """The arguments of a call as texts, and where it ends; 0 where no end is near."""
    depth, at, found = 0, start, []
    for match in _JS.finditer(text, start, start + _ARGUMENTS):
        mark = match.group()
        if mark in "([{":
            depth += 1
        elif (mark == "," and not depth) or (mark in ")]}" and depth == 0):
            found.append(text[at : match.start()].strip())
            at = match.end()
            if mark != ",":
                return [argument for argument in found if argument], match.end()
        elif mark in ")]}":
            depth -= 1
    return [], 0
