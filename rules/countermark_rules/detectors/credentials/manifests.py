"""Manifests: Kubernetes, Docker Compose, Helm values and charts, CloudFormation."""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Iterator

from countermark.content import Span

from . import documents
from .documents import Listed, Mapping, Node, Scalar
from .names import CLOUDS, is_elsewhere, is_stand_in, is_temporary, kind_of, plain
from .uses import Use

# Helm's templates are YAML but for these: whole lines of directives, and values that are filled in.
_ACTION = r"\{\{(?:[^{}\r\n]|\}(?!\})|\{(?!\{)){0,2000}\}\}"
_DIRECTIVE = re.compile(rf"(?<![^\r\n])[ \t]*{_ACTION}[ \t]*(?![^\r\n])")
_FILLED_IN = re.compile(_ACTION)
_REFERENCE = re.compile(r"\$[{(]?[A-Za-z_]")
_KEY_ID = re.compile(r"AKIA[A-Z2-7]{16}")
_PAIR = re.compile(r"([A-Za-z_][A-Za-z0-9_]{2,80})(?:=(.*))?", re.DOTALL)
_TOKEN_SECRET, _ACCESS_KEY = "kubernetes.io/service-account-token", "AWS::IAM::AccessKey"
_RULE = "static-key-in-manifest"
# The path of a file that holds a key, or just as well the settings of workload identity.
_A_PATH = "GOOGLE_APPLICATION_CREDENTIALS"


def uses(text: str) -> Iterator[Use]:
    """What the manifests of a file ask for. Raises UnreadError."""
    for node in documents.nodes(documents.documents(_without_template(text))):
        if isinstance(node, Mapping):
            yield from _of_resource(node)
            yield from _grouped([(key, value, _is_set(key, value, node)) for key, value in node.scalars()])
        elif isinstance(node, Listed):
            yield from _grouped([found for item in node.items for found in _of_item(item)])


def _without_template(text: str) -> str:
    if "{{" not in text:
        return text
    text = _DIRECTIVE.sub(lambda match: " " * len(match.group()), text)
    return _FILLED_IN.sub(lambda match: "_" * len(match.group()), text)


def _of_resource(node: Mapping) -> Iterator[Use]:
    kind = node.get("Type")
    if isinstance(kind, Scalar) and kind.text == _ACCESS_KEY:
        yield Use("key-resource", "aws_iam_access_key", Span(kind.start, kind.end))
    kind = node.get("type")
    if isinstance(kind, Scalar) and kind.text == _TOKEN_SECRET and node.text("kind") == "Secret":
        yield Use("service-account-token-secret", "kubernetes", Span(kind.start, kind.end))
    for part in ("data", "stringData"):
        values = node.get(part) if node.text("kind") == "Secret" else None
        if isinstance(values, Mapping):
            yield from _grouped(
                [(key, value, _is_kept(value, encoded=part == "data")) for key, value in values.scalars()]
            )


def _is_kept(value: Scalar, *, encoded: bool) -> bool:
    """Whether a Secret's value is one, and no stand-in."""
    text = value.text
    if encoded:
        try:
            text = base64.b64decode(text[:4_000], validate=False).decode("utf-8", "replace")
        except binascii.Error:
            text = value.text
    return not is_stand_in(text)


def _is_set(key: Scalar, value: Scalar, node: Mapping) -> bool:
    """Whether a setting hands a key on: values of charts and of Compose are references, or the key itself."""
    is_environment = {pair.text for pair, _ in node.pairs} <= {"name", "value", "valueFrom"}
    return not is_environment and bool(_REFERENCE.match(value.text) or (key.text and _KEY_ID.search(value.text)))


def _of_item(item: Node) -> Iterator[tuple[Scalar, Scalar, bool]]:
    """A variable in a list: Kubernetes has mappings there, Compose has texts."""
    if isinstance(item, Scalar):
        match = _PAIR.fullmatch(item.text)
        if match:
            name, value = Scalar(match[1], item.start, item.end), Scalar(match[2] or "", item.start, item.end)
            handed_on = match[2] is None or bool(_REFERENCE.match(match[2])) or bool(_KEY_ID.search(match[2]))
            yield name, value, handed_on
        return
    name_, given = (
        (item.get("name"), item.get("valueFrom") or item.get("value")) if isinstance(item, Mapping) else (None, None)
    )
    if isinstance(name_, Scalar) and given is not None:
        value = given if isinstance(given, Scalar) else Scalar("", name_.end, name_.end)
        yield name_, value, not isinstance(given, Scalar) or not is_stand_in(given.text) or given.text.startswith("_")


def _grouped(found: list[tuple[Scalar, Scalar, bool]]) -> Iterator[Use]:
    """One use for each cloud; ``found`` are names, values, and whether they count."""
    names = [name for key, value, _ in found for name in (key.text, value.text[:100])]
    kinds: dict[str, list[tuple[Scalar, Scalar]]] = {}
    for key, value, counts in found:
        kind = kind_of(key.text)
        if counts and kind in CLOUDS and plain(key.text) != _A_PATH:
            kinds.setdefault(kind, []).append((key, value))
    for kind, pairs in kinds.items():
        if kind == "aws" and (is_temporary(names) or is_elsewhere(names)):
            continue
        key, value = pairs[0]
        written = [one for other, one, _ in found if kind_of(other.text) == kind and not _REFERENCE.match(one.text)]
        literals = tuple(Span(one.start, one.end) for one in written if one.text and one.end > one.start)
        yield Use(_RULE, f"manifest/{kind}", Span(key.start, max(key.end, value.end)), literals)
