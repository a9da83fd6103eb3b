import json
import math

import pytest
from markup import markup

from policytext.errors import PolicytextError
from policytext.evaluation.evaluate import compare_two, evaluate
from policytext.evaluation.recipe import data_hash, name_splits

SOURCE = {"layer": "composed", "script": "Hans", "genre": "notice", "split": "dev"}
GOLD = [
    markup(
        '自[3月2日](DATE {"start": "2022-03-02", "end": "2022-03-02"})起，'
        "[全员采样](testing)，[进门测温](entry_screening)。",
        "a",
        source=SOURCE,
    ),
    markup(
        '[[云台区](ADMIN {"adcode": "990101"})中小学停课](school_restriction)。',
        "b",
        source={**SOURCE, "script": "Hant"},
    ),
]
# Article a: one of two measures right, one given wrongly; the date's day is wrong. Article b: all right.
PREDICTED = [
    markup(
        '自[3月2日](DATE {"start": "2022-03-03", "end": "2022-03-03"})起，[全员采样](testing)，[进门测温](testing)。',
        "a",
    ),
    GOLD[1].model_copy(update={"source": {}}),
]


@pytest.fixture(scope="module")
def found():
    return evaluate(GOLD, PREDICTED, model="m", seed=5, resamples=200)


def test_headlines_by_hand(found):
    figures = found.figures
    assert figures["measures.micro_f1"] == pytest.approx(2 * 2 / 6)
    # testing: 1 right, 1 wrong, F1 2/3; entry_screening 0; school_restriction 1.
    assert figures["measures.macro_f1"] == pytest.approx((2 / 3 + 0 + 1) / 3)
    assert figures["measures.any_measure_f1"] == 1
    assert figures["measures.exact_set"] == pytest.approx(3 / 4), "four clauses, one of them wrong"
    assert figures["measures.polarity"] == 1
    assert figures["entities.strict_f1"] == 1
    assert figures["entities.value_DATE"] == 0
    assert figures["entities.value_ADMIN"] == 1
    assert "measures.macro_f1_at_least_10" not in figures, "no category has ten positives"


def test_intervals_hold_their_value_and_repeat(found):
    for interval in found.intervals.values():
        assert math.isnan(interval.value) or interval.low <= interval.value <= interval.high
    assert evaluate(GOLD, PREDICTED, model="m", seed=5, resamples=200).intervals == found.intervals


def test_breakdowns_add_up(found):
    assert set(found.measures_by["script"]) == {"Hans", "Hant"}
    assert found.measures_by["script"]["Hant"].micro_f1 == 1
    for groups in found.measures_by.values():
        assert sum(scores.clauses for scores in groups.values()) == found.measures.clauses == 4
    assert set(found.measures_by["period"]) == {"unknown"}
    assert found.entities_by["script"]["Hans"].micro_f1 == 1


def test_recipe_names_everything(found):
    line = found.measures.recipe_line
    for part in (data_hash(GOLD), "split dev", "model m", "policytext ", "seed 5", "n=2 documents, 4 clauses"):
        assert part in line


def test_hash_is_of_what_is_judged():
    shipped = [annotation.without_text() for annotation in GOLD]
    assert data_hash(shipped) == data_hash(GOLD) == data_hash(GOLD[::-1])
    assert data_hash(PREDICTED) != data_hash(GOLD)
    other = [GOLD[0], GOLD[1].model_copy(update={"measures": []})]
    assert data_hash(other) != data_hash(GOLD)


def test_splits_are_named_in_their_order():
    rows = [markup("停课。", name, source={"split": name}) for name in ("test", "dev")]
    assert name_splits(rows) == "dev+test"
    assert name_splits([markup("停课。")]) == "unknown"


def test_everything_is_json(found):
    plain = json.loads(json.dumps(found.to_dict(), allow_nan=False))
    assert plain["measures"]["micro"]["tp"] == 2
    assert plain["measures_by"]["script"]["Hant"]["micro_f1"] == 1
    assert plain["calibration"] is None, "no prediction has a score"


def test_calibration_where_there_are_scores():
    measures = [m.model_copy(update={"score": 0.9}) for m in PREDICTED[0].measures]
    scored = [PREDICTED[0].model_copy(update={"measures": measures})]
    # Two labels at 0.9, one of them right.
    assert evaluate(GOLD, scored, model="m", resamples=10).calibration.ece == pytest.approx(0.4)


def test_a_layer_that_the_system_lacks_is_not_scored():
    measures_only = [a.model_copy(update={"entities": [], "layers": ["measures"]}) for a in PREDICTED]
    found = evaluate(GOLD, measures_only, model="m", resamples=10)
    assert found.entities is None
    assert found.measures.micro_f1 == pytest.approx(2 / 3)
    neither = [a.model_copy(update={"layers": ["tokens"]}) for a in PREDICTED]
    with pytest.raises(PolicytextError, match="share no layer"):
        evaluate(GOLD, neither, model="m")


def test_articles_without_prediction_count_as_empty():
    found = evaluate(GOLD, PREDICTED[:1], model="m", resamples=10)
    assert found.measures.missing == ("b",)
    assert found.measures.micro("category").fn == 2


def test_two_systems_are_compared_on_every_headline(found):
    other = evaluate(GOLD, [PREDICTED[1]], model="n", seed=5, resamples=200)
    compared = compare_two(found, other)
    assert compared["measures.micro_f1"].difference == pytest.approx(2 / 3 - 0.5)
    # The macro averages differ in which labels they hold: `testing` is missed by one, so that both count it.
    assert compared["measures.macro_f1"].difference == pytest.approx(5 / 9 - 1 / 3)
    assert compare_two(found, found)["measures.micro_f1"].p_value == 1


def test_systems_scored_on_other_data_are_not_compared(found):
    with pytest.raises(PolicytextError, match="different data"):
        compare_two(found, evaluate(GOLD[:1], PREDICTED[:1], model="m", resamples=10))
