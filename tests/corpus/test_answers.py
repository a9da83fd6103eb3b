from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policytext.corpus.answers import (
    CONTAINERS,
    Label,
    Place,
    parse_entities,
    parse_measures,
    read_answers,
    to_entities,
    to_measures,
    write_entities,
    write_measures,
)
from policytext.corpus.checks import spans
from policytext.corpus.portions import folded_clauses
from policytext.errors import UnreadableInputError
from policytext.text.layout import Layout

TEXT = "栖川市通告\n𠀀村  村口\t设卡，望榆区 卫健局测体温。"
CLAUSES = folded_clauses(Layout(TEXT))


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


def test_entities_get_exact_offsets_into_a_text_with_runs_of_blanks():
    answers = {
        2: parse_entities(CLAUSES[2], "ADMIN:𠀀村\tPLACE:村口 设卡"),
        3: parse_entities(CLAUSES[3], "ORG:望榆区 卫健局\t>ADMIN:望榆区"),
    }
    found = to_entities(Layout(TEXT), answers)
    assert [entity.quote for entity in found] == ["𠀀村", "村口\t设卡", "望榆区 卫健局", "望榆区"]
    assert [(entity.start, entity.end) for entity in found] == [(6, 8), (10, 15), (16, 23), (16, 19)]


def test_measures_take_the_span_of_their_clause():
    (measure,) = to_measures(Layout(TEXT), {2: parse_measures("", "entry_screening imo")})
    assert (measure.start, measure.end, measure.quote) == (6, 15, "𠀀村  村口\t设卡")


def write(tmp_path, content):
    path = tmp_path / "P01.tsv"
    path.write_text(content, "utf-8")
    return path


def test_a_file_of_answers_is_read_with_documents_that_bear_nothing(tmp_path):
    path = write(tmp_path, "##DOC a\n2\ttesting imo\n\n##DOC b | 2021-12-07 | 标题\n")
    answers = read_answers(path, {"a": CLAUSES, "b": {1: "无事"}}, parse_measures)
    assert answers.findings == []
    assert answers.by_document == {"a": {2: [Label("testing", "impose", "mandatory", "ordered")]}, "b": {}}


def test_every_finding_has_its_line(tmp_path):
    lines = ["1\ttesting imo", "##DOC a", "9\ttesting imo", "2\ttesting xmo", "2 testing imo", "3\ttesting imo"]
    content = "\n".join([*lines, "3\ttesting imo", "##DOC z", "##DOC a", ""])
    path = write(tmp_path, content)
    findings = read_answers(path, {"a": CLAUSES, "b": {1: "无事"}}, parse_measures).findings
    expected = [
        "1: no ##DOC line", "3: a has no clause 9", "4: 'x' begins none", "5: a line is", "7: clause 3 of a stands twice",
        "8: the portion has no document 'z'", "9: document 'a' stands twice", " no ##DOC line for b",
    ]  # fmt: skip
    assert len(findings) == len(expected)
    assert all(f"{path}:{words}" in finding for words, finding in zip(expected, findings, strict=True))


def test_a_missing_file_is_named(tmp_path):
    with pytest.raises(UnreadableInputError, match=r"P99\.tsv: there is no such file"):
        read_answers(tmp_path / "P99.tsv", {}, parse_measures)
