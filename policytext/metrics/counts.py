"""Counts of right and wrong labels in one article; scores are made from their sums, never from averages of scores."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Counts:
    """What one yes-or-no decision came to: right, wrongly given, missed and, where it is known, rightly not given.

    Partial credit counts halves. An accuracy is kept as `tp` right and `fn` wrong.
    """

    tp: float = 0
    fp: float = 0
    fn: float = 0
    tn: float = 0

    def __add__(self, other: Counts) -> Counts:
        return Counts(self.tp + other.tp, self.fp + other.fp, self.fn + other.fn, self.tn + other.tn)

    @property
    def positives(self) -> float:
        """How often gold gives the label."""
        return self.tp + self.fn

    @property
    def total(self) -> float:
        """How many decisions were counted."""
        return self.tp + self.fp + self.fn + self.tn

    @property
    def precision(self) -> float:
        """Share of the given labels that are right; 0 where none is given."""
        return ratio(self.tp, self.tp + self.fp)

    @property
    def recall(self) -> float:
        """Share of gold's labels that are found; 0 where gold has none."""
        return ratio(self.tp, self.tp + self.fn)

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall; 0 where there is nothing to find and nothing given."""
        return ratio(2 * self.tp, 2 * self.tp + self.fp + self.fn)

    @property
    def accuracy(self) -> float:
        """Share of all decisions that are right; 0 where there is none."""
        return ratio(self.tp + self.tn, self.total)


def ratio(part: float, whole: float) -> float:
    """Return part / whole, 0.0 where the whole is nothing."""
    return part / whole if whole else 0.0


# What was counted (category, any, set, attribute, strict, …) and for which label ("" where there is only one).
Key = tuple[str, str]
Tally = Mapping[Key, Counts]


def add_tallies(tallies: Iterable[Tally]) -> dict[Key, Counts]:
    """Return the sum of the tallies, key by key."""
    total: dict[Key, Counts] = defaultdict(Counts)
    for tally in tallies:
        for key, counts in tally.items():
            total[key] += counts
    return dict(total)


def decision(gold: bool, predicted: bool) -> Counts:
    """Return the count of one decision."""
    return Counts(
        tp=int(gold and predicted),
        fp=int(predicted and not gold),
        fn=int(gold and not predicted),
        tn=int(not gold and not predicted),
    )


def hit(right: bool) -> Counts:
    """Return the count of one answer, right or wrong, for an accuracy."""
    return Counts(tp=int(right), fn=int(not right))
