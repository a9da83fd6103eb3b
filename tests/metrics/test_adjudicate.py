import json

import pytest
from markup import markup

from policytext.errors import InvalidRecordError, UnreadableInputError
from policytext.metrics.adjudicate import apply_decisions, read_decisions
from policytext.metrics.disagreements import disagreements

A = markup("[[市民](POPULATION)戴[口罩](GOODS)](personal_protection)，[进站测温](entry_screening)。", "x")
B = markup("[[市民](POPULATION)[戴口罩](GOODS)](personal_protection::recommended)，[进站](VENUE)测温。", "x")
LABEL, FORCE = "x:6-10:label:entry_screening", "x:0-5:attribute:personal_protection.force"
GOODS, VENUE = "x:2-5:entity", "x:6-8:entity"
ALL_FOR_A = {LABEL: "a", FORCE: "a", GOODS: "a", VENUE: "a"}


def write(path, decisions, **fields):
    rows = [{"key": k, "decision": d, "who": "Q", "why": "read anew", **fields} for k, d in decisions.items()]
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), "utf-8")
    return path


def decide(tmp_path, decisions, a=A, b=B):
    return apply_decisions([a], [b], read_decisions(write(tmp_path / "d.jsonl", decisions)))[0]


def labels(article):
    return [(m.start, m.category, m.force) for m in article.measures]


def entities(article):
    return [(e.start, e.end, e.label) for e in article.entities]


def test_each_difference_is_listed_once_with_what_both_say():
    found = {item.key: item for item in disagreements([A], [B])}
    assert set(found) == set(ALL_FOR_A)
    assert found[LABEL].a == {"polarity": "impose", "force": "mandatory", "realis": "ordered"}
    assert found[LABEL].b is None
    assert (found[FORCE].a, found[FORCE].b) == ("mandatory", "recommended")
    assert found[GOODS].a == [{"start": 3, "end": 5, "label": "GOODS"}]
    assert found[GOODS].b == [{"start": 2, "end": 5, "label": "GOODS"}]
    assert found[VENUE].a == []


def test_shipped_rows_give_the_same_list():
    complete, bare = disagreements([A], [B]), disagreements([A.without_text()], [B.without_text()])
    assert [item.key for item in bare] == [item.key for item in complete]
    for item in bare:
        assert item.hash in {None, next(other.hash for other in complete if other.key == item.key)}
    assert next(item.hash for item in bare if item.key == LABEL)


def test_passes_that_agree_have_nothing_to_decide():
    assert disagreements([A], [A]) == []


def test_a_value_is_something_to_disagree_on():
    one, other = (markup(f'[6日](DATE {{"start": "2021-12-0{day}"}})') for day in (5, 6))
    assert [item.key for item in disagreements([one], [other])] == ["test:0-2:entity"]


def test_entities_that_touch_are_one_question():
    one, other = markup("[海曲市](ADMIN)[东湖区](ADMIN)"), markup("[海曲市东湖区](ADMIN)")
    assert [(item.start, item.end, len(item.a), len(item.b)) for item in disagreements([one], [other])] == [
        (0, 6, 2, 1)
    ]


@pytest.mark.parametrize(("side", "expected"), [("a", A), ("b", B)])
def test_one_pass_can_be_right_throughout(tmp_path, side, expected):
    result = decide(tmp_path, dict.fromkeys(ALL_FOR_A, side))
    assert labels(result) == labels(expected)
    assert entities(result) == entities(expected)
    assert result.text == A.text


def test_an_answer_of_its_own(tmp_path):
    stated = {"polarity": "maintain", "force": "permitted", "realis": "reported"}
    goods = [{"start": 4, "end": 5, "label": "GOODS"}]
    result = decide(tmp_path, {LABEL: stated, FORCE: "permitted", GOODS: goods, VENUE: []})
    assert labels(result) == [(0, "personal_protection", "permitted"), (6, "entry_screening", "permitted")]
    assert entities(result) == [(0, 2, "POPULATION"), (4, 5, "GOODS")]
    assert result.entities[1].quote == "罩"


def test_none_means_that_nothing_stands_there(tmp_path):
    assert labels(decide(tmp_path, ALL_FOR_A | {LABEL: "none"})) == [(0, "personal_protection", "mandatory")]


def test_entities_side_by_side_are_two_questions():
    one = markup("[海曲市](ADMIN)[东湖区](ADMIN)")
    assert len(disagreements([one], [markup("海曲市东湖区")])) == 2


def test_a_quote_in_an_answer_is_not_kept(tmp_path):
    goods = [{"start": 3, "end": 5, "label": "GOODS", "quote": "口罩"}]
    result = decide(tmp_path, ALL_FOR_A | {GOODS: goods})
    assert "口罩" not in result.without_text().to_json()
    bare = decide(tmp_path, ALL_FOR_A | {GOODS: goods}, A.without_text(), B.without_text())
    assert bare == result.without_text().model_copy(update={"adjudication": bare.adjudication})
    assert "口罩" not in bare.to_json()


