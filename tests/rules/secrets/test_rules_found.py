"""Every rule's samples through the whole detector, and through both prefilters: each is found, at its place, and by both the same."""

from __future__ import annotations

import pytest

from countermark.change import FileChange
from countermark.content import Content
from countermark_rules.detectors.secrets.confirming import candidates
from countermark_rules.detectors.secrets.declaration import Token
from countermark_rules.detectors.secrets.prefilter import prefilter
from countermark_rules.detectors.secrets.provider import load, names
from countermark_rules.detectors.secrets.samples import near_misses, positives
from countermark_rules.detectors.secrets.search import bundle

pytest.importorskip("hyperscan")

PROVIDERS = names()
ALL: list[Token] = [token for name in PROVIDERS for token in load(name) if not token.keyword]
CERTAIN = {token.id: token.provider for token in ALL if not token.chosen and token.enabled}
# Whose tokens look the same; the rule whose id comes first is reported.
TWINS = {"paystack-secret-key": {"stripe-test-key", "stripe-secret-key"}}


def found(text: str, *, plain: bool, extra: bool) -> set[tuple[str, int, int]]:
    """What is confirmed and passes the filters, before the best of each place is chosen."""
    file = FileChange("settings.txt", Content(text.encode()))
    hits = prefilter(plain=plain).hits(file.after.data)
    if extra:
        hits += prefilter(extra=True, plain=plain).hits(file.after.data)
    return {(one.slug, one.span.start, one.span.end) for one in candidates(file, file.after.data, hits)}


@pytest.mark.parametrize("provider", PROVIDERS)
def test_each_token_of_a_provider_is_found_by_both_prefilters(provider: str) -> None:
    for token in load(provider):
        for sample in (*positives(token), *near_misses(token)):
            ours = found(sample.text, plain=False, extra=not token.enabled)
            assert ours == found(sample.text, plain=True, extra=not token.enabled)
            if sample.secret and not token.chosen:
                start = sample.text.rindex(sample.secret)
                assert (token.id, start, start + len(sample.secret)) in ours, f"{token.id}: {sample.text!r}"


def test_the_bundle_holds_what_the_files_declare() -> None:
    declared = {token.id: token for name in PROVIDERS for token in load(name)}
    assert {token.id: token for token in bundle().tokens()} == declared


@pytest.mark.parametrize("provider", PROVIDERS)
def test_no_token_is_another_providers_too(provider: str) -> None:
    """Two rules that claim the same text with the same certainty would make the choice between them an accident."""
    for token in load(provider):
        if token.id not in CERTAIN:
            continue
        sample = next(positives(token))
        others = {slug for slug, _, _ in found(sample.text, plain=False, extra=False)} - TWINS.get(token.id, set())
        assert not {slug for slug in others & CERTAIN.keys() if CERTAIN[slug] != token.provider}
