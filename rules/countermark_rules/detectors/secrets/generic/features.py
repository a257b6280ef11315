"""What is measured of an assignment: each feature is a number between 0 and about 1, and has a name that a person understands."""

from __future__ import annotations

import re
from collections.abc import Mapping
from itertools import pairwise
from math import log2

from countermark.lazily import lazy
from countermark_rules.detectors.secrets.confirm import entropy

from .assignments import Assignment
from .words import FAMILIES, families, parts

_HEX = lazy(r"(?:[0-9a-f]+|[0-9A-F]+)")
_DIGEST_LENGTHS = frozenset({32, 40, 56, 64, 96, 128})
_UUID = lazy(r"[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")
_BASE64 = lazy(r"[A-Za-z0-9+/_-]{12,}={0,2}")
_WORDS = lazy(r"[A-Za-z]+(?:[-_./: ][A-Za-z]+)*")
_CODE = lazy(r"[\w$]+(?:\.|->|::)[\w$]+|[\w$]+\(|\w+\[|[{}()<>]|\\[nt]|%[sd(]|\$\{?\w|&&|==|=>|;$")
_MIXED_IN = lazy(
    r"(?![\w.+-]+@[\w-]+\.\w)(?=[^!@$%^&*#]*[A-Za-z])(?=.+[!@$%^&*#])[^\s/()\[\]{}<>=;:,'\"|\\]+"
)  # and no e-mail address
_WORD_AND_NUMBER = lazy(r"[A-Za-z]{3,12}\d{2,6}[!@#$%^&*.?]?")
_MADE_UP = lazy(r"(?i:test|example|sample|fake|mock|dummy|demo|invalid|wrong|expired|some|foo|bar(?!e)|baz|my[-_A-Z])")
_CHOSEN = frozenset({"password", "secret"})
_CLEAR = frozenset({"password", "secret", "token", "key"})
_COMPARES = frozenset({"==", "===", "!=", "!==", "<-"})
_SEPARATORS = frozenset(" _-./:")
# A digit or a sign in the place of a letter that it looks like, within a word: s3cret, P@ssword, 4dmin.
_LIKE_LETTERS = lazy(r"(?<=[A-Za-z])[013457@$](?=[A-Za-z]{2})|(?<![A-Za-z0-9])[3457@](?=[a-z]{3})")
_LETTERS_MEANT = str.maketrans("013457@$", "oieastas")
_DIGIT, _SYMBOL, _LETTER, _VOWEL = (
    lazy(r"\d"),
    lazy(r"[\W_]"),
    lazy(r"[^\W\d_]"),
    lazy(r"[aeiouyAEIOUY]"),
)
_DRAWN = lazy(r"(?=.*\d)[A-Za-z0-9+/=_~-]{20,}")
APP_PASSWORD = lazy(r"(?:[a-z]{4} ){3}[a-z]{4}")  # as Google shows those that it makes for programs
_EVEN, _READS = 0.75, 0.42  # of the bits that so many characters can have; of readable()
_RUNS = lazy(r"[A-Za-z]+")
# Places between two characters, counted by expressions because a loop over the characters takes ten times as long.
_NEIGHBOURS, _CASE_CHANGES = lazy(r"[A-Za-z](?=[A-Za-z])"), re.compile(r"[a-z](?=[A-Z])|[A-Z](?=[a-z])")
_TURNS = lazy(r"\d(?=\D)|\D(?=\d)")
_LETTERS = 26
_SETTINGS = lazy(
    r"(?:^|/)(?:\.?env[\w.-]*|\.(?:npmrc|pypirc|netrc|pgpass|envrc|git-credentials|htpasswd)|_netrc|credentials|dockerfile[\w.-]*)$"
    r"|\.(?:ya?ml|ini|cfg|conf|cnf|properties|toml|env|tfvars|sh|bash|zsh|ps1|bat|cmd|txt|log|tf|envrc|config|xml|plist|json)$|^[^.]*$",
    re.IGNORECASE,
)
_PEOPLE = lazy(
    r"\.(?:md|rst|adoc|html?|po|pot|strings|resx|arb|ftl|xlf)$|(?:^|/)(?:locales?|i18n|l10n|lang|translations?)/",
    re.IGNORECASE,
)

_SPOKEN = {family: f"the name speaks of a {family}" for family in (*FAMILIES, "bare-key")}
_LAST = frozenset().union(*FAMILIES.values())

# How readily one letter follows another in words that people choose, 0 (never) to 9; made by scripts/train from English words.
Bigrams = tuple[str, ...]


