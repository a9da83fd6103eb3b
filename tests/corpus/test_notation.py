from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policytext.corpus.checks import spans
from policytext.corpus.notation import (
    CONTAINERS,
    Label,
    Place,
    parse_entities,
    parse_measures,
    write_entities,
    write_measures,
)


def quotes(clause, answer):
    return [(place.label, clause[place.start : place.end]) for place in parse_entities(clause, answer)]


def test_measures_are_read_with_their_attributes():
    assert parse_measures("", "testing imo; quarantine_isolation erc") == [
        Label("testing", "impose", "mandatory", "ordered"),
        Label("quarantine_isolation", "ease", "recommended", "called_for"),
    ]
    assert parse_measures("", "testing mpr") == [Label("testing", "maintain", "permitted", "reported")]


@pytest.mark.parametrize(
    ("answer", "complaint"),
    [
        ("testing", "not `category pfr`"),
        ("dancing imo", "no category 'dancing'"),
        ("testing imx", "'x' begins none of ordered, reported, called_for"),
        ("testing imo; testing emo", "twice"),
    ],
)
def test_a_measure_that_cannot_be_is_refused(answer, complaint):
    with pytest.raises(ValueError, match=complaint):
        parse_measures("", answer)


def test_a_quote_is_found_behind_the_entity_before_it_or_where_it_is_told():
    clause = "青堰镇居民到青堰镇卫生院"
    first = parse_entities(clause, "ADMIN:青堰镇\tPOPULATION:居民\tORG:青堰镇卫生院\t>ADMIN:青堰镇")
    assert [place[:2] for place in first] == [(0, 3), (3, 5), (6, 12), (6, 9)]
    assert parse_entities(clause, "ADMIN:青堰镇@@2") == [Place(6, 9, "ADMIN")]


def test_entities_nest_as_deep_as_the_guidelines_allow():
    clause = "望榆区卫健局关于停课的通告"
    answer = f"DOC:{clause}\t>ORG:望榆区卫健局\t>>ADMIN:望榆区"
    assert quotes(clause, answer) == [("DOC", clause), ("ORG", "望榆区卫健局"), ("ADMIN", "望榆区")]
    assert {(inner, outer) for inner, outers in CONTAINERS.items() for outer in outers} == spans._NESTED


@pytest.mark.parametrize(
    ("answer", "complaint"),
    [
        ("镇", "not `LABEL:quote`"),
        ("RIVER:渡口", "no entity label 'RIVER'"),
        ("PLACE:渡口 ", "blank"),
        ("PLACE:山", "does not stand"),
        ("PLACE:渡口\tADMIN:青堰镇", "not in this order"),
        (">ADMIN:青堰镇", "nothing holds it"),
        ("VENUE:青堰镇渡口\t>ADMIN:青堰镇", "may not lie in VENUE"),
        ("PLACE:青堰镇渡口\tPLACE:镇渡@@1", "overlaps"),
        ("ADMIN:青堰镇\tORG:渡口\t>ADMIN:青@@1", "its container"),
    ],
)
def test_an_entity_that_cannot_be_is_refused(answer, complaint):
    with pytest.raises(ValueError, match=complaint):
        parse_entities("青堰镇渡口", answer)


@given(
    clause=st.text("甲乙 ", min_size=1, max_size=12).filter(lambda text: text == text.strip() != ""),
    cuts=st.sets(st.integers(0, 12)),
)
def test_what_is_written_is_read_back(clause, cuts):
    edges = sorted({0, *(cut for cut in cuts if cut < len(clause)), len(clause)})
    pieces = [(a, b) for a, b in pairwise(edges) if clause[a:b] == clause[a:b].strip()]
    places = [place for a, b in pieces for place in (Place(a, b, "ORG"), Place(a, a + 1, "ADMIN"))[: 1 + (b - a > 1)]]
    assert parse_entities(clause, write_entities(clause, places)) == places


def test_measures_are_written_as_they_are_read():
    answer = "quarantine_isolation erc; testing imo"
    assert write_measures("", parse_measures("", answer)) == answer
