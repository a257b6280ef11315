"""Whether a value that people chose is a secret: the place of the classifier for passwords and other assignments.

Pure: the same value in the same line of the same file is always judged the same way, and the reason is said.
"""

from __future__ import annotations

import base64
import re
from itertools import pairwise
from urllib.parse import unquote

from attrs import frozen

from countermark.change import FileChange
from countermark.finding import Confidence
from countermark.lazily import lazy

from .confirm import entropy
from .generic.classifier import weights
from .generic.features import APP_PASSWORD, readable
from .upstream import heuristic

_SHORTEST, _LONGEST = 5, 512
_RECITED = 8  # characters in a row that each follow the one before
_PIECE = 3  # characters in a row of what is made of such pieces
_RECITAL = "".join(map(chr, range(0x20, 0x7F)))
_LOOKED_AT = 200  # characters of a line for a call or an index; that filter takes time by the square of them
_SHORTEST_PACKED = 12  # characters of base64
_QUOTED = lazy(
    r"%(?:2[0-9A-F]|3[A-F]|40|5[B-E]|60|7[B-E])", re.IGNORECASE
)  # what addresses must not hold; %58 is no escape of theirs
_SEQUENCE = b"\x30"
_PKCS5 = b"\x2a\x86\x48\x86\xf7\x0d\x01\x05"  # the object identifier of PKCS #5: a key under a password
_RANDOM_LENGTH, _RANDOM_BITS = 16, 3.3
# Of generic/features.py's measure, for so few letters and for more: nineteen of twenty names read better than that, nine of
# ten drawn words worse, or one of two if they are that short.
_DRAWN, _DRAWN_SHORT, _FEW = 0.35, 0.2, 7
_STRONG_LENGTH, _STRONG_BITS = 8, 2.5

