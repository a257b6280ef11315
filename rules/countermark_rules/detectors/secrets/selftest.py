"""Try providers' files: python -m countermark_rules.detectors.secrets.selftest [PROVIDER...]"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from time import process_time

from .confirm import Matcher
from .declaration import Token
from .patterns import matcher
from .prefilter import compile_fault
from .provider import ProviderError, load, names
from .samples import near_misses, positives, wrong_checksum

_SLOWEST = 0.05  # seconds for 6,000 characters that a careless expression would choke on
_HARD = ("a" * 6_000, "=" * 6_000, "0" * 6_000, "key = " * 1_000, '"a":' * 1_500)


def main(arguments: Sequence[str]) -> int:
    """Check the named providers, or all; print faults, and a sample of each token to compare with the documents."""
    count = 0
    faults: list[str] = []
    for name in arguments or names():
        try:
            tokens = load(name)
        except (ProviderError, OSError) as error:
            faults.append(str(error))
            continue
        for token in tokens:
            count += 1
            faults += [f"{name}: {token.id}: {fault}" for fault in check(token)]
            print(f"{token.id:48} {next(positives(token)).text}")  # noqa: T201 - its purpose
    for fault in faults:
        print(f"FAULT {fault}", file=sys.stderr)  # noqa: T201 - its purpose
    print(f"{count} tokens, {len(faults)} faults")  # noqa: T201 - its purpose
    return 1 if faults else 0


def check(token: Token, *, seeds: int = 5) -> Iterator[str]:
    """What is wrong with a token's declaration, judged by its own samples."""
    found_by = matcher(token)
    for seed in range(seeds):
        for sample in positives(token, seed):
            values = [sample.text[found.start : found.end] for found in found_by.find(sample.text)]
            if values != [sample.secret]:
                yield f"not found, or not just once: {sample.text!r}"
        for sample in near_misses(token, seed):
            if any(True for _ in found_by.find(sample.text)):
                yield f"found although {sample.why}: {sample.text!r}"
    if any(check.kind == "crc32" for check in found_by.pattern.checks) and wrong_checksum(token) is None:
        yield "a wrong checksum is not noticed"
    if fault := compile_fault(found_by.pattern.loose):
        yield f"Hyperscan cannot search for it: {fault}"
    yield from _slow(token, found_by)


def _slow(token: Token, found_by: Matcher) -> Iterator[str]:
    words = [word.replace("_", "") for word in token.keyword] or [token.format[0].split()[0].strip("'(<")]
    for text in (*_HARD, *((word + " ") * (6_000 // (len(word) + 1)) for word in words)):
        begun = process_time()
        list(found_by.find(text))
        if (took := process_time() - begun) > _SLOWEST:
            yield f"slow: {took * 1000:.0f} ms for 6,000 characters like {text[:20]!r}"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
