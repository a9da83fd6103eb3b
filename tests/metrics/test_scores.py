import json

import numpy as np
import pytest
from markup import markup
from sklearn.metrics import f1_score

from policytext.errors import InvalidRecordError
from policytext.metrics import breakdown
from policytext.metrics.scores import score_entities, score_measures
from policytext.records import Section

GOLD = [
    markup("[全员采样](testing)，[进门测温](entry_screening; health_monitoring)，[停课](school_restriction)。", "a"),
    markup("海曲市通报，[复课](school_restriction:ease)，[采样](testing)，[停运](public_transport)。", "b"),
]
PREDICTED = [
    markup("[全员采样](testing; contact_tracing)，[进门测温](entry_screening)，停课。", "a"),
    markup("海曲市通报，[复课](school_restriction)，[采样](testing)，停运。", "b"),
]


def indicators(articles, categories):
    """One row per clause, one column per category: what scikit-learn scores."""
    return np.array(
        [
            [
                any((m.start, m.end, m.category) == (c.start, c.end, category) for m in article.measures)
                for category in categories
            ]
            for article in articles
            for c in article.clauses
        ]
    )


def test_scores_are_those_of_scikit_learn():
    scores = score_measures(GOLD, PREDICTED)
    gold, predicted = (indicators(side, scores.categories) for side in (GOLD, PREDICTED))
    assert scores.clauses == len(gold) == 7
    assert scores.micro_f1 == pytest.approx(f1_score(gold, predicted, average="micro", zero_division=0))
    assert scores.macro_f1 == pytest.approx(f1_score(gold, predicted, average="macro", zero_division=0))
    assert scores.any_measure.f1 == pytest.approx(f1_score(gold.any(axis=1), predicted.any(axis=1)))
    assert scores.exact_set.accuracy == pytest.approx((gold == predicted).all(axis=1).mean())
    each = f1_score(gold, predicted, average=None, zero_division=0)
    assert [counts.f1 for counts in scores.categories.values()] == pytest.approx(list(each))


def test_attributes_are_judged_on_matched_labels():
    attributes = score_measures(GOLD, PREDICTED).attributes
    assert (attributes["polarity"].tp, attributes["polarity"].total) == (3, 4)
    assert attributes["force"].accuracy == 1


def test_the_second_macro_takes_frequent_categories_only():
    often = "，".join(["[采样](testing)"] * 10)
    gold, predicted = markup(f"{often}，[停课](school_restriction)"), markup(f"{often}，停课")
    scores = score_measures([gold], [predicted])
    assert scores.macro_f1 == 0.5
    assert scores.macro_f1_frequent == 1


def test_an_article_without_prediction_counts_as_empty_and_is_listed():
    scores = score_measures(GOLD, PREDICTED[:1])
    assert scores.missing == ("b",)
    assert scores.micro("category").positives == 7
    assert scores.micro("category").tp == 2


@pytest.mark.parametrize(
    ("predicted", "message"),
    [
        ([markup("采样", "z")], "articles that the first lacks: z"),
        ([PREDICTED[0], PREDICTED[0]], "articles twice: a"),
        ([markup("别的文本", "a")], "a: the two sets have different texts"),
        ([markup("别的文本", "a").without_text()], "a: the two sets have different texts"),
    ],
)
def test_what_cannot_be_paired_is_an_error_that_names_it(predicted, message):
    with pytest.raises(InvalidRecordError, match=message):
        score_measures(GOLD, predicted)


def test_the_order_of_predictions_does_not_matter():
    assert score_measures(GOLD, PREDICTED[::-1]) == score_measures(GOLD, PREDICTED)


def test_shipped_rows_score_like_complete_ones():
    bare = [article.without_text() for article in GOLD]
    assert score_measures(bare, PREDICTED).total == score_measures(GOLD, PREDICTED).total


def test_to_dict_is_json_and_states_the_recipe():
    row = json.loads(json.dumps(score_measures(GOLD, PREDICTED, recipe="made-up · seed 1").to_dict()))
    assert row["recipe"] == "made-up · seed 1 · n=2 documents, 7 clauses"
    assert row["micro"]["tp"] == 4
    assert row["categories"]["testing"] == {
        "precision": 1,
        "recall": 1,
        "f1": 1,
        "positives": 2,
        "tp": 2,
        "fp": 0,
        "fn": 0,
    }


def test_groups_add_up_to_the_whole():
    gold = [article.model_copy(update={"source": {"layer": article.id}}) for article in GOLD]
    groups = breakdown.score_measures_by(breakdown.source_field("layer"), gold, PREDICTED)
    assert list(groups) == ["a", "b"]
    assert (groups["a"].micro("category") + groups["b"].micro("category")) == score_measures(GOLD, PREDICTED).micro(
        "category"
    )
    assert groups["b"].clauses == 4


def test_clauses_are_grouped_by_section():
    gold = [GOLD[0].model_copy(update={"sections": [Section(start=5, end=20, kind="notice")]})]
    groups = breakdown.score_measures_by(breakdown.section_kind, gold, PREDICTED[:1])
    assert {name: scores.clauses for name, scores in groups.items()} == {"article": 1, "notice": 2}
    assert groups["article"].micro("category").fp == 1
    assert list(breakdown.score_measures_by(breakdown.sentence_kind, gold, PREDICTED[:1])) == ["body"]


def test_entities_count_only_where_they_were_annotated():
    gold = [markup("[海曲市](ADMIN)", "a"), markup("东湖区", "b", layers=["measures"])]
    predicted = [markup("[海曲市](ADMIN)", "a"), markup("[东湖区](ADMIN)", "b")]
    scores = score_entities(gold, predicted)
    assert scores.micro_f1 == 1
    assert len(scores.articles) == 1
    both = [gold[0], gold[1].model_copy(update={"layers": ["measures", "entities"]})]
    assert score_entities(both, predicted).micro_f1 == pytest.approx(2 / 3)


def test_entity_scores_for_json():
    gold = [markup('[海曲市](ADMIN {"adcode": "999901"})有[3例](COUNT)')]
    predicted = [markup('[海曲市](ADMIN {"adcode": "999901"})[有3例](COUNT)')]
    row = score_entities(gold, predicted).to_dict()
    assert row["micro"]["strict"]["f1"] == 0.5
    assert row["micro"]["overlap"]["f1"] == 1
    assert row["labels"]["COUNT"]["overlap"]["f1"] == 1
    assert row["values"]["found_spans"]["ADMIN"] == {"accuracy": 1, "right": 1, "n": 1}


def test_entities_by_group():
    gold = [markup("[海曲市](ADMIN)", i, source={"script": i}) for i in "ab"]
    groups = breakdown.score_entities_by(breakdown.source_field("script"), gold, [gold[0]])
    assert {name: scores.micro_f1 for name, scores in groups.items()} == {"a": 1, "b": 0}
    assert groups["b"].missing == ("b",)