# What stands where a secret will be put. Of a whole value:
_STAND_IN = lazy(
    r"""<.*>|(?:\\x00){2,}|\{[A-Za-z_]\w{2,}\}[\w-]{0,6}|\[.*\]|\{.*\}|\(.*\)|%.*%|@.*@|&\w+;|(?::\w+)+:|[$#%@]?[{(]{1,2}.*[)}]|\$\w+|\W*|(.)\1{3,}.*
    |(?:x|\*|\.|-|_|0)+|(?:your|my|the|some|an?|any|new|old|enter|insert|put|add|use|set|type|paste)[-_ ].*
    |(?:none|null|nil|undefined|true|false|yes|no|on|off|unset|empty|blank|default|todo|tbd|tba|fixme|n/?a|unknown|any|(?:test|testing|foo|bar|baz|string)\d{0,6})
    |.*(?:change[-_ ]?(?:me|this|it)|replace[-_ ]?(?:me|this|with)|place[-_ ]?holder|redacted|masked|obfuscated|hidden|removed).*
    |.*(?:omitted|dummy|example|not[-_ ]?a[-_ ]?(?:real[-_ ]?)?(?:secret|password|key|token)).*
    |.*(?:[-_ .]here|goes[-_ ]here|<[\w -]+>
    |[$#]\{[^{}()[\]]*(?:\[\w*\]|\(\w*\))?[^{}()[\]]*\}|\{\{[^{}<>;]*\}\}|\{\{\s|&[lg]t;|:\w+:`|%\([\w.]+\)s|\$\([^()]*(?:\([^()]*\)[^()]*)*\)|\.\.\.|…|\*{3}|x{5}|=\{[A-Za-z_][\w.]*\}
    ).*
    """,
    re.IGNORECASE | re.VERBOSE | re.DOTALL,
)
# Of a token, whose characters are otherwise random:
_FAKE = lazy(
    r"example|placeholder|redacted|changeme|your|dummy|x{4}|0{8}|1{8}|\*{3}|\.{3}|(.)\1{5}|abcdefgh|12345678|87654321",
    re.IGNORECASE,
)
IS_A_NAME = "it is a name in the program"
_WORD = r"(?:pass(?:word|wd|phrase|code)?|pwd|secret|token|key|credential|auth|login|user(?:name)?|api|admin|root|private|client)"
_NAMED = lazy(  # password = "password", token = "token123"; but password123 is one
    rf"(?:{_WORD}s?[-_. :=]?)+\d?|(?:(?:secret|token|key|credential|api|client)s?[-_. :=]?)+\d{{2,4}}", re.IGNORECASE
)
_IDENTIFIER = lazy(r"\$?[A-Za-z_]\w*(?:(?:\.|->|::|-|/|:)\$?[A-Za-z_]\w*)*\$?(?:\(\)|\[\w*\])?")
_REFERENCE = lazy(
    r"(?:self|this|cls|config|settings|conf|cfg|options|opts|args|env|os|process|ctx|request|req|params|props|data|vault|secretsmanager|ssm|arn|op|"
    r"file|npm|workspace|env_var|keyring)(?:\.|::|:|->)\S*|(?:\w+\()?(?:os\.)?(?:environ|getenv|get_secret|ENV)\b.*|!\w+ .*|kv/.*|"
    r"arn:.*|projects/.*|"
    r"\S*(?:/|%2[fF])(?:aws4|goog4)_request|(?:CN|OU|UID|O|DC)=[^,=]+(?:,\s?(?:CN|OU|UID|O|DC|L|ST|C)=[^,=]+)+",
    re.IGNORECASE,
)
_PATH = lazy(
    r"(?:~|\.{0,2})?/(?:[\w.@~+-]+/)*[\w.@~+-]*|[A-Za-z]:\\\S*|[a-z@][\w@-]*(?:/[\w-]+)+\.[A-Z]\w+|[\w./-]+\.(?:pem|key|crt|cert|json|ya?ml|txt|py|js|html?|xml|md|p12|jks|pub)"
)
_URL = lazy(r"(?:[a-z][a-z0-9+.-]*://[^\s@]*|//[\w-]+(?:\.[\w-]+)*\.[a-z]{2,}/[^\s@]*)", re.IGNORECASE)
_OPTION = lazy(r"--?[A-Za-z][\w-]*(?:=.*)?")
_DIGEST = lazy(
    r"md5[0-9a-f]{32}|(?:sha\d{1,3}|md5|bcrypt|argon2\w*|pbkdf2\w*|scrypt)[-:$_=].*|\$(?:2[aby]|argon2\w*|5|6|y|1)\$.*",
    re.IGNORECASE,
)
_VERSION = lazy(  # with a package before it, or none; or a number in hexadecimal digits, or of a document
    r"[a-z][a-z0-9]*(?:[-_.][a-z][a-z0-9]*)*[-_:@=]{1,2}v?\d{1,4}(?:\.\d{1,4}){1,3}(?:[-.][a-z0-9]{1,12})?"
    r"|v?\d{1,5}(?:\.\d{1,5}){1,3}(?:[-+][\w.+-]{0,40})?|\d{2,5}/[\w./-]*|0[xX][0-9A-Fa-f]{1,8}[;,]?"
    r"|(?:RFC|CVE|ISO|FIPS|PKCS#?)[ -]?\d[\d-]{0,12}[.,:;]?"
)
_DRAWING = lazy(r"(?=[^.]*\.)[\d.,-]*+(?:[MmLlHhVvCcSsQqTtAaZz][\d.,-]++){3,}+[Zz]?")  # of SVG
_COLOUR = lazy(r"#(?:[0-9A-Fa-f]{3,4}){1,2}")
_EXPRESSION = lazy(
    r".*(?:\(\?[:=!<P]|\[\^|\[[^\]]*(?:a-z|A-Z|0-9|\\[wdsWDS])[^\]]*\]|\[:[a-z]+:\]|\\[wdsWDS][+*?{]).*|(?:=~)?/.*[\\^$*+?{|(].*/[a-z]{0,6}"
)
_OWN_NAME = lazy(rf".*(?<![a-z])(?:your|my|some|the)[-_ ]{_WORD}(?![a-z0-9]).*", re.IGNORECASE)
_SENTENCE = lazy(r"\S+(?:\s+\S+){2,}")
# Letters by their numbers, unless there are so many that it is a key in bytes, or they are those that JSON need not write.
_ESCAPED = lazy(
    r"(?!(?:.*\\x){8}).*\\(?:x(?![2-7])[0-9a-f]{2}|u(?!00[2-7])[0-9a-f]{4}|u\{[0-9a-f]+\}|N\{|[0-3][0-7]{2}).*",
    re.IGNORECASE,
)
_NAME_LIKE = lazy(rf"[._:>/-]|[a-z][A-Z]|(?i:{_WORD})")
_OTHER_THINGS = (
    (_STAND_IN, "it stands where a secret will be put"),
    (_NAMED, "it says what it is for and nothing else"),
    (_OWN_NAME, "it says what it is for"),
    (_EXPRESSION, "it is a regular expression"),
    (_REFERENCE, "it refers to something else"),
    (_PATH, "it is a path"),
    (_URL, "it is an address"),
    (_OPTION, "it is an option of a command"),
    (_DIGEST, "it is a digest"),
    (_COLOUR, "it is a colour"),
    (_DRAWING, "it is a line that is drawn"),
    (_VERSION, "it is a version, a number, or a port"),
    (_SENTENCE, "it is text for people"),
    (_ESCAPED, "it is text with characters that a program wrote by their numbers"),
)
_TESTS = lazy(
    r"(?:^|/)(?:tests?|specs?|__tests__|testdata|fixtures?|mocks?|examples?|samples?|docs?)(?:/|$)|(?:^|[/_.-])(?:test|spec|mock|example)s?[_.-]",
    re.IGNORECASE,
)


@frozen
class Judgement:
    """How sure one can be that a value is a secret: not at all with None. ``reason`` never quotes it."""

    confidence: Confidence | None
    reason: str


def judge_value(value: str, line: str, file: FileChange) -> Judgement:
    """Judge a value that is assigned to something that sounds secret. ``line`` begins with that name."""
    if (no := not_a_secret(unquote(value))) or (no := filtered(value, line, file.path)):
        return Judgement(None, no)
    confidence, reason = _strength(value)
    if in_tests(file.path):
        lower = Confidence(confidence - 1) if confidence else None
        return Judgement(lower, f"{reason}; but this is a file of tests or examples")
    return Judgement(confidence, reason)


