import json
import math

import numpy as np
import pytest
from markup import markup
from sklearn.metrics import cohen_kappa_score, f1_score

from policytext.errors import InvalidRecordError
from policytext.metrics import sums
from policytext.metrics.agreement import VALUES, agreement
from policytext.records import Annotation, Clause, Measure

CATEGORIES = ["testing", "entry_screening", "vaccination"]
RATES = [0.5, 0.3, 0.02]


def random_pass(seed, documents=6, clauses=40):
    """Two passes over the same clauses: the second repeats nine tenths of the first and adds a few labels."""
    generator = np.random.default_rng(seed)
    passes = ([], [])
    for document in range(documents):
        cut = [Clause(start=10 * i, end=10 * i + 8, sentence=0) for i in range(clauses)]
        found = ([], [])
        for clause in cut:
            for category, rate in zip(CATEGORIES, RATES, strict=True):
                gives = generator.random() < rate
                also = gives != (generator.random() < 0.1 * rate + 0.02)
                stated = {name: str(generator.choice(values)) for name, values in VALUES.items()}
                changed = stated | {"force": "permitted"} if generator.random() < 0.2 else stated
                for side, given, values in ((0, gives, stated), (1, also, changed)):
                    if given:
                        place = {"start": clause.start, "end": clause.end, "category": category}
                        found[side].append(Measure(**place, **values))
        for side in (0, 1):
            passes[side].append(Annotation(id=f"d{document}", clauses=cut, measures=found[side]))
    return passes


A, B = random_pass(11)


def column(side, category):
    return [
        any((m.start, m.category) == (clause.start, category) for m in article.measures)
        for article in side
        for clause in article.clauses
    ]


def test_kappa_of_a_published_example():
    # Two readers of 50 grant proposals, 20 both yes, 15 both no, 5 and 10 split: observed .7, by chance .5, κ .4
    # (Wikipedia, "Cohen's kappa", Examples).
    assert sums.kappa(np.array([20.0, 10, 5, 15])) == pytest.approx(0.4)


def test_categories_agree_as_scikit_learn_says():
    found = agreement(A, B, resamples=20)
    assert [row.label for row in found.categories] == sorted(CATEGORIES)
    for row in found.categories:
        a, b = column(A, row.label), column(B, row.label)
        assert row.scores["kappa"].value == pytest.approx(cohen_kappa_score(a, b))
        assert row.scores["f1"].value == pytest.approx(f1_score(a, b))
        assert (row.a, row.b) == (sum(a), sum(b))
        assert row.either == sum(x or y for x, y in zip(a, b, strict=True))


def test_overall_figures_are_made_of_the_same_decisions():
    found = agreement(A, B, resamples=20)
    frequent = [row for row in found.categories if row.either >= 20]
    assert [row.label for row in frequent] == ["entry_screening", "testing"], "the example needs a rare category"
    mean = sum(row.scores["kappa"].value for row in frequent) / 2
    assert found.overall["macro_kappa"].value == pytest.approx(mean)
    rare = next(row for row in found.categories if row.label == "vaccination")
    assert found.overall["rest_kappa"].value == pytest.approx(rare.scores["kappa"].value)
    a, b = (np.array([column(side, category) for category in CATEGORIES]) for side in (A, B))
    assert found.overall["kappa"].value == pytest.approx(cohen_kappa_score(a.ravel(), b.ravel()))
    assert found.overall["labelled_kappa"].value == pytest.approx(cohen_kappa_score(a.any(axis=0), b.any(axis=0)))
    assert found.overall["labelled_f1"].value == pytest.approx(f1_score(a.any(axis=0), b.any(axis=0)))


def test_attributes_agree_as_scikit_learn_says():
    both = [
        (x, y)
        for one, other in zip(A, B, strict=True)
        for x in one.measures
        for y in other.measures
        if (x.start, x.category) == (y.start, y.category)
    ]
    for row in agreement(A, B, resamples=20).attributes:
        a, b = ([getattr(measure, row.label) for measure in side] for side in zip(*both, strict=True))
        assert row.either == len(both)
        assert row.scores["kappa"].value == pytest.approx(cohen_kappa_score(a, b))
        assert row.scores["accuracy"].value == pytest.approx(np.mean(np.array(a) == np.array(b)))
    assert row.scores["accuracy"].value == 1, "realis was not changed"


def test_intervals_hold_the_value_and_repeat():
    found = agreement(A, B, seed=4)
    for name in ("kappa", "f1", "macro_kappa", "labelled_kappa"):
        value, low, high = found.overall[name]
        assert low < value < high
    assert found.to_dict() == agreement(A, B, seed=4).to_dict()


def test_entities_exact_overlapping_and_by_position():
    a = [markup("[海曲市](ADMIN)[东湖](PLACE)，[3例](COUNT)")]
    b = [markup("[海曲市](ADMIN)[东湖](VENUE)，3[例](COUNT)")]
    found = agreement(a, b, resamples=20)
    assert {name: round(i.value, 3) for name, i in found.entity_overall.items()} == {
        "exact": 0.333,
        "overlap": 0.667,
        "position": 0.667,
    }
    assert {row.label: (row.a, row.b) for row in found.entities} == {
        "ADMIN": (1, 1),
        "COUNT": (1, 1),
        "PLACE": (1, 0),
        "VENUE": (0, 1),
    }


def test_kappa_is_undefined_where_both_say_the_same_of_everything():
    a = [markup("[停课](school_restriction)，[停工](workplace_restriction)")]
    found = agreement(a, a, resamples=20)
    assert math.isnan(found.overall["labelled_kappa"].value)
    assert found.overall["labelled_f1"] == (1, 1, 1)
    row = json.loads(json.dumps(found.to_dict(), allow_nan=False))
    assert row["overall"]["labelled_kappa"] == {"value": None, "low": None, "high": None}


def test_articles_of_one_pass_alone_are_left_out_and_listed():
    found = agreement(A, B[:4], resamples=20)
    assert (found.documents, found.left_out) == (4, ("d4", "d5"))
    assert found.clauses == 160


def test_layers_that_a_pass_did_not_annotate_are_not_compared():
    a = [markup("[停课](school_restriction)，[3例](COUNT)")]
    b = [markup("[停课](school_restriction)，3例", layers=["measures"])]
    found = agreement(a, b, resamples=20)
    assert (found.entity_documents, found.entities) == (0, ())
    assert found.overall["f1"].value == 1


@pytest.mark.parametrize(
    ("b", "message"),
    [
        (markup("停课", "z"), "no article in common"),
        (markup("停课，停工").model_copy(update={"clauses": [Clause(start=0, end=5, sentence=0)]}), "clause 1 is 0-2"),
        (markup("停课，停工").model_copy(update={"clauses": []}), "test: one pass has 2 clauses, the other 0"),
        (
            markup("停课，停工").model_copy(update={"measures": [A[0].measures[0].model_copy(update={"end": 1})]}),
            "lies on no clause",
        ),
    ],
)
def test_passes_that_cannot_be_compared_are_an_error_that_says_where(b, message):
    with pytest.raises(InvalidRecordError, match=message):
        agreement([markup("停课，停工")], [b])
