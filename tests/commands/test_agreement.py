import json

import pytest
from markup import markup

from policytext.commands.agreement import run_agreement
from policytext.errors import PolicytextError
from policytext.formats.jsonl import write_annotations
from policytext.metrics.agreement import agreement

A = [markup("[[市民](POPULATION)戴口罩](personal_protection)，[停课](school_restriction)。", i) for i in "xy"]
B = [A[0], markup("[市民戴口罩](personal_protection)，停课。", "y")]


@pytest.fixture
def passes(tmp_path):
    for name, rows in (("a", A), ("b", B)):
        write_annotations(tmp_path / f"{name}.jsonl", [row.without_text() for row in rows])
    write_annotations(tmp_path / "texts.jsonl", A)
    return tmp_path


def test_json_holds_the_figures_of_the_library(passes):
    shown = json.loads(run_agreement(passes / "a.jsonl", passes / "b.jsonl", format="json", seed=3, resamples=50))
    expected = agreement(A, B, seed=3, resamples=50).to_dict()
    assert shown["overall"] == expected["overall"]
    assert shown["categories"] == json.loads(json.dumps(expected["categories"]))
    assert shown["recipe"] == (
        "a.jsonl and b.jsonl · 95 % document bootstrap, 50 resamples, seed 3 · n=2 documents, 4 clauses"
    )


def test_table_and_markdown_show_the_same_figures(passes):
    table = run_agreement(passes / "a.jsonl", passes / "b.jsonl", resamples=50)
    markdown = run_agreement(passes / "a.jsonl", passes / "b.jsonl", resamples=50, format="markdown")
    for figure in ("school_restriction", "F1, clause × category", ".857 [", "POPULATION", "n=2 documents"):
        assert figure in table
        assert figure in markdown
    assert "| school_restriction | 2 | 1 |" in markdown
    assert "\x1b" not in table


def test_texts_are_verified(passes):
    assert run_agreement(passes / "a.jsonl", passes / "b.jsonl", text=passes / "texts.jsonl", resamples=5)
    write_annotations(passes / "texts.jsonl", [markup("别的文本", "x")])
    with pytest.raises(PolicytextError, match="x: the text is not the annotated one"):
        run_agreement(passes / "a.jsonl", passes / "b.jsonl", text=passes / "texts.jsonl", resamples=5)


def test_what_only_one_pass_holds_is_told(passes):
    write_annotations(passes / "b.jsonl", B[:1])
    shown = run_agreement(passes / "a.jsonl", passes / "b.jsonl", resamples=5)
    assert "Left out because only one pass holds them: y" in shown