def test_who_why_and_rule_stay_with_the_result(tmp_path):
    path = write(tmp_path / "d.jsonl", ALL_FOR_A, rule="4.7", quote="进站测温", sentence="不可随行")
    result = apply_decisions([A], [B], read_decisions(path))[0]
    kept = {row["key"]: row for row in result.adjudication}
    assert kept[LABEL] == {"key": LABEL, "decision": "a", "who": "Q", "why": "read anew", "rule": "4.7"}
    assert "不可随行" not in result.without_text().to_json(), "a decision must not carry text into what is shipped"


def test_what_both_missed_is_added(tmp_path):
    path = write(tmp_path / "d.jsonl", ALL_FOR_A)
    label = {"polarity": "impose", "force": "mandatory", "realis": "ordered"}
    extra = write(tmp_path / "e.jsonl", {"x:6-10:label:testing": label}, addition=True)
    found = write(tmp_path / "f.jsonl", {"x:8-10:entity": [{"start": 8, "end": 10, "label": "GOODS"}]}, addition=True)
    decisions = [*read_decisions(path), *read_decisions(extra), *read_decisions(found)]
    result = apply_decisions([A], [B], decisions)[0]
    assert (6, "testing", "mandatory") in labels(result)
    assert (8, 10, "GOODS") in entities(result)


def test_an_undecided_disagreement_is_an_error(tmp_path):
    with pytest.raises(InvalidRecordError, match=f"undecided disagreements: {VENUE}"):
        decide(tmp_path, {key: "a" for key in ALL_FOR_A if key != VENUE})


@pytest.mark.parametrize(
    ("decisions", "message"),
    [
        ({"x:6-10:label:vaccination": "a"}, r"d\.jsonl:5: .*vaccination is no disagreement"),
        ({LABEL: None}, r"d\.jsonl:1: the decision is empty"),
        ({LABEL: {"force": "mandatory"}}, r"d\.jsonl:1: a label is decided by"),
        ({FORCE: "perhaps"}, r"d\.jsonl:2: force: "),
        ({GOODS: "GOODS"}, r"d\.jsonl:3: entities are decided by"),
        ({GOODS: [{"start": 0, "end": 2, "label": "POPULATION"}]}, r"d\.jsonl:3: both passes have POPULATION"),
        ({GOODS: [{"label": "GOODS"}]}, r"d\.jsonl:3: start: "),
        ({GOODS: [{"start": 3, "end": 5, "label": "GOODS", "quote": "面罩"}]}, r"d\.jsonl:3: 3-5 reads '口罩'"),
    ],
)
def test_a_decision_that_cannot_be_carried_out_names_its_line(tmp_path, decisions, message):
    with pytest.raises(InvalidRecordError, match=message):
        decide(tmp_path, ALL_FOR_A | decisions)


@pytest.mark.parametrize(
    ("key", "decision", "message"),
    [
        (LABEL, "a", "is a disagreement, no addition"),
        ("nowhere:0-5:label:testing", "none", "names nothing that could be added"),
        ("x:0-5:label:personal_protection", {}, "both passes give personal_protection"),
        ("x:1-4:label:testing", {}, "1-4 is no clause of x"),
    ],
)
def test_an_addition_that_is_none_names_its_line(tmp_path, key, decision, message):
    rest = read_decisions(write(tmp_path / "d.jsonl", {k: v for k, v in ALL_FOR_A.items() if k != key}))
    added = read_decisions(write(tmp_path / "e.jsonl", {key: decision}, addition=True))
    with pytest.raises(InvalidRecordError, match=message) as caught:
        apply_decisions([A], [B], [*rest, *added])
    assert "e.jsonl:1" in str(caught.value)


def test_layers_of_the_passes_are_joined(tmp_path):
    measured = markup("[停课](school_restriction)", layers=["measures"])
    tagged = markup("[停课](GOODS)", layers=["entities"])
    result = decide(tmp_path, {}, measured, tagged)
    assert (len(result.measures), len(result.entities)) == (1, 1)
    assert result.layers == ["measures", "entities"]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("{", r"d\.jsonl:1: "),
        ('{"key": "k", "decision": "a", "who": "", "why": "w"}', r"d\.jsonl:1: who: "),
        ('\n{"key": "k", "decision": "a", "who": "Q"}', r"d\.jsonl:2: why: "),
        ('{"key": "k", "decision": "a", "who": "Q", "why": "w"}\n' * 2, r"d\.jsonl:2: k was decided before, in .*:1"),
    ],
)
def test_a_bad_line_of_the_decisions_is_named(tmp_path, content, message):
    (tmp_path / "d.jsonl").write_text(content, "utf-8")
    with pytest.raises(InvalidRecordError, match=message):
        read_decisions(tmp_path / "d.jsonl")


def test_a_missing_file_of_decisions_is_named(tmp_path):
    with pytest.raises(UnreadableInputError, match="no such file"):
        read_decisions(tmp_path / "none.jsonl")
