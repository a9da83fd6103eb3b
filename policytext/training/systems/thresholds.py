"""From probabilities to decisions: a threshold per category, as far as the dev split can be trusted to tell it."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from policytext.errors import PolicytextError
from policytext.records import Annotation
from policytext.training.systems.base import BoolArray, FloatArray, training_data

# Candidate thresholds; finer steps than 0.01 change no decision that more than a clause or two hangs on.
GRID = np.arange(1, 100) / 100
# A category with this many positives on dev has its own best threshold trusted by half. Found by tuning on one half of
# dev and scoring on the other, 16 times, with the linear system: micro-F1 0.550 with own thresholds alone, 0.569 at 20,
# 0.571 at 40, 0.573 at 80 and with the global one alone; macro-F1 over
# categories with 10 positives: 0.526, 0.533, 0.532, 0.531, 0.527.
HALF_TRUST = 40
# The threshold of a system whose dev split has no positive.
FALLBACK = 0.5


def tune_thresholds(
    gold: Sequence[Annotation], probabilities: Sequence[FloatArray], half_trust: float = HALF_TRUST
) -> FloatArray:
    """Return one threshold per category, (categories,), tuned on `gold` (a dev split, never seen in training).

    One global threshold gives the highest micro-F1. Each category's own threshold gives its highest F1, but with few
    positives that one is chance; so it counts n parts and the global one `half_trust` parts, n being the category's
    positives. Without a positive the global one stays.
    """
    _, targets = training_data(gold)
    rows = np.concatenate([targets[:0].astype(float), *probabilities])
    if rows.shape != targets.shape:
        raise PolicytextError(f"{len(rows)} clauses have probabilities, gold has {len(targets)}", "tag gold's texts")
    if not targets.any():
        return np.full(targets.shape[1], FALLBACK)
    counts = np.stack([_count(rows >= threshold, targets) for threshold in GRID])
    shared = _best(_f1(counts.sum(axis=1)))
    own = np.array([_best(_f1(counts[:, column])) for column in range(targets.shape[1])])
    positives = targets.sum(axis=0)
    trust = positives / np.maximum(positives + half_trust, 1)
    tuned: FloatArray = shared + trust * (own - shared)
    return tuned


def _count(given: BoolArray, targets: BoolArray) -> npt.NDArray[np.int64]:
    """Return right, given and wanted labels per category, (categories, 3)."""
    return np.stack([(given & targets).sum(axis=0), given.sum(axis=0), targets.sum(axis=0)], axis=1)


def _f1(counts: npt.NDArray[np.int64]) -> FloatArray:
    right, given, wanted = np.moveaxis(counts, -1, 0)
    return np.asarray(2 * right / np.maximum(given + wanted, 1), dtype=np.float64)


def _best(scores: FloatArray) -> float:
    """Return the middle of the thresholds that score highest, so that no single clause decides."""
    best = np.flatnonzero(scores >= scores.max() - 1e-12)
    return float(GRID[best[len(best) // 2]])
