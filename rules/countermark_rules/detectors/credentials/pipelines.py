"""Pipelines: GitHub Actions, GitLab CI, CircleCI and others that are written in YAML."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from attrs import define

from countermark.content import Span

from . import documents
from .documents import Listed, Scalar
from .names import CLOUDS, is_elsewhere, is_stand_in, is_temporary, kind_of
from .uses import Use

_SECRET = re.compile(r"\bsecrets(?:\.([A-Za-z_][\w-]*)|\[['\"]([\w-]+)['\"]\])")
_VARIABLE = re.compile(r"\$[{(]?([A-Z][A-Z0-9_]{2,80})")
_KEY_ID = re.compile(r"(?<![A-Z0-9])AKIA[A-Z2-7]{16}(?![A-Z0-9])")
_NAME_OF_ONE = re.compile(r"[A-Z][A-Z0-9_]{3,80}")
_NO_USE = frozenset({"if", "name", "description", "only", "when", "key"})
# Which input of an action takes the key or the token, whatever it is called.
_INPUTS = {
    "azure/login": {"creds": "azure"},
    "google-github-actions/auth": {"credentials_json": "gcp"},
    "google-github-actions/setup-gcloud": {"service_account_key": "gcp"},
    "pypa/gh-action-pypi-publish": {"password": "pypi"},
    "js-devtools/npm-publish": {"token": "npm"},
    "docker/login-action": {"password": "ghcr"},
}
# Commands that log in with a key, on any system.
_COMMANDS = {
    "aws": re.compile(r"\baws configure set aws_(?:access_key_id|secret_access_key)\s+[\"']?\$[^\n]{0,80}"),
    "azure": re.compile(
        r"\baz login\b(?=[^\n]{0,300}--service-principal)(?![^\n]{0,300}--federated-token)[^\n]{0,300}?\s(?:-p|--password)\b"
    ),
    "gcp": re.compile(r"\bgcloud auth activate-service-account\b"),
}
_INSTALLS = re.compile(r"\b(?:npm|pnpm|yarn)\s+(?:ci|install|i)\b")
_PUBLISHES = re.compile(
    r"\b(?:npm|pnpm|yarn|lerna|nx|changeset)\b[^\n]{0,60}\bpublish\b|changesets/action|semantic-release|npm-publish"
)
# Registries that trust these systems' identities.
_TRUSTED = {
    "github": frozenset({"pypi", "npm", "crates", "rubygems", "nuget", "ghcr"}),
    "gitlab": frozenset({"pypi", "npm"}),
    "circleci": frozenset({"pypi", "npm"}),
}
_INDEXES = ("repository-url", "repository_url", "TWINE_REPOSITORY_URL", "TWINE_REPOSITORY", "UV_PUBLISH_URL")
_PUBLIC = re.compile(r"pypi\.org|^(?:test)?pypi$")


def uses(text: str, system: str) -> Iterator[Use]:
    """What a pipeline's file asks for. Raises UnreadError."""
    roots = documents.documents(text)
    reader = _Reader(text, system, _inputs(roots))
    for node in documents.nodes(roots):
        if isinstance(node, documents.Mapping):
            yield from reader.mapping(node)
        elif isinstance(node, Listed):
            lines = [item for item in node.items if isinstance(item, Scalar)]
            yield from reader.grouped([(None, line) for line in lines], [])


def commands(text: str, start: int = 0, end: int | None = None) -> Iterator[tuple[str, Span]]:
    """Commands in a piece of text that log in with a key: the cloud, and where."""
    for cloud, pattern in _COMMANDS.items():
        for match in pattern.finditer(text, start, len(text) if end is None else end):
            yield cloud, Span(*match.span())


def _inputs(roots: Sequence[documents.Node]) -> dict[int, Mapping[str, str]]:
    """For the inputs of each step of an action that is known: which of them takes what."""
    found: dict[int, Mapping[str, str]] = {}
    for node in documents.nodes(list(roots)):
        if not isinstance(node, documents.Mapping):
            continue
        given, run, environment = node.get("with"), node.text("run"), node.get("env")
        if _INSTALLS.search(run) and not _PUBLISHES.search(run):
            found[id(environment)] = {"NODE_AUTH_TOKEN": "", "NPM_TOKEN": ""}
        if isinstance(given, documents.Mapping):
            action = node.text("uses").partition("@")[0].lower()
            known = _INPUTS.get(action, {})
            if action != "docker/login-action" or "ghcr.io" in given.text("registry"):
                found[id(given)] = known
    return found


