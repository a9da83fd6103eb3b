import numpy as np
import pytest
from markup import markup

from policytext.errors import InvalidRecordError
from policytext.records import Measure
from policytext.taxonomy import load_taxonomy
from policytext.text.layout import Layout
from policytext.training.systems.base import annotate, clause_targets, cued_attributes, split_rows, training_data

CATEGORIES = load_taxonomy().category_ids
TESTING, MASKS = CATEGORIES.index("testing"), CATEGORIES.index("personal_protection")
GOLD = markup("今天晴，[戴口罩采样](testing; personal_protection)。")


def test_targets_have_a_row_per_clause_and_a_column_per_category():
    targets = clause_targets(GOLD, Layout(GOLD.text))
    assert targets.shape == (2, len(CATEGORIES))
    assert np.argwhere(targets).tolist() == sorted([[1, MASKS], [1, TESTING]])


def test_targets_refuse_what_is_no_clause_or_no_category():
    measure = Measure(start=0, end=2, category="testing", polarity="impose", force="mandatory", realis="ordered")
    for wrong in (measure, measure.model_copy(update={"end": 3, "category": "curfew"})):
        gold = GOLD.model_copy(update={"measures": [wrong]})
        with pytest.raises(InvalidRecordError, match=f"test: measure {wrong.category} at 0-{wrong.end}"):
            clause_targets(gold, Layout(gold.text))


def test_only_articles_whose_measures_were_judged_are_learnt_from():
    entities_only = markup("[停课](school_restriction)。", layers=["entities"])
    layouts, targets = training_data([entities_only, GOLD])
    assert len(layouts) == 1
    assert len(targets) == 2
    with pytest.raises(InvalidRecordError, match="policytext hydrate"):
        training_data([GOLD.without_text()])


def test_annotating_is_the_inverse_of_targets():
    layouts, targets = training_data([GOLD])
    (found,) = annotate(layouts, split_rows(targets.astype(float), layouts), np.full(len(CATEGORIES), 0.5))
    assert [(m.start, m.end, m.category, m.score, m.quote) for m in found.measures] == [
        (4, 9, category, 1.0, "戴口罩采样") for category in CATEGORIES if category in {"testing", "personal_protection"}
    ]
    assert found.clauses == GOLD.clauses
    assert found.text == GOLD.text
    assert found.layers == ["measures"]


def test_a_probability_at_the_threshold_is_given():
    layout = Layout("采样。")
    rows = np.zeros((1, len(CATEGORIES)))
    rows[0, TESTING] = 0.3
    thresholds = np.full(len(CATEGORIES), 0.3)
    assert [m.category for m in annotate([layout], [rows], thresholds)[0].measures] == ["testing"]
    assert annotate([layout], [rows], thresholds + 0.01)[0].measures == []


def test_rows_are_dealt_to_their_texts_also_to_empty_ones():
    layouts = [Layout("采样，停课。"), Layout(""), Layout("采样。")]
    assert [part.tolist() for part in split_rows(np.arange(3.0)[:, None], layouts)] == [[[0], [1]], [], [[2]]]
    assert split_rows(np.zeros((0, 1)), []) == []


def test_cues_of_clause_and_sentence_give_the_attributes():
    found = cued_attributes(Layout("建议市民戴口罩。景区已恢复开放。"), [0, 1])
    assert found[0] == {"polarity": "impose", "force": "recommended", "realis": "called_for"}
    assert (found[1]["polarity"], found[1]["realis"]) == ("ease", "reported")
