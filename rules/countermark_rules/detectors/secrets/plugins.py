"""Every rule as a plugin of detect-secrets, for plain `detect-secrets scan -p`: it confirms with what our engine confirms with."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache as once
from typing import Any

from .search import bundle
from .structured import STRUCTURED
from .upstream import module


@once
def _base() -> Any:
    return module("plugins.base").RegexBasedDetector


@once
def token_plugin(slug: str) -> Any:
    """The plugin of one token, an instance of a class of its own."""
    matcher = bundle().matcher(slug)
    token = matcher.token

    def analyze_string(_: object, string: str) -> Iterator[str]:
        for found in matcher.find(string):
            yield string[found.start : found.end]

    members = {
        "__doc__": f"Scans for each {token.title}.",
        "__module__": __name__,
        "secret_type": f"{token.title} (secrets/{token.id})",  # detect-secrets takes them for unique
        "denylist": (matcher.regex,),
        "analyze_string": analyze_string,
    }
    return type(_class_name(token.id), (_base(),), members)()


@once
def structured_plugin(number: int) -> Any:
    """The plugin of one of our structured formats."""
    shape = STRUCTURED[number]

    def analyze_string(_: object, string: str) -> Iterator[str]:
        for found in shape.find(string):
            yield string[found.start : found.end]

    members = {
        "__doc__": f"Scans for what {' or '.join(shape.rules)} means.",
        "__module__": __name__,
        "secret_type": " or ".join(f"secrets/{slug}" for slug in shape.rules),
        "denylist": (),
        "analyze_string": analyze_string,
    }
    return type(_class_name(next(iter(shape.rules))), (_base(),), members)()


def classes() -> dict[str, type]:
    """Every plugin's class by its name, for detect-secrets."""
    made = [type(token_plugin(token.id)) for token in bundle().tokens()] + [
        type(structured_plugin(number)) for number in range(len(STRUCTURED))
    ]
    return {each.__name__: each for each in made}


def _class_name(slug: str) -> str:
    return "Countermark" + "".join(part.capitalize() for part in slug.split("-")) + "Detector"