@define
class _Reader:
    text: str
    system: str
    inputs: Mapping[int, Mapping[str, str]]

    def mapping(self, node: documents.Mapping) -> Iterator[Use]:
        if any(_is_private(node.text(name)) for name in _INDEXES):
            return
        pairs: list[tuple[Scalar | None, Scalar]] = list(node.scalars())
        for key, value in node.pairs:  # GitLab's longer form of a variable
            if isinstance(value, documents.Mapping) and isinstance(longer := value.get("value"), Scalar):
                pairs.append((key, longer))
        yield from self.grouped(pairs, [key.text for key, _ in node.pairs], self.inputs.get(id(node), {}))

    def grouped(
        self, pairs: Sequence[tuple[Scalar | None, Scalar]], beside: list[str], known: Mapping[str, str] | None = None
    ) -> Iterator[Use]:
        """One use for each kind: a key's id and its secret belong together."""
        found: dict[str, list[Span]] = {}
        for key, value in pairs:
            if key is None or key.text not in _NO_USE:
                for kind, span in self._kinds(key, value, known or {}):
                    found.setdefault(kind, []).append(span)
        names = [*beside, *(name for _, value in pairs for name in self._names(value))]
        for kind, places in found.items():
            if (kind == "aws" and (is_temporary(names) or is_elsewhere(names))) or not self._has_a_way(kind):
                continue
            rule = "static-key-in-ci" if kind in CLOUDS else "long-lived-registry-token"
            yield Use(rule, f"{self.system}/{kind}", min(places), _literals(pairs, kind))

    def _has_a_way(self, kind: str) -> bool:
        if kind == "npm" and not _PUBLISHES.search(self.text):
            return False  # nothing but a token lets a pipeline install private packages
        return kind in CLOUDS or kind in _TRUSTED.get(self.system, ())

    def _kinds(self, key: Scalar | None, value: Scalar, known: Mapping[str, str]) -> Iterator[tuple[str, Span]]:
        yield from commands(self.text, value.start, value.end)
        whole = Span(key.start if key else value.start, value.end)
        asked = known.get(key.text, kind_of(key.text)) if key else None
        if asked == "":
            return
        if self.system == "github":
            yield from self._of_secrets(value, asked, whole)
        else:
            yield from self._of_variables(value, asked, whole)
        if asked == "aws" and _KEY_ID.search(value.text):
            yield "aws", whole

    def _of_secrets(self, value: Scalar, asked: str | None, whole: Span) -> Iterator[tuple[str, Span]]:
        for match in _SECRET.finditer(self.text, value.start, value.end):
            name = match[1] or match[2]
            kind = None if name.upper() == "GITHUB_TOKEN" else asked or kind_of(name)
            if kind:
                short = asked or len(self.text[whole.start : whole.end].splitlines()) == 1
                yield kind, whole if short else Span(*match.span())

    def _of_variables(self, value: Scalar, asked: str | None, whole: Span) -> Iterator[tuple[str, Span]]:
        if asked and ("$" in value.text[:2] or (self.system == "circleci" and _NAME_OF_ONE.fullmatch(value.text))):
            yield asked, whole
            return
        if asked:
            return
        for match in _VARIABLE.finditer(self.text, value.start, value.end):
            if (kind := kind_of(match[1])) and kind != "aws":  # those names also hold what a role was given
                yield kind, Span(*match.span())

    def _names(self, value: Scalar) -> list[str]:
        """The names that a value refers to."""
        if self.system == "github":
            return [match[1] or match[2] for match in _SECRET.finditer(self.text, value.start, value.end)]
        return _VARIABLE.findall(value.text[:1_000])


def _literals(pairs: Sequence[tuple[Scalar | None, Scalar]], kind: str) -> tuple[Span, ...]:
    """The values that stand there themselves, the key's and its secret's."""
    return tuple(
        Span(value.start, value.end)
        for key, value in pairs
        if key is not None and kind_of(key.text) == kind and value.text and "$" not in value.text
    )


def _is_private(index: str) -> bool:
    return bool(index) and not is_stand_in(index) and not _PUBLIC.search(index)
