"""How far a score could be chance: intervals and paired tests that resample whole documents.

Clauses of one document are alike, so that resampling clauses would make every interval too narrow.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

from policytext.errors import PolicytextError
from policytext.metrics.sums import Statistic, count_array

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from policytext.metrics.scores import Scores

    Array = NDArray[np.float64]

RESAMPLES = 1000
LEVEL = 0.95

# Two scores that are the same number may differ in the last bit when they are summed in another order.
_ROUNDING = 1e-12


class Interval(NamedTuple):
    """A score and the bounds of its interval; all NaN where the score is undefined."""

    value: float
    low: float
    high: float


class Comparison(NamedTuple):
    """The first system's score less the second's, its interval, and the p-value of "no difference"."""

    difference: float
    low: float
    high: float
    p_value: float


class Resampler:
    """Draws of `documents` documents with replacement, the same for every score that is asked for."""

    def __init__(self, documents: int, *, seed: int, resamples: int = RESAMPLES) -> None:
        import numpy as np

        if documents < 1:
            raise PolicytextError("there are no documents to resample", "check the ids and the split")
        self.generator = np.random.default_rng(seed)
        even = np.full(documents, 1 / documents)
        self.weights: Array = self.generator.multinomial(documents, even, size=resamples).astype(float)

    def sums(self, counts: Array) -> Array:
        """Return (resamples, keys, 4): the summed counts of each draw."""
        import numpy as np

        return np.tensordot(self.weights, counts, axes=1)

    def interval(self, counts: Array, statistic: Statistic) -> Interval:
        """Return the score of all documents and its percentile interval."""
        value = statistic.score(counts.sum(axis=0))
        return Interval(float(value), *percentiles(statistic.score(self.sums(counts))))


def percentiles(scores: Array, level: float = LEVEL) -> tuple[float, float]:
    """Return the bounds that hold the middle `level` of the scores; undefined ones are left out."""
    import numpy as np

    defined = scores[~np.isnan(scores)]
    if not defined.size:
        return float("nan"), float("nan")
    low, high = np.quantile(defined, [(1 - level) / 2, (1 + level) / 2])
    return float(low), float(high)


def intervals(
    scores: Scores, statistics: Mapping[str, Statistic], *, seed: int, resamples: int = RESAMPLES
) -> dict[str, Interval]:
    """Return the document-bootstrap 95 % interval of each score; same seed, same bounds."""
    tallies = [article.tally for article in scores.articles]
    resampler = Resampler(len(tallies), seed=seed, resamples=resamples)
    return {name: resampler.interval(count_array(tallies, s.keys), s) for name, s in statistics.items()}


def compare(
    first: Scores, second: Scores, statistic: Statistic, *, seed: int, resamples: int = RESAMPLES
) -> Comparison:
    """Return how much better the first system scores on the same articles, and whether that could be chance.

    The interval is a paired bootstrap's; p is that of approximate randomisation, which swaps the two systems'
    answers to whole documents at random (E. Noreen, Computer-intensive methods for testing hypotheses, 1989).
    """
    if [article.id for article in first.articles] != [article.id for article in second.articles]:
        raise PolicytextError("the two systems were scored on different articles", "score both against one gold")
    a, b = (count_array([article.tally for article in s.articles], statistic.keys) for s in (first, second))
    resampler = Resampler(len(a), seed=seed, resamples=resamples)
    drawn = statistic.score(resampler.sums(a)) - statistic.score(resampler.sums(b))
    difference = float(statistic.score(a.sum(axis=0)) - statistic.score(b.sum(axis=0)))
    return Comparison(difference, *percentiles(drawn), _swap_p(a, b, statistic, resampler.generator, resamples))


def _swap_p(a: Array, b: Array, statistic: Statistic, generator: np.random.Generator, trials: int) -> float:
    import numpy as np

    observed = abs(statistic.score(a.sum(axis=0)) - statistic.score(b.sum(axis=0)))
    kept: Any = generator.integers(0, 2, size=(trials, len(a))).astype(float)
    mixed = np.tensordot(kept, a - b, axes=1)
    swapped = statistic.score(mixed + b.sum(axis=0)) - statistic.score(a.sum(axis=0) - mixed)
    reached = np.count_nonzero(np.abs(swapped) >= observed - _ROUNDING)
    return float((reached + 1) / (trials + 1))