def features(assignment: Assignment, path: str, bigrams: Bigrams) -> Mapping[str, float]:
    """All features of an assignment in a file of that name."""
    value = assignment.value
    value = value.replace(" ", "") if APP_PASSWORD.fullmatch(value) else value
    bits = entropy(value)
    kinds = (value != value.upper(), value != value.lower(), _DIGIT.search(value) is not None)
    symbols = _SYMBOL.findall(value)
    named = families(assignment.name)
    settings = _SETTINGS.search(path) is not None
    told = named if "about" not in named else frozenset[str]()
    clear = bool(told & _CLEAR)
    return {
        **{said: float(family in named) for family, said in _SPOKEN.items()},
        "the name ends in a secret": float(_ends_in_secret(assignment.name)),
        "the name speaks about a secret": float("about" in named),
        "it is quoted": float(assignment.quoted),
        "it is bare in a program": float(not assignment.quoted and not settings),
        "it is an argument": float(assignment.sign in {",", "(", "space", "listed"}),
        "it is compared": float(assignment.sign in _COMPARES and not assignment.quoted),
        "it is long": min(len(value), 64) / 64,
        "it is short": max(0.0, (8 - len(value)) / 8),
        "it has many bits": min(bits * len(value), 256) / 256,
        "its characters are even": bits / max(1.0, min(6.0, log2(max(2, len(value))))),
        "it mixes kinds of characters": (sum(kinds) + bool(symbols)) / 4,
        "a password of many kinds of characters": float("password" in told and sum(kinds) + bool(symbols) > 2),  # noqa: PLR2004
        "a password with signs or digits": float("password" in told and (kinds[2] or bool(symbols))),
        "it has digits": float(kinds[2]),
        "a machine drew it": float(_is_drawn(value, bits, bigrams)),
        "digits among letters": _switches(value),
        "capitals among small letters": _capitals(value),
        "it is a word and a number": float(_WORD_AND_NUMBER.fullmatch(value) is not None),
        "a password with digits for letters": float(bool(told & _CHOSEN) and _is_disguised(value, bigrams)),
        "it speaks of secrets itself": float(bool(families(value) - {"about", "about-last"})),
        "it says that it is made up": float(_MADE_UP.search(value) is not None),
        "symbols": min(1.0, len(symbols) / max(1, len(value)) * 3),
        "many different symbols": min(1.0, len(set(symbols) - _SEPARATORS) / 6),
        "symbols of passwords": float(_MIXED_IN.fullmatch(value) is not None),
        "it has spaces": min(1.0, value.count(" ") / 3),
        "it reads like words": readable(value, bigrams),
        "it is words": float(_WORDS.fullmatch(value) is not None),
        "few vowels": float(_few_vowels(value)),
        "it is hexadecimal": float(len(value) >= 16 and _HEX.fullmatch(value) is not None),  # noqa: PLR2004
        "it is a digest, and the name says little": float(not clear and _is_digest(value)),
        "it is a UUID, and the name says little": float(not clear and _UUID.fullmatch(value) is not None),
        "it is base64": float(_BASE64.fullmatch(value) is not None and sum(kinds) > 2),  # noqa: PLR2004
        "it looks like code": float(_CODE.search(value) is not None),
        "it is only digits": float(value.isdigit()),
        "the file is for people": float(_PEOPLE.search(path) is not None),
    }


def is_program(path: str) -> bool:
    """Whether a file holds a program, by its name: neither settings nor text for people."""
    return not _SETTINGS.search(path) and not _PEOPLE.search(path)


def readable(value: str, bigrams: Bigrams) -> float:
    """How much the letters of a value follow each other as in words: about 0.2 for random ones, 0.6 for words."""
    score = pairs = 0
    for run in _RUNS.findall(value):
        low = run.lower()
        score += sum([int(bigrams[ord(first) - 97][ord(second) - 97]) for first, second in pairwise(low)])
        pairs += len(low) - 1
    return score / (9 * pairs) if pairs > 1 else 0.4


def _ends_in_secret(name: str) -> bool:
    """Whether the last word of a name, but for a number, is a secret: `dbPassword2`, not `password_field`."""
    words = [word for word in parts(name) if not word.isdigit()]
    return bool(words) and (words[-1] in _LAST or (words[-1] == "key" and len(words) > 1))


def _is_drawn(value: str, bits: float, bigrams: Bigrams) -> bool:
    """Whether a value is long, of what machines draw from, and neither repeats itself nor reads like words."""
    even = bits >= _EVEN * min(6.0, log2(max(2, len(value))))
    return even and _DRAWN.fullmatch(value) is not None and readable(value, bigrams) < _READS


def _is_disguised(value: str, bigrams: Bigrams) -> bool:
    """Whether a value is words that somebody wrote with digits or signs in the place of letters."""
    return _LIKE_LETTERS.search(value) is not None and readable(value.translate(_LETTERS_MEANT), bigrams) > _READS


def _is_digest(value: str) -> bool:
    return len(value) in _DIGEST_LENGTHS and _HEX.fullmatch(value) is not None


def _capitals(value: str) -> float:
    """How often the case of neighbouring letters changes: every third time in names, every second in what a machine drew."""
    return len(_CASE_CHANGES.findall(value)) / max(6, len(_NEIGHBOURS.findall(value)))


def _switches(value: str) -> float:
    """How often letters and digits take turns: seldom in names, often in what a machine drew."""
    return min(1.0, len(_TURNS.findall(value)) / max(1, len(value)) * 3)


def _few_vowels(value: str) -> bool:
    letters = len(_LETTER.findall(value))
    return letters >= 6 and len(_VOWEL.findall(value)) / letters < 0.2  # noqa: PLR2004
