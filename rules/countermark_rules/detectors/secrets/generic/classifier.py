"""How likely an assigned value is a secret: a logistic regression over named features, small enough to read.

``weights.json`` is made by ``scripts/train``; it holds a weight for each feature and a table of letter pairs, nothing else.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache as once
from math import exp
from pathlib import Path

from attrs import frozen

from countermark.finding import Confidence

from .assignments import Assignment
from .features import Bigrams, features

WEIGHTS = Path(__file__).with_name("weights.json")

# Below the first nobody is told; from the second on it is worth stopping a commit. Chosen on the samples of scripts/train.
_LOW, _MEDIUM, _HIGH = 0.5, 0.75, 0.97


@frozen
class Weights:
    """What was learnt."""

    bias: float
    features: Mapping[str, float]
    bigrams: Bigrams


@frozen
class Likelihood:
    """A probability, and the features that speak loudest for it."""

    probability: float
    reasons: tuple[str, ...]

    @property
    def confidence(self) -> Confidence | None:
        """As a finding says it; None where it is not worth a word."""
        if self.probability < _LOW:
            return None
        if self.probability < _MEDIUM:
            return Confidence.LOW
        return Confidence.MEDIUM if self.probability < _HIGH else Confidence.HIGH


@once
def weights() -> Weights:
    """What ships."""
    stored = json.loads(WEIGHTS.read_bytes())
    return Weights(stored["bias"], stored["features"], tuple(stored["bigrams"]))


def likelihood(assignment: Assignment, path: str) -> Likelihood:
    """How likely the value is a secret, in a file of that name."""
    learnt = weights()
    parts = {
        name: learnt.features.get(name, 0.0) * value
        for name, value in features(assignment, path, learnt.bigrams).items()
    }
    total = learnt.bias + sum(parts.values())
    loudest = sorted((name for name in parts if parts[name] > _SAID), key=lambda name: -parts[name])
    return Likelihood(sigmoid(total), tuple(loudest[:3]))


_SAID = 0.3  # a smaller share of the logit is not worth a mention


def sigmoid(value: float) -> float:
    """The logistic function, for any number."""
    return 1 / (1 + exp(-value)) if value > -700 else 0.0  # noqa: PLR2004 - exp overflows beyond
