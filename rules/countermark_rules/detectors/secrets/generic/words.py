"""The words that make a name sound secret, and those that take it back."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

# One of these has to be in a name; the prefilter searches for them in bytes, in any case.
_STEMS = (
    "passw passphrase passcode pass pwd psw pw secret token apikey api_key api-key api.key access_key accesskey "
    "access-key auth cred private_key privatekey private-key master_key masterkey shared_key sharedkey "
    "client_key account_key accountkey license_key licensekey dsn jwt contrase senha kennwort motdepasse "
    "wachtwoord parola clave heslo haslo salasana segreto geheim identified"
).split()
# These say little by themselves; their values have to say the rest.
WEAK = ("key",)
STEMS = (*_STEMS, *WEAK)


def _by_first_letter(stems: Iterable[str]) -> str:
    """Any of these in any case, the longest first; most places in a text are done with a look at one character."""
    rest: dict[str, list[str]] = {}
    for stem in sorted(stems, key=len, reverse=True):
        rest.setdefault(stem[0], []).append(re.escape(stem[1:]))
    firsts = "".join(f"{letter}{letter.upper()}" for letter in rest)
    branches = (f"(?<=[{letter}{letter.upper()}])(?:{'|'.join(ends)})" for letter, ends in rest.items())
    return f"[{firsts}](?i:{'|'.join(branches)})"


SOUNDS = _by_first_letter(STEMS)

_PARTS = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+")

# Families of name words; the value's features are weighed with which of these a name has.
FAMILIES: dict[str, frozenset[str]] = {
    "password": frozenset(
        (
            "adminpass clave contrasena contraseña dbpass haslo heslo identified kennwort motdepasse mypass parola pass passcode "
            "passphrase passw passwd password passwort psw pw pwd requirepass rootpass salasana senha userpass wachtwoord"
        ).split()
    ),
    "secret": frozenset(
        (
            "appsecret clientsecret geheim geheimnis hmac jwtsecret secret secrete secretkey secreto secrets segreto sharedsecret"
        ).split()
    ),
    "token": frozenset(("accesstoken authtoken csrf jwt sessionid token tokens").split()),
    "key": frozenset(
        (
            "accesskey accountkey apikey appkey authkey encryptionkey licensekey masterkey privatekey "
            "secretkey sharedkey"
        ).split()
    ),
    "auth": frozenset(("auth authentication authorization cred credential credentials creds dsn").split()),
}
_RUN_TOGETHER = {  # PGPASSWORD, mysecret, bottoken
    "password": "password",
    "passwd": "password",
    "passphrase": "password",
    "secret": "secret",
    "apikey": "key",
    "token": "token",
}
_WITHOUT = ("no", "is", "has", "reset", "forgot", "change")
_QUALIFIES_KEY = frozenset(
    (
        "access account admin aes api app application auth client consumer database db deploy encrypt hmac "
        "integration license master personal private project read secret server service shared sign ssh "
        "storage subscription user write"
    ).split()
)
# Words that speak of something about a secret, not of the secret.
_ABOUT = frozenset(
    (
        "action age alg algo algorithm alphabet arn attr attribute author authority authors binding button bypass "
        "cache callback change changed char character chars checksum class code codes color column compass contains continuation "
        "cursor count css date desc description dialog digest dir disabled donkey down duration enable enabled "
        "encoder encoding endpoint endswith error errors etag event events example expiration expire expires expiry field fields file "
        "filename fingerprint folder foreign forgot forgotten form format group guid handler hash hashed hasher hashers "
        "header headers help hide hint href icon id ids image index input interval invalid item items "
        "key_name keyboard keyword keywords kind label len length lexer limit link manager map max md5 "
        "message method min mode monkey msg name names next nonce object output page pagination param parameter params parser "
        "partition passed passenger passes passing passive passport path pattern placeholder policy prefix "
        "press primary prompt protocol provider pub public re ref reference regex required reset row sample schema "
        "scheme screen selector service_name sha show size sort startswith state status stream strength style "
        "suffix table template text thumbprint time timeout timestamp title toggle tokenizer ttl turkey type "
        "types up uri url usage used uses uuid valid validation validator verify version view visible whiskey "
        "widget word words xpath"
    ).split()
)


# Words of a name that say that what it is given was never meant to open anything.
UNREAL = frozenset(
    (
        "bad bogus dummy example fake faked garbage incorrect invalid malformed mismatched mismatching mock mocked nonexistent "
        "nonmatching placeholder sample stub wrong"
    ).split()
)


def parts(name: str) -> tuple[str, ...]:
    """The words of a name, in lower case: `dbPassword_1` has db, password and 1."""
    return tuple(part.lower() for part in _PARTS.findall(name))


@lru_cache(2_048)  # a file has few names, and many values
def families(name: str) -> frozenset[str]:
    """Which families a name belongs to; `key` alone is `bare-key`, and words about a secret are `about`."""
    words = parts(name)
    found = {family for family, stems in FAMILIES.items() if any(word in stems for word in words)}
    for word in words:
        if not word.startswith(_WITHOUT):
            found |= {family for end, family in _RUN_TOGETHER.items() if word.endswith(end)}
    if "key" in words or "keys" in words:
        found.add("key" if _QUALIFIES_KEY & set(words) else "bare-key")
    if _ABOUT & set(words):
        found.add("about")
    if words and words[-1] in _ABOUT:
        found.add("about-last")
    return frozenset(found)
