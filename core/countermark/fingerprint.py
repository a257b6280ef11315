"""The identity of a finding: what baselines and SARIF know it by, wherever it moves.

It is made from the rule, the line around the finding with white space folded and secrets taken out, an ordinal for twins, and, where
the finding is about a secret, from that value too, so that a new secret in a known place is a new finding.

It must not help anyone to guess the value. What comes from the value is 16 bits of a keyed hash: of a dictionary with 10 million
candidates some 150 match, so a guess cannot be confirmed. The key is public, which is enough for that: it keeps tables of bare hashes
from being used, and the truncation does the rest.
"""

from __future__ import annotations

import re
from hashlib import blake2b

_SPACE = re.compile(r"\s+")
_CONTEXT_BYTES = 7
_VALUE_BYTES = 2  # see above before you make it longer


def fingerprint(rule: str, context: str, value: str | None, ordinal: int) -> str:
    """The identity of a finding, in hexadecimal digits; ``context`` holds no secret, ``value`` is the secret if there is one."""
    folded = _SPACE.sub(" ", context).strip()
    known = _digest(f"{rule}\0{folded}\0{ordinal}", b"context", _CONTEXT_BYTES)
    return known + (_digest(f"{rule}\0{value}", b"value", _VALUE_BYTES) if value is not None else "")


def _digest(text: str, person: bytes, size: int) -> str:
    return blake2b(
        text.encode("utf-8", "surrogatepass"), digest_size=size, key=b"countermark/1", person=person
    ).hexdigest()
