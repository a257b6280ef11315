"""Kubernetes Secret manifests: values in base64 under `data`, plain ones under `stringData`."""

from __future__ import annotations

import base64
import re
from collections.abc import Iterator, Mapping

from countermark.finding import Confidence, Rule
from countermark.lazily import lazy
from countermark_rules.detectors.secrets.confirm import Found
from countermark_rules.detectors.secrets.sought import Search, Sought
from countermark_rules.detectors.secrets.value import not_a_secret

from .form import rule

_REACH = 20_000  # bytes of a manifest before and after the line that says what it is
_KIND = lazy(r"^[ \t-]*kind:[ \t]*([\"']?)Secret\1[ \t]*$", re.MULTILINE)
_BOUNDARY = lazy(r"^---", re.MULTILINE)
_BLOCK = lazy(r"^(?P<indent>[ \t]*)(?P<name>data|stringData):[ \t]*$", re.MULTILINE)
_ENTRY = lazy(
    r"(?P<indent>[ \t]+)(?P<quote>[\"']?)(?P<key>[\w.-]{1,253})(?P=quote):[ \t]*(?P<block>[|>][+-]?)?[ \t]*"
    r"(?P<value>\"[^\"]*\"|'[^']*'|[^\s#][^#\r]*?)?[ \t]*(?:[ \t]#.*)?\r?"
)
_SAYS_LITTLE = lazy(
    r"(?i)(?:.*[._-])?(?:user(?:name)?|name|host(?:name)?|port|database|db|url|uri|endpoint|region|namespace|email|ca\.(?:crt|pem)|tls\.crt|type|bucket|issuer|client[_-]?id)"
)
_PUBLIC = lazy(r"-----BEGIN (?:CERTIFICATE|PUBLIC KEY)")
_SHORTEST, _LONGEST = 4, 20_000


class KubernetesSecrets:
    """The values of a manifest whose kind is Secret."""

    chosen = False
    rules: Mapping[str, Rule] = {
        "kubernetes-secret": rule(
            "kubernetes-secret",
            "Value in a Kubernetes Secret",
            "Base64 hides nothing: whoever reads this manifest has the secret that it puts into the cluster.",
            "https://kubernetes.io/docs/concepts/configuration/secret/",
            remedy="Change it where it opens something, then remove it from the file and from the history. Let External Secrets, "
            "the Secrets Store CSI driver or Vault put its successor into the cluster, or commit it under SOPS or Sealed Secrets.",
        )
    }

    def searches(self) -> tuple[tuple[Search, Sought], ...]:
        """What the prefilter looks for."""
        search = Search("kubernetes-secret", "structured", _REACH, _REACH, multiline=True)
        return ((search, Sought(r"kind:[ \t]*[\"']?Secret", ("kind:",))),)

    def find(self, text: str) -> Iterator[Found]:
        """Every value in each manifest of a text."""
        starts = [0, *(match.end() for match in _BOUNDARY.finditer(text))]
        for start, end in zip(starts, [*starts[1:], len(text)], strict=True):
            if _KIND.search(text, start, end):
                for block in _BLOCK.finditer(text, start, end):
                    yield from _entries(text, block, end)


def _entries(text: str, block: re.Match[str], end: int) -> Iterator[Found]:
    """The entries under `data:`, as long as lines are indented farther."""
    plain = block["name"] == "stringData"
    at, outer = block.end() + 1, len(block["indent"])
    while at < end:
        stop = text.find("\n", at, end)
        stop = stop if stop >= 0 else end
        match = _ENTRY.fullmatch(text, at, stop)
        line = text[at:stop].strip()
        if match is None and line and not line.startswith("#"):
            return
        at = stop + 1
        if match is None or not match["key"]:
            continue
        if len(match["indent"]) <= outer:
            return
        start, finish = match.span("value")
        if match["block"]:
            start, finish = _folded(text, at, end, len(match["indent"]))
            at = max(at, finish + 1)
        elif match["value"] is None:
            continue
        elif text[start] in "\"'":
            start, finish = start + 1, finish - 1
        if not _SAYS_LITTLE.fullmatch(match["key"]) and _is_secret(text[start:finish], plain=plain):
            yield Found(start, finish, confidence=Confidence.MEDIUM)


def _folded(text: str, at: int, end: int, indent: int) -> tuple[int, int]:
    """The lines of a block scalar, from its first character to its last."""
    start = finish = at
    while at < end:
        stop = text.find("\n", at, end)
        stop = stop if stop >= 0 else end
        line = text[at:stop]
        if line.strip() and len(line) - len(line.lstrip()) <= indent:
            break
        if line.strip():
            start = start if finish > start else at + len(line) - len(line.lstrip())
            finish = at + len(line.rstrip())
        at = stop + 1
    return start, finish


def _is_secret(value: str, *, plain: bool) -> bool:
    if not _SHORTEST <= len(value) <= _LONGEST or not_a_secret(value[:400]) == "it stands where a secret will be put":
        return False
    text = value if plain else _decoded(value)
    if text is None or _PUBLIC.match(text):
        return False
    return len(text) > 400 or not_a_secret(text) is None  # noqa: PLR2004 - what not_a_secret is made for is shorter


def _decoded(value: str) -> str | None:
    """What base64 stands for; bytes that are no text are as they are."""
    try:
        data = base64.b64decode("".join(value.split()), validate=True)
    except ValueError:  # no base64
        return None
    return data.decode("utf-8", "backslashreplace").strip()