def is_fake(value: str) -> bool:
    """Whether a token is one that documentation makes up: the format is right, but nobody draws such characters."""
    return _FAKE.search(value) is not None or recites(value, _RECITED) or bool(heuristic("is_sequential_string")(value))


def recites(value: str, most: int) -> bool:
    """Whether part of a value, so many characters, is a piece of the alphabet, or counts."""
    if not any(value[at : at + 5] in _RECITAL for at in range(0, len(value) - 4, 4)):  # so much of every such piece
        return False
    run = 1
    for char, following in pairwise(value):
        run = run + 1 if ord(following) - ord(char) == 1 else 1
        if run == most:
            return True
    return False


def counts_through(value: str) -> bool:
    """Whether a value is made of pieces of the alphabet and of counting, and nothing else: abc123, 1234-abcd."""
    runs = [1]
    plain = [char for char in value.lower() if char.isalnum()]
    for char, following in pairwise(plain):
        if ord(following) - ord(char) in {0, 1}:
            runs[-1] += 1
        else:
            runs.append(1)
    return min(runs) >= _PIECE


def in_tests(path: str) -> bool:
    """Whether a file belongs to tests, examples or documentation."""
    return _TESTS.search(path) is not None


def not_a_secret(value: str) -> str | None:
    """What a value is instead of a secret, if that is plain to see."""
    if not _SHORTEST <= len(value) <= _LONGEST:
        return "it is too short or too long for one"
    for expression, reason in _OTHER_THINGS:
        if expression.fullmatch(value):
            return None if _is_app_password(value) else reason
    if re.search(r"\d", value):
        return None
    if " " in value:
        return "it is text for people"
    if not _IDENTIFIER.fullmatch(value) or not _NAME_LIKE.search(value):
        return None
    return IS_A_NAME if reads_like_a_name(value) else None


def _is_app_password(value: str) -> bool:
    return APP_PASSWORD.fullmatch(value) is not None and not reads_like_a_name(value)


def reads_like_a_name(value: str) -> bool:
    """Whether the letters of a value follow each other as those of words do."""
    return readable(value, weights().bigrams) > (_DRAWN if len(value) >= _FEW else _DRAWN_SHORT)


def unpacked(value: str) -> str | None:
    """The text that a value is in other writing, base64 or a URL's; None where it is no other text, or none at all."""
    if "%" in value:
        return unquote(value) if _QUOTED.search(value) and "\ufffd" not in unquote(value) else None
    if len(value) < _SHORTEST_PACKED:
        return None
    try:
        decoded = base64.b64decode(value, validate=True)
    except ValueError:  # no base64
        return None
    return decoded.decode() if decoded.isascii() and decoded.decode().isprintable() else None


def is_public(value: str) -> bool:
    """Whether a value is a certificate or a public key, in DER and base64: a sequence in a sequence.

    What is private begins with a number instead.
    """
    if not value.startswith("M"):
        return False
    try:
        head = base64.b64decode(value[:64])
    except ValueError:  # no base64
        return False
    first = 2 + (head[1] & 0x7F if len(head) > 1 and head[1] & 0x80 else 0)  # behind the length
    return head[:1] == _SEQUENCE == head[first : first + 1] and _PKCS5 not in head


def basic_password(value: str) -> str | None:
    """The password in a user and password in base64, as in a Basic header; None where the value is no such pair."""
    try:
        decoded = base64.b64decode(value, validate=True).decode()
    except ValueError:  # no base64, or no text in it
        return None
    user, colon, password = decoded.partition(":")
    return password if colon and user.isprintable() and password.isprintable() else None


def filtered(value: str, line: str, path: str) -> str | None:
    """What detect-secrets' own filters say."""
    near = line[:_LOOKED_AT]
    call = near if "(" in near or "[" in near else ""
    for name, arguments in (
        ("is_sequential_string", (value,)),
        ("is_potential_uuid", (value,)),
        ("is_likely_id_string", (value, line)),
        ("is_templated_secret", (value,)),
        ("is_prefixed_with_dollar_sign", (value,)),
        ("is_indirect_reference", (call,)),
        ("is_not_alphanumeric_string", (value,)),
        ("is_lock_file", (path,)),
        ("is_swagger_file", (path,)),
        ("is_non_text_file", (path,)),
    ):
        if heuristic(name)(*arguments):
            return f"detect-secrets' filter {name}"
    return None


def _strength(value: str) -> tuple[Confidence, str]:
    kinds = sum(bool(re.search(kind, value)) for kind in (r"[a-z]", r"[A-Z]", r"\d", r"[^A-Za-z0-9]"))
    bits = entropy(value)
    if len(value) >= _RANDOM_LENGTH and bits >= _RANDOM_BITS and re.search(r"\d", value):
        return Confidence.HIGH, "it is long and looks random"
    if len(value) >= _STRONG_LENGTH and bits >= _STRONG_BITS and kinds > 1:
        return Confidence.MEDIUM, "it looks like a password"
    return Confidence.LOW, "it is short or simple for a password"
