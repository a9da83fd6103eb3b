import numpy as np
import pytest
from markup import markup
from sklearn.metrics import f1_score

from policytext.errors import PolicytextError
from policytext.taxonomy import load_taxonomy
from policytext.training.systems.thresholds import FALLBACK, GRID, tune_thresholds

CATEGORIES = load_taxonomy().category_ids
TESTING = CATEGORIES.index("testing")


def clauses(*positives):
    """Return an article of one clause per flag; where it is set, the clause is about testing."""
    return markup("".join("[采样](testing)。" if flag else "采样。" for flag in positives))


def column(*scores):
    rows = np.zeros((len(scores), len(CATEGORIES)))
    rows[:, TESTING] = scores
    return [rows]


def test_threshold_lies_in_the_middle_of_what_scores_best():
    # Any threshold above 0.2 and up to 0.6 separates the two kinds: 0.21 to 0.60.
    tuned = tune_thresholds([clauses(1, 1, 0, 0)], column(0.9, 0.6, 0.2, 0.1), half_trust=0)
    assert tuned[TESTING] == pytest.approx(0.41)


def test_the_global_threshold_is_the_one_of_sklearns_micro_f1():
    rng = np.random.default_rng(0)
    flags = rng.random((60, 3)) < 0.3
    columns = [CATEGORIES.index(name) for name in ("testing", "school_restriction", "personal_protection")]
    gold = markup(
        "".join(
            f"[某事]({'; '.join(CATEGORIES[c] for c, flag in zip(columns, row, strict=True) if flag)})。"
            if row.any()
            else "某事。"
            for row in flags
        )
    )
    rows = np.zeros((60, len(CATEGORIES)))
    rows[:, columns] = np.clip(flags * 0.4 + rng.random((60, 3)) * 0.6, 0, 1)
    shared = tune_thresholds([gold], [rows], half_trust=1e12)
    scores = [f1_score(flags, rows[:, columns] >= t, average="micro", zero_division=0) for t in GRID]
    assert np.ptp(shared) < 1e-9
    assert f1_score(flags, rows[:, columns] >= shared[0], average="micro") == pytest.approx(max(scores))


def test_few_positives_are_drawn_to_the_global_threshold():
    gold, probabilities = [clauses(1, 1, 0, 0)], column(0.9, 0.6, 0.2, 0.1)
    own, shared = (tune_thresholds(gold, probabilities, half_trust=t)[TESTING] for t in (0, 1e12))
    half = tune_thresholds(gold, probabilities, half_trust=2)
    assert half[TESTING] == pytest.approx((own + shared) / 2), "two positives count as much as a half trust of two"
    assert half[0] == pytest.approx(shared), "a category without positives keeps the global one"


def test_without_positives_nothing_is_tuned():
    assert set(tune_thresholds([clauses(0, 0)], column(0.1, 0.2)).tolist()) == {FALLBACK}


def test_probabilities_of_other_texts_are_refused():
    with pytest.raises(PolicytextError, match="1 clauses have probabilities, gold has 2"):
        tune_thresholds([clauses(1, 0)], column(0.9))
