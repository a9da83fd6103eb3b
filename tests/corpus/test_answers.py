import pytest

from policytext.corpus.answers import read_answers, to_entities, to_measures
from policytext.corpus.notation import Label, parse_entities, parse_measures
from policytext.corpus.portions import folded_clauses
from policytext.errors import UnreadableInputError
from policytext.text.layout import Layout

TEXT = "栖川市通告\n𠀀村  村口\t设卡，望榆区 卫健局测体温。"
CLAUSES = folded_clauses(Layout(TEXT))


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
        "1: no ##DOC line", "3: a has no clause 9", "4: 'x' begins none", "5: a line is",
        "7: clause 3 of a stands twice",
        "8: the portion has no document 'z'", "9: document 'a' stands twice", " no ##DOC line for b",
    ]  # fmt: skip
    assert len(findings) == len(expected)
    assert all(f"{path}:{words}" in finding for words, finding in zip(expected, findings, strict=True))


def test_a_missing_file_is_named(tmp_path):
    with pytest.raises(UnreadableInputError, match=r"P99\.tsv: there is no such file"):
        read_answers(tmp_path / "P99.tsv", {}, parse_measures)


def test_decisions_need_not_name_every_document(tmp_path):
    path = write(tmp_path, "##DOC b\n")
    assert read_answers(path, {"a": CLAUSES, "b": {1: "无事"}}, parse_measures, whole=False).findings == []
