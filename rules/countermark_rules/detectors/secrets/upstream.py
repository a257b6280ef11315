"""The one place that imports detect-secrets: its plugins and filters, called directly.

Its settings are global to the process, and its plugins can ask providers over the network whether a secret works. So nothing here
touches the settings, and only `analyze_string`, the plugins' tables and the pure filters are used, never `analyze_line` or `verify`.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from functools import cache as once
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from threading import RLock
from types import ModuleType
from typing import Any

from attrs import frozen

from .sought import Search, Sought


@frozen
class Plugin:
    """One plugin of detect-secrets, and the rule that its finds belong to. ``asked``: it finds too much to be on by default."""

    module: str
    name: str
    rule: str
    literals: tuple[str, ...]
    asked: bool = False


PLUGINS = (
    Plugin("artifactory", "ArtifactoryDetector", "artifactory-credentials", ("akc", "ap")),
    Plugin("aws", "AWSKeyDetector", "aws-access-key-id", ("a3t", "abia", "acca", "akia", "asia", "aws")),
    Plugin("azure_storage_key", "AzureStorageKeyDetector", "azure-storage-account-key", ("accountkey=",)),
    Plugin("basic_auth", "BasicAuthDetector", "basic-auth-url", ("://",)),
    Plugin("cloudant", "CloudantDetector", "cloudant-credentials", ("cl",)),
    Plugin("discord", "DiscordBotTokenDetector", "discord-bot-token", (".",)),
    Plugin(
        "github_token",
        "GitHubTokenDetector",
        "github-personal-access-token-classic",
        ("ghp_", "gho_", "ghu_", "ghs_", "ghr_"),
    ),
    Plugin("gitlab_token", "GitLabTokenDetector", "gitlab-personal-access-token", ("gl", "gr1348941")),
    Plugin("high_entropy_strings", "Base64HighEntropyString", "base64-high-entropy", ("'", '"', "=", ":"), asked=True),
    Plugin("high_entropy_strings", "HexHighEntropyString", "hex-high-entropy", ("'", '"', "=", ":"), asked=True),
    Plugin("ibm_cloud_iam", "IbmCloudIamDetector", "ibm-cloud-iam-key", ("key", "pwd", "pass", "token")),
    Plugin("ibm_cos_hmac", "IbmCosHmacDetector", "ibm-cos-hmac-key", ("secret",)),
    Plugin("ip_public", "IPPublicDetector", "public-ip", (".",), asked=True),
    Plugin("jwt", "JwtTokenDetector", "json-web-token", ("eyj",)),
    Plugin("keyword", "KeywordDetector", "keyword", ("key", "pass", "pwd", "secret", "contrase")),
    Plugin("mailchimp", "MailchimpDetector", "mailchimp-api-key", ("-us",)),
    Plugin("npm", "NpmDetector", "npm-registry-auth-token", ("_authtoken",)),
    Plugin("openai", "OpenAIDetector", "openai-api-key", ("t3blbkfj",)),
    Plugin("private_key", "PrivateKeyDetector", "private-key", ("private key", "putty-user-key-file-2")),
    Plugin("pypi_token", "PypiTokenDetector", "pypi-api-token", ("pypi-age",)),
    Plugin("sendgrid", "SendGridDetector", "sendgrid-api-key", ("sg.",)),
    Plugin("slack", "SlackDetector", "slack-bot-token", ("xox", "hooks.slack.com/services/t")),
    Plugin("softlayer", "SoftlayerDetector", "softlayer-credentials", ("sl", "softlayer")),
    Plugin("square_oauth", "SquareOAuthDetector", "square-oauth-secret", ("sq0csp-",)),
    Plugin("stripe", "StripeDetector", "stripe-secret-key", ("k_live_",)),
    Plugin("telegram_token", "TelegramBotTokenDetector", "telegram-bot-token", (":",)),
    Plugin("twilio", "TwilioKeyDetector", "twilio-api-key", ("ac", "sk")),
)
_BY_NAME: Mapping[str, Plugin] = {plugin.name: plugin for plugin in PLUGINS}
_REACH = (
    1_024  # bytes around a hit in which a match of a plugin lies; the longest that one asks for is 1,024 characters
)
_KEYWORD_REACH = 400

_lock = RLock()
_modules: dict[str, ModuleType] = {}


class _StandIn(ModuleType):
    """`requests`, until somebody really wants it. detect-secrets imports it for verification, which never runs here."""

    importing = True

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return type(name, (), {}) if self.importing else getattr(import_module("requests"), name)


def module(name: str) -> ModuleType:
    """A module of detect-secrets, without what its packages import besides: 8 ms in place of 200."""
    full = f"detect_secrets.{name}"
    with _lock:
        if loaded := sys.modules.get(full) or _modules.get(full):
            return loaded
        with _bare_packages():
            return import_module(full)


@contextmanager
def _bare_packages() -> Iterator[None]:
    """While it lasts, packages whose __init__ runs nothing, and no `requests`; afterwards nobody can tell.

    What was loaded is kept here and taken out again: a real import that found some of the modules loaded, and not the
    package that they are in, would go round in a circle.
    """
    stand_in = _StandIn("requests")
    before = set(sys.modules)
    bare = {name: _modules.get(name) or _bare(name) for name in ("detect_secrets", "detect_secrets.filters")}
    for name, value in {"requests": stand_in, **bare, **_modules}.items():
        sys.modules.setdefault(name, value)
    try:
        yield
    finally:
        stand_in.importing = False
        for name in sys.modules.keys() - before:
            if name == "requests":
                del sys.modules[name]
            elif name.partition(".")[0] == "detect_secrets":
                _modules[name] = sys.modules.pop(name)


def _bare(name: str) -> ModuleType:
    spec = find_spec("detect_secrets")
    assert spec is not None  # noqa: S101 - a dependency
    assert spec.submodule_search_locations is not None  # noqa: S101 - a package
    package = ModuleType(name)
    package.__path__ = [str(Path(place, *name.split(".")[1:])) for place in spec.submodule_search_locations]
    return package


@once
def plugin(name: str) -> Any:
    """The instance of one plugin, with its default settings."""
    return getattr(module(f"plugins.{_BY_NAME[name].module}"), name)()


@once
def heuristic(name: str) -> Any:
    """One of the pure filters."""
    return getattr(module("filters.heuristic"), name)


def keyword_tables(path: str) -> Mapping[re.Pattern[str], int]:
    """KeywordDetector's expressions for a kind of file, each with the number of the group that is the value."""
    keyword = module("plugins.keyword")
    tables: Mapping[Any, Mapping[re.Pattern[str], int]] = keyword.REGEX_BY_FILETYPE
    return tables.get(keyword.determine_file_type(path), keyword.QUOTES_REQUIRED_DENYLIST_REGEX_TO_GROUP)


