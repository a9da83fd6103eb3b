"""Counts of many articles as arrays, and scores as functions of their sums.

An array of counts has the shape (articles, keys, 4): tp, fp, fn, tn of each decision in each article.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, NamedTuple

from policytext.metrics.counts import Key, Tally
from policytext.metrics.scores import FREQUENT, EntityScores, MeasureScores

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Array = NDArray[np.float64]


class Statistic(NamedTuple):
    """A score as a function of summed counts: from (…, keys, 4) to (…)."""

    keys: tuple[Key, ...]
    score: Callable[[Array], Array]


def count_array(tallies: Sequence[Tally], keys: Sequence[Key]) -> Array:
    """Return the counts of each article under each key, zeros where it has none."""
    import numpy as np

    counts = np.zeros((len(tallies), len(keys), 4))
    for row, tally in zip(counts, tallies, strict=True):
        for cell, key in zip(row, keys, strict=True):
            if found := tally.get(key):
                cell[:] = found.tp, found.fp, found.fn, found.tn
    return counts


def divide(part: Array, whole: Array, undefined: float = 0.0) -> Array:
    """Return part / whole, and `undefined` where the whole is nothing."""
    import numpy as np

    safe = np.where(whole == 0, 1.0, whole)
    quotient: Array = np.where(whole == 0, undefined, part / safe)
    return quotient


def f1(counts: Array) -> Array:
    """Return F1 of counts (…, 4); NaN where the label is neither wanted nor given."""
    import numpy as np

    tp, fp, fn = (counts[..., i] for i in range(3))
    return divide(2 * tp, 2 * tp + fp + fn, undefined=np.nan)


def mean_defined(scores: Array) -> Array:
    """Return the mean over the last axis of what is defined: a draw of documents may lack a rare label altogether."""
    import numpy as np

    defined = ~np.isnan(scores)
    return divide(np.where(defined, scores, 0).sum(axis=-1), defined.sum(axis=-1), undefined=np.nan)


def micro_f1(counts: Array) -> Array:
    """Return F1 of the counts (…, keys, 4) summed over keys."""
    return f1(counts.sum(axis=-2))


def macro_f1(counts: Array) -> Array:
    """Return the mean F1 over the keys of counts (…, keys, 4)."""
    return mean_defined(f1(counts))


def accuracy(counts: Array) -> Array:
    """Return the share of right decisions, all keys together; NaN where there is none."""
    import numpy as np

    both = counts.sum(axis=-2)
    return divide(both[..., 0] + both[..., 3], both.sum(axis=-1), undefined=np.nan)


def kappa(counts: Array) -> Array:
    """Return Cohen's κ of yes-or-no decisions from counts (…, 4); NaN where chance agreement is perfect."""
    return confusion_kappa(counts[..., [0, 2, 1, 3]].reshape(*counts.shape[:-1], 2, 2))


def pooled_kappa(counts: Array) -> Array:
    """Return κ of the decisions of counts (…, keys, 4), all keys together."""
    return kappa(counts.sum(axis=-2))


def macro_kappa(counts: Array) -> Array:
    """Return the mean κ over the keys of counts (…, keys, 4)."""
    return mean_defined(kappa(counts))


def confusion_kappa(confusion: Array) -> Array:
    """Return Cohen's κ of confusion matrices (…, labels, labels); NaN where chance agreement is perfect.

    Source: J. Cohen, A coefficient of agreement for nominal scales, 1960.
    """
    import numpy as np

    n = confusion.sum(axis=(-2, -1))
    observed = divide(np.trace(confusion, axis1=-2, axis2=-1), n)
    expected = divide((confusion.sum(axis=-1) * confusion.sum(axis=-2)).sum(axis=-1), n * n, undefined=1.0)
    return divide(observed - expected, 1 - expected, undefined=np.nan)


def square(counts: Array) -> Array:
    """Return the confusion matrices (…, labels, labels) that the tp of the keys make up, row by row."""
    size = math.isqrt(counts.shape[-2])
    return counts[..., 0].reshape(*counts.shape[:-2], size, size)


def square_kappa(counts: Array) -> Array:
    """Return Cohen's κ of the confusion matrices that the keys make up."""
    return confusion_kappa(square(counts))


def square_accuracy(counts: Array) -> Array:
    """Return the share on the diagonal of the confusion matrices that the keys make up; NaN where they are empty."""
    import numpy as np

    matrix = square(counts)
    return divide(np.trace(matrix, axis1=-2, axis2=-1), matrix.sum(axis=(-2, -1)), undefined=np.nan)


def measure_statistics(scores: MeasureScores) -> dict[str, Statistic]:
    """Return the headline scores of measures as functions of summed counts.

    Which categories are in the macro averages is settled by all articles, not anew in each resample.
    """
    used = tuple(("category", name) for name in scores.categories)
    frequent = tuple(("category", name) for name, c in scores.categories.items() if c.positives >= FREQUENT)
    statistics = {
        "micro_f1": Statistic(used, micro_f1),
        "macro_f1": Statistic(used, macro_f1),
        f"macro_f1_at_least_{FREQUENT}": Statistic(frequent, macro_f1),
        "any_measure_f1": Statistic((("any", ""),), micro_f1),
        "exact_set": Statistic((("set", "all"),), accuracy),
        **{name: Statistic((("attribute", name),), accuracy) for name in scores.attributes},
        **{name: Statistic((("category", name),), micro_f1) for name in scores.categories},
    }
    return {name: statistic for name, statistic in statistics.items() if statistic.keys}


def entity_statistics(scores: EntityScores) -> dict[str, Statistic]:
    """Return the headline scores of entities as functions of summed counts."""
    labels = tuple(scores.labels("strict"))
    kinds = {kind: tuple((kind, label) for label in labels) for kind in ("strict", "overlap", "ent_type")}
    statistics = {f"{kind}_f1": Statistic(keys, micro_f1) for kind, keys in kinds.items()}
    statistics |= {f"strict_{label}_f1": Statistic((("strict", label),), micro_f1) for label in labels}
    return {name: statistic for name, statistic in statistics.items() if statistic.keys}
