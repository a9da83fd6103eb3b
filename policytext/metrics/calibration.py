"""Whether a model's scores can be read as probabilities."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from policytext.errors import PolicytextError
from policytext.metrics.counts import ratio
from policytext.metrics.measures import pair_clauses
from policytext.metrics.pairing import has_layer, pair_by_id
from policytext.records import Annotation

BINS = 10


@dataclass(frozen=True)
class Bin:
    """The labels scored from `low` up to `high`: how many, their mean score, the share that is right."""

    low: float
    high: float
    n: int
    score: float
    accuracy: float


@dataclass(frozen=True)
class Calibration:
    """Reliability bins (empty ones included) over equal widths of the score."""

    bins: tuple[Bin, ...]

    @property
    def ece(self) -> float:
        """Expected calibration error: mean distance of score and accuracy, each bin weighted by its labels.

        Source: C. Guo et al., On calibration of modern neural networks, 2017.
        """
        n = sum(bin_.n for bin_ in self.bins)
        return ratio(sum(bin_.n * abs(bin_.accuracy - bin_.score) for bin_ in self.bins), n)


def calibrate(scores: Sequence[float], right: Sequence[bool], bins: int = BINS) -> Calibration:
    """Return the reliability of scores between 0 and 1, given which of the scored labels are right."""
    members: list[list[tuple[float, bool]]] = [[] for _ in range(bins)]
    for score, outcome in zip(scores, right, strict=True):
        if not 0 <= score <= 1:
            raise PolicytextError(f"score {score} is no probability", "scores lie between 0 and 1")
        members[min(int(score * bins), bins - 1)].append((score, outcome))
    return Calibration(tuple(_bin(i, bins, found) for i, found in enumerate(members)))


def _bin(i: int, bins: int, members: Sequence[tuple[float, bool]]) -> Bin:
    n = len(members)
    mean = ratio(sum(score for score, _ in members), n)
    return Bin(i / bins, (i + 1) / bins, n, mean, ratio(sum(outcome for _, outcome in members), n))


def calibrate_measures(gold: Sequence[Annotation], predicted: Sequence[Annotation], bins: int = BINS) -> Calibration:
    """Return the reliability of the predicted measures' scores; right means that gold's clause has the category.

    Only labels that were given are seen: what lies under the model's threshold is not in its output.
    """
    judged = list(_judge(gold, predicted))
    return calibrate([score for score, _ in judged], [right for _, right in judged], bins)


def _judge(gold: Sequence[Annotation], predicted: Sequence[Annotation]) -> Iterator[tuple[float, bool]]:
    for a, b in pair_by_id(gold, predicted).pairs:
        for pair in pair_clauses(a, b) if has_layer(a, "measures") else ():
            for category, measure in pair.predicted.items():
                if measure.score is not None:
                    yield measure.score, category in pair.gold