def searches(covered: Collection[str]) -> Iterator[tuple[Search, Sought]]:
    """What the prefilter needs to find at least what the plugins do; where our own rules cover one it only serves to compare."""
    for one in PLUGINS:
        reach = _KEYWORD_REACH if one.name == "KeywordDetector" else _REACH
        search = Search(one.rule, one.name, reach, reach, extra=one.asked or one.rule in covered)
        for loose in _loose(one):
            yield search, Sought(loose, one.literals, exact=False)
    bare = Search("keyword", "KeywordDetector:bare", _KEYWORD_REACH, _KEYWORD_REACH)
    yield bare, Sought(_bare_keyword(), _BY_NAME["KeywordDetector"].literals, exact=False)


def _loose(one: Plugin) -> Iterator[str]:
    if one.name == "KeywordDetector":
        yield from _quoted_keyword()
    elif (
        one.name == "Base64HighEntropyString"
    ):  # 23 is the shortest that can reach its limit of 4.5 bits for each character
        yield r"""['"=:] ?[A-Za-z0-9+/\\\-_=]{23}"""
    elif one.name == "HexHighEntropyString":  # and 9 for 3 bits
        yield r"""['"=:] ?[0-9A-Fa-f]{9}"""
    else:
        for expression in plugin(one.name).denylist:
            flags = "".join(
                letter for letter, flag in (("i", re.IGNORECASE), ("x", re.VERBOSE)) if expression.flags & flag
            )
            yield f"(?{flags}:{expression.pattern})" if flags else expression.pattern


# Pieces of KeywordDetector's expressions, for bytes: what Unicode calls a letter or a space is any byte above ASCII here.
_SPACE = r"[ \t\x0b\x0c\x1c-\x1f\x80-\xff]{0,60}"
_AFFIX = r"[\w\x80-\xff]{0,100}"
_QUOTE = r"['\"`]"
_CLOSING = r"[\]'\"]{0,2}"


def _words() -> str:
    words: tuple[str, ...] = module("plugins.keyword").DENYLIST
    return "(?i:" + "|".join(word.replace("ñ", r"\xc3[\x91\xb1]") for word in words) + ")"


def _quoted_keyword() -> Iterator[str]:
    words = _words()
    yield rf"{words}{_AFFIX}(?:\[[0-9]*\])?{_CLOSING}{_SPACE}[:=!]{{1,3}}>?{_SPACE}@?{_QUOTE}"
    yield rf"{_QUOTE}{_SPACE}[!=]{{2,3}}{_SPACE}{_AFFIX}{words}"
    yield rf"{words}[^\s]{{0,300}}{_SPACE}{_QUOTE}[^\r\n'\"]*{_QUOTE};"
    yield rf'{words}{_AFFIX}(?:.assign)?\("'


def _bare_keyword() -> str:
    return rf"{_words()}{_AFFIX}{_CLOSING}{_SPACE}[:=!]{{1,3}}{_SPACE}[^\s'\"`]"
