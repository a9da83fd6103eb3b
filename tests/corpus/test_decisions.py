import pytest

from policytext.corpus.answers import Answers
from policytext.corpus.decisions import (
    Ruling,
    decision_row,
    differences,
    merge,
    open_clauses,
    parse_ruling,
    render_adjudication,
)
from policytext.corpus.notation import Label, Place, parse_entities, parse_measures
from policytext.corpus.portions import read_portion, render
from policytext.corpus.schema import FORMS
from policytext.records import Article

ARTICLE = Article(id="a-1", text="栖川市通告\n全员测温，停课，停市，设卡。")
TESTING, CLOSING, SCREENING = (
    parse_measures("", answer) for answer in ("testing imo", "school_restriction imo", "entry_screening imo")
)
A = {2: TESTING, 3: CLOSING}
B = {2: SCREENING, 3: CLOSING, 5: SCREENING}


def test_what_both_say_stands_and_what_is_ruled_replaces_it():
    rulings = {2: Ruling(SCREENING, "rule 3"), 4: Ruling(TESTING, "added"), 5: Ruling([], "rule 1")}
    assert merge(A, B, rulings) == ({2: SCREENING, 3: CLOSING, 4: TESTING}, [])
    assert merge(A, B, {3: Ruling([], "overruled"), **rulings}).answers == {2: SCREENING, 4: TESTING}


def test_what_nobody_decided_keeps_the_first_answer_and_is_named():
    assert merge(A, B, {}) == (A, [2, 5])


def test_order_is_no_difference_and_an_attribute_is_one():
    both = [*TESTING, *CLOSING]
    assert differences({1: both}, {1: both[::-1]}) == []
    assert differences({1: TESTING}, {1: parse_measures("", "testing iro")}) == [1]


def test_a_ruling_is_a_whole_answer_and_a_rule():
    parse = parse_ruling("measures")
    assert parse("", "testing imo\trule 5") == (TESTING, "rule 5")
    assert parse("", "none\trule 5") == ([], "rule 5")
    places = parse_ruling("entities")("望榆区卫健局", "ORG:望榆区卫健局\t>ADMIN:望榆区\tsection 5")
    assert places == ([Place(0, 6, "ORG"), Place(0, 3, "ADMIN")], "section 5")
    for line in ("testing imo", "testing imo\t ", "\trule 5"):
        with pytest.raises(ValueError, match="a decision is"):
            parse("", line)


def test_a_decision_is_kept_with_rule_and_reason_and_without_quotes():
    row = decision_row(ARTICLE, 2, Ruling(TESTING, "rule 4: a polite request"), kind="measures", who="甲")
    labels = [Label(*TESTING[0])._asdict()]
    assert row == {
        "key": "a-1:6-10:measures", "decision": labels, "who": "甲", "why": "a polite request", "rule": "rule 4",
    }  # fmt: skip
    FORMS["decision"].validate_python(row)
    places = parse_entities("栖川市通告", "ADMIN:栖川市")
    row = decision_row(ARTICLE, 1, Ruling(places, "section 5"), kind="entities", who="甲")
    assert (row["decision"], row["why"]) == ([{"start": 0, "end": 3, "label": "ADMIN"}], "section 5")


@pytest.mark.parametrize(
    ("kind", "a", "b", "shown"),
    [
        ("measures", A, B, ["??", "A: testing imo | B: entry_screening imo", "= school_restriction imo", "A: none |"]),
        (
            "entities",
            {1: parse_entities("栖川市通告", "ADMIN:栖川市\tDOC:通告")},
            {1: parse_entities("栖川市通告", "DOC:栖川市通告\t>ADMIN:栖川市")},
            ["A: ADMIN:栖川市 · DOC:通告 | B: DOC:栖川市通告 · >ADMIN:栖川市"],
        ),
    ],
)
def test_an_adjudicator_sees_both_answers_and_the_portion_stays_readable(kind, a, b, shown):
    portion = render(ARTICLE)
    told = render_adjudication(portion, kind, Answers({"a-1": a}), Answers({"a-1": b}))
    assert all(words in told for words in shown)
    assert open_clauses(told) == {"a-1": differences(a, b)}
    assert read_portion(told) == read_portion(portion)
