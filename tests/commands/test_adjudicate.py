import json

import pytest
from markup import markup

from policytext.commands.adjudicate import run_adjudicate
from policytext.errors import InvalidRecordError
from policytext.formats.jsonl import read_annotations, write_annotations

A = [markup("今日起，[全员采样](testing)。[停课](school_restriction)。", "x"), markup("停工。", "y")]
B = [markup("今日起，[全员采样](testing:maintain)。停课。", "x")]


@pytest.fixture
def passes(tmp_path):
    for name, rows in (("a", A), ("b", B)):
        write_annotations(tmp_path / f"{name}.jsonl", [row.without_text() for row in rows])
    write_annotations(tmp_path / "texts.jsonl", A)
    return tmp_path


def decide(folder, tasks, **fields):
    path = folder / "decisions.jsonl"
    path.write_text("".join(json.dumps({**task, **fields}, ensure_ascii=False) + "\n" for task in tasks), "utf-8")
    return path


def listed(folder, **options):
    return [json.loads(line) for line in run_adjudicate(folder / "a.jsonl", folder / "b.jsonl", **options).splitlines()]


def test_disagreements_are_listed_with_what_stands_there(passes):
    tasks = listed(passes, text=passes / "texts.jsonl")
    assert [task["key"] for task in tasks] == ["x:4-8:attribute:testing.polarity", "x:9-11:label:school_restriction"]
    assert tasks[0]["quote"] == "全员采样"
    assert tasks[0]["sentence"] == "今日起，全员采样。"
    assert (tasks[0]["a"], tasks[0]["b"]) == ("impose", "maintain")


def test_without_texts_the_list_has_offsets_and_hashes(passes):
    tasks = listed(passes)
    assert "quote" not in tasks[0]
    assert tasks[0]["hash"] == A[0].without_text().measures[0].hash


def test_a_list_that_is_filled_in_can_be_applied(passes):
    tasks = listed(passes, text=passes / "texts.jsonl")
    path = decide(passes, tasks, decision="a", who="Q", why="the text orders it", rule="3.1")
    report = run_adjudicate(
        passes / "a.jsonl",
        passes / "b.jsonl",
        decisions=path,
        output=passes / "gold.jsonl",
        text=passes / "texts.jsonl",
    )
    assert "articles 1, decisions 2 (Q 2), left out because only one pass holds them 1" in report
    (gold,) = read_annotations(passes / "gold.jsonl")
    assert [(m.category, m.polarity) for m in gold.measures] == [
        ("testing", "impose"),
        ("school_restriction", "impose"),
    ]
    assert [row["rule"] for row in gold.adjudication] == ["3.1", "3.1"]
    assert "采样" not in (passes / "gold.jsonl").read_text("utf-8"), "passes without text give gold without text"


def test_only_what_is_open_is_listed_again(passes):
    tasks = listed(passes)
    path = decide(passes, tasks[:1], decision="b", who="Q", why="goes on")
    assert [task["key"] for task in listed(passes, decisions=path)] == [tasks[1]["key"]]


def test_a_list_that_was_not_filled_in_is_refused(passes):
    path = decide(passes, listed(passes))
    with pytest.raises(InvalidRecordError, match=r"decisions\.jsonl:1: who: "):
        run_adjudicate(passes / "a.jsonl", passes / "b.jsonl", decisions=path, output=passes / "gold.jsonl")
    assert not (passes / "gold.jsonl").exists()
