import numpy as np
import pytest
from markup import markup
from sklearn.calibration import calibration_curve

from policytext.errors import PolicytextError
from policytext.metrics.calibration import calibrate, calibrate_measures


def test_bins_are_those_of_scikit_learn():
    generator = np.random.default_rng(2)
    scores = generator.random(500)
    right = generator.random(500) < scores**2
    accuracy, confidence = calibration_curve(right, scores, n_bins=10)
    found = calibrate(scores.tolist(), right.tolist())
    assert [b.accuracy for b in found.bins] == pytest.approx(list(accuracy))
    assert [b.score for b in found.bins] == pytest.approx(list(confidence))


def test_error_weighs_bins_by_their_labels():
    # Two labels at 0.95, one of them wrong; two at 0.25, both wrong: (2 x 0.45 + 2 x 0.25) / 4.
    assert calibrate([0.95, 0.95, 0.25, 0.25], [True, False, False, False]).ece == pytest.approx(0.35)


def test_perfect_and_empty_calibration():
    assert calibrate([1.0, 0.0], [True, False]).ece == 0
    assert calibrate([], []).ece == 0


def test_a_score_that_is_no_probability_is_an_error():
    with pytest.raises(PolicytextError, match=r"1\.5 is no probability"):
        calibrate([1.5], [True])


def test_measures_are_judged_by_the_category_of_their_clause():
    gold = markup("[采样](testing)，[停课](school_restriction)")
    predicted = markup("[采样](testing)，[停课](testing)")
    scored = [m.model_copy(update={"score": s}) for m, s in zip(predicted.measures, (0.85, 0.35), strict=True)]
    found = calibrate_measures([gold], [predicted.model_copy(update={"measures": scored})])
    assert [(b.n, b.accuracy) for b in found.bins if b.n] == [(1, 0), (1, 1)]
