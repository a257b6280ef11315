"""Terraform: keys in provider and backend blocks, and resources that make keys. A scanner of lines, linear in the text."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, time, timedelta

from attrs import define, field

from countermark.content import Span

from .names import is_stand_in
from .uses import Use

_LONGEST_LINE = 4_000
_DEEPEST = 40
_HEADER = re.compile(
    r"\s*(?P<kind>[A-Za-z_][\w-]*)(?P<labels>(?:[ \t]+(?:\"[^\"\n]{0,200}\"|[A-Za-z_][\w-]*))*)[ \t]*\{"
)
_LABEL = re.compile(r"[\w.-]+")
_ATTRIBUTE = re.compile(
    r"(?P<name>[A-Za-z_][\w-]*)[ \t]*=(?!=)[ \t]*(?P<value>\"(?:[^\"\\]|\\.)*\"|[^\"\s#}{][^#\n}]*|)"
)
_STRING = re.compile(r"\"(?:[^\"\\]|\\.)*\"")
_COMMENT = re.compile(r"#|//")
_HEREDOC = re.compile(r"<<-?[ \t]*([A-Za-z_]\w{0,60})[ \t]*$")
_HOURS = re.compile(r"\"(?:(\d{1,7})h)?(?:(\d{1,7})m)?(?:(\d{1,7})s)?\"")
_DAY = timedelta(days=1)
_KEYS = {
    "aws": ("access_key", "secret_key"),
    "azurerm": ("client_secret",),
    "azuread": ("client_secret",),
    "azapi": ("client_secret",),
    "google": ("credentials",),
    "google-beta": ("credentials",),
}
_BACKENDS = {
    "s3": ("aws", ("access_key", "secret_key")),
    "azurerm": ("azure", ("access_key", "client_secret", "sas_token")),
    "gcs": ("gcp", ("credentials",)),
}
_CLOUD = {"aws": "aws", "azurerm": "azure", "azuread": "azure", "azapi": "azure", "google": "gcp", "google-beta": "gcp"}
_MADE = frozenset({
    "aws_iam_access_key", "aws_iam_service_specific_credential", "google_service_account_key", "google_storage_hmac_key",
})  # fmt: skip
_MADE_WITH_AN_END = frozenset({"azuread_application_password", "azuread_service_principal_password"})
# What is written where the provider speaks to a stand-in or to another maker's store.
_ELSEWHERE = frozenset({"endpoints", "endpoint", "skip_credentials_validation", "skip_requesting_account_id", "token"})


@define
class Block:
    """A block, as ``provider "aws" {`` opens one: its values as they are written, with their places, and the kinds of blocks in it."""

    kind: str
    labels: tuple[str, ...]
    span: Span
    attributes: dict[str, tuple[str, Span]] = field(factory=dict)
    inside: set[str] = field(factory=set)


def uses(text: str, today: date) -> Iterator[Use]:
    """What a file of Terraform asks for."""
    for block in blocks(text):
        label = block.labels[0] if block.labels else ""
        if block.kind == "provider" and label in _KEYS:
            yield from _of_keys(block, _CLOUD[label], _KEYS[label])
        elif block.kind == "backend" and label in _BACKENDS:
            yield from _of_keys(block, *_BACKENDS[label])
        elif block.kind == "resource":
            yield from _of_resource(block, label, today)


def _of_keys(block: Block, cloud: str, names: tuple[str, ...]) -> Iterator[Use]:
    found = {name: block.attributes[name] for name in names if name in block.attributes}
    if not found or _ELSEWHERE & (block.attributes.keys() | block.inside):
        return
    if all(value[:1] == '"' and is_stand_in(value.strip('"')) for value, _ in found.values()):
        return
    first = next(iter(found.values()))[1]
    literals = tuple(span for value, span in found.values() if value[:1] == '"' and "${" not in value)
    yield Use("static-key-in-provider", f"terraform/{cloud}", first, literals)


def _of_resource(block: Block, label: str, today: date) -> Iterator[Use]:
    if label in _MADE:
        yield Use("key-resource", label, block.span)
    elif label in _MADE_WITH_AN_END:
        lasts = _lasts(block, today)
        if lasts is None or lasts > _DAY:
            yield Use("key-resource", label, block.span, lasts=lasts)
    elif label.startswith("kubernetes_secret") and "service-account-token" in block.attributes.get("type", ("",))[0]:
        yield Use("service-account-token-secret", "kubernetes", block.span)


def _lasts(block: Block, today: date) -> timedelta | None:
    """How long a password of Entra ID will work, where the block says so; two years where it does not."""
    if match := _HOURS.fullmatch(block.attributes.get("end_date_relative", ("",))[0].strip()):
        hours, minutes, seconds = (int(part or 0) for part in match.groups())
        return timedelta(hours=hours, minutes=minutes, seconds=seconds)
    try:
        end = datetime.fromisoformat(block.attributes["end_date"][0].strip().strip('"'))
        return (end if end.tzinfo else end.replace(tzinfo=UTC)) - datetime.combine(today, time(), UTC)
    except (KeyError, ValueError):
        return None


def blocks(text: str) -> list[Block]:
    """The blocks of a file, inner ones before those that hold them."""
    reader = _Lines()
    at = 0
    for line in text.split("\n"):
        reader.line(line.removesuffix("\r"), at)
        at += len(line) + 1
    return reader.done


@define
class _Lines:
    """Reads line after line; ``stack`` holds a block for each brace that is open, or None for one that opens no block."""

    done: list[Block] = field(factory=list)
    stack: list[Block | None] = field(factory=list)
    until: Callable[[str], bool] | None = None

    def line(self, line: str, at: int) -> None:
        if self.until is not None:
            if self.until(line):
                self.until = None
            return
        if len(line) > _LONGEST_LINE or not (line := _uncommented(line)).strip():
            return
        if line.lstrip().startswith("/*"):
            self.until = None if "*/" in line else lambda later: "*/" in later
            return
        if heredoc := _HEREDOC.search(line):
            self.until = lambda later, tag=heredoc[1]: later.strip() == tag
        start = self._header(line, at)
        self._attributes(line, at, start)
        self._braces(line, start)

    def _header(self, line: str, at: int) -> int:
        match = _HEADER.match(line)
        if match is None:
            return 0
        place = Span(at + match.start("kind"), at + match.end() - 1)
        block = Block(match["kind"], tuple(_LABEL.findall(match["labels"])), place)
        if self.stack and self.stack[-1] is not None:
            self.stack[-1].inside.add(block.kind)
        self.stack.append(block)
        return match.end()

    def _attributes(self, line: str, at: int, start: int) -> None:
        block = self.stack[-1] if self.stack else None
        if block is None:
            return
        for match in _ATTRIBUTE.finditer(line, start):
            value = match["value"].rstrip()
            place = Span(at + match.start(), at + match.start("value") + len(value))
            block.attributes.setdefault(match["name"], (value, place))

    def _braces(self, line: str, start: int) -> None:
        for brace in re.findall(r"[{}]", _STRING.sub("", line[start:])):
            if brace == "{" and len(self.stack) < _DEEPEST:
                self.stack.append(None)
            elif brace == "}" and self.stack and (block := self.stack.pop()) is not None:
                self.done.append(block)


def _uncommented(line: str) -> str:
    """A line without the comment at its end, the same length otherwise."""
    bare = _STRING.sub(lambda match: '"' * len(match.group()), line)
    comment = _COMMENT.search(bare)
    return line[: comment.start()] if comment else line
