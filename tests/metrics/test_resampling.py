import itertools

import numpy as np
import pytest

from policytext.errors import PolicytextError
from policytext.metrics.counts import Counts
from policytext.metrics.resampling import Resampler, compare, intervals, percentiles
from policytext.metrics.scores import ArticleTally, MeasureScores
from policytext.metrics.sums import Statistic, count_array, f1, measure_statistics, micro_f1

KEY = ("category", "testing")
MICRO = Statistic((KEY,), micro_f1)


def scores_of(*articles):
    return MeasureScores(tuple(ArticleTally(str(i), 10, {KEY: counts}) for i, counts in enumerate(articles)))


GENERATOR = np.random.default_rng(3)
WEAK = scores_of(*(Counts(*GENERATOR.integers(0, 6, 3).tolist()) for _ in range(9)))
STRONG = scores_of(*(Counts(a.tally[KEY].tp + 2, a.tally[KEY].fp, 1) for a in WEAK.articles))


def test_array_scores_are_those_of_counts():
    sums = count_array([a.tally for a in WEAK.articles], [KEY])[:, 0]
    assert f1(sums) == pytest.approx([a.tally[KEY].f1 for a in WEAK.articles])


def test_draws_are_whole_documents_counted_as_often_as_drawn():
    resampler = Resampler(9, seed=1, resamples=50)
    assert (resampler.weights.sum(axis=1) == 9).all()
    counts = count_array([a.tally for a in WEAK.articles], [KEY])
    for weights, sums in zip(resampler.weights, resampler.sums(counts), strict=True):
        drawn = [a.tally[KEY] for a, n in zip(WEAK.articles, weights, strict=True) for _ in range(int(n))]
        assert sums[0, :3].tolist() == [sum(getattr(c, name) for c in drawn) for name in ("tp", "fp", "fn")]


def test_interval_holds_the_value_and_repeats_with_its_seed():
    first = intervals(WEAK, {"micro": MICRO}, seed=5)["micro"]
    assert first.low < first.value < first.high
    assert first.value == pytest.approx(WEAK.micro_f1)
    assert first == intervals(WEAK, {"micro": MICRO}, seed=5)["micro"]
    assert first != intervals(WEAK, {"micro": MICRO}, seed=6)["micro"]


def test_interval_of_a_share_is_about_two_standard_errors_wide():
    # 400 documents with one decision each: the standard error of the share is sqrt(p (1 - p) / 400).
    rights = GENERATOR.random(400) < 0.7
    scores = scores_of(*(Counts(tp=int(right), fn=int(not right)) for right in rights))
    recall = Statistic((KEY,), lambda c: c[..., 0, 0] / (c[..., 0, 0] + c[..., 0, 2]))
    found = intervals(scores, {"recall": recall}, seed=0, resamples=4000)["recall"]
    error = np.sqrt(found.value * (1 - found.value) / 400)
    assert found.high - found.low == pytest.approx(2 * 1.96 * error, rel=0.05)


def test_all_headline_scores_have_intervals():
    found = intervals(WEAK, measure_statistics(WEAK), seed=0, resamples=20)
    assert found["micro_f1"].value == found["testing"].value == pytest.approx(WEAK.micro_f1)
    assert found["macro_f1_at_least_10"].value == pytest.approx(WEAK.macro_f1_frequent)
    assert np.isnan(found["exact_set"].value), "nothing of the kind was counted"


def test_undefined_draws_are_left_out():
    assert percentiles(np.array([np.nan, 0.5, 0.5])) == (0.5, 0.5)
    assert np.isnan(percentiles(np.array([np.nan]))).all()


def test_p_value_approaches_that_of_all_swaps():
    a, b = ([x.tally[KEY] for x in side.articles] for side in (STRONG, WEAK))
    observed = STRONG.micro_f1 - WEAK.micro_f1
    differences = []
    for swaps in itertools.product([False, True], repeat=9):
        first = sum((y if swap else x for swap, x, y in zip(swaps, a, b, strict=True)), Counts())
        second = sum((x if swap else y for swap, x, y in zip(swaps, a, b, strict=True)), Counts())
        differences.append(abs(first.f1 - second.f1) >= observed - 1e-12)
    exact = sum(differences) / len(differences)
    found = compare(STRONG, WEAK, MICRO, seed=0, resamples=20_000)
    assert found.difference == pytest.approx(observed)
    assert found.p_value == pytest.approx(exact, abs=0.003)
    assert found.low > 0


def test_a_system_does_not_differ_from_itself():
    found = compare(WEAK, WEAK, MICRO, seed=0, resamples=200)
    assert found == (0, 0, 0, 1)


def test_systems_must_have_been_scored_on_the_same_articles():
    with pytest.raises(PolicytextError, match="different articles"):
        compare(WEAK, scores_of(Counts(tp=1)), MICRO, seed=0)


def test_no_documents_is_an_error():
    with pytest.raises(PolicytextError, match="no documents"):
        intervals(scores_of(), {"micro": MICRO}, seed=0)
