import json

import pytest

from policytext.commands.stats import run_stats
from policytext.corpus import stats
from policytext.corpus.gold import Gold, read_gold
from policytext.errors import InvalidRecordError, UnreadableInputError
from policytext.records import Annotation

from .checkout import build_checkout


def rows(table):
    return {row[0]: dict(zip(table.columns, row, strict=True)) for row in table.rows}


def gold(measures, clauses=2, split="train", **extra) -> Gold:
    attributes = {"polarity": "ease", "force": "permitted", "realis": "reported"}
    annotation = Annotation.model_validate(
        {
            "id": "a",
            "source": {"layer": "composed", "script": "Hant"},
            "clauses": [{"start": 4 * i, "end": 4 * i + 3 + i, "sentence": 0} for i in range(clauses)],
            "measures": [
                {"start": 4 * i, "end": 4 * i + 3 + i, "category": name, **attributes} for i, name in measures
            ],
            **extra,
        }
    )
    return Gold(annotation, split, "composed", ("measures",))


def test_the_checkout_is_counted_by_layer_and_split(tmp_path):
    overview = stats.overview(read_gold(build_checkout(tmp_path).root))
    assert [row[:3] for row in overview.rows] == [
        ("composed", "train", 1), ("composed", "dev", 1), ("composed", "test", 1),
        ("real", "train", 4), ("real", "dev", 1), ("real", "test", 1), ("all", "all", 9),
    ]  # fmt: skip
    assert rows(overview)["all"]["measures"] == rows(overview)["all"]["entities"] == 9


def test_two_labels_on_a_clause_are_one_labelled_clause_and_one_pair():
    corpus = [gold([(0, "testing"), (0, "vaccination"), (1, "testing")])]
    total = rows(stats.overview(corpus))["all"]
    assert (total["clauses"], total["labelled clauses"], total["measures"]) == (2, 2, 3)
    assert stats.co_occurrence(corpus).rows == (("testing", "vaccination", 1),)
    assert rows(stats.categories(corpus))["testing"]["all"] == 2
    assert rows(stats.attributes(corpus))["polarity: ease"]["composed"] == 3


def test_documents_not_annotated_for_entities_do_not_count_as_empty():
    total = rows(stats.overview([gold([])]))["all"]
    assert (total["documents"], total["documents with entities"], total["clauses with entities"]) == (1, 0, 0)


def test_lengths_are_in_clauses_and_characters():
    assert stats.lengths([gold([], clauses=1), gold([], clauses=3)]).rows == (
        ("clauses of a document", 1, 2.0, 2.0, 3),
        ("characters of a clause", 3, 3.5, 3.75, 5),
    )


def test_the_three_forms_tell_the_same(tmp_path):
    root = build_checkout(tmp_path).root
    data = json.loads(run_stats(root, form="json"))
    assert data[0]["rows"][-1]["documents"] == 9
    assert "| all | all | 9 |" in run_stats(root, form="markdown")
    assert "其他措施" in run_stats(root)


def test_a_cell_is_shown_for_readers():
    assert [stats.show(cell) for cell in (12345, 3.14159, "a|b")] == ["12,345", "3.1", "a\\|b"]


def test_a_bad_line_is_named(tmp_path):
    (tmp_path / "x.jsonl").write_text('{"id": "a"}\n{"id": 3}\n')
    with pytest.raises(InvalidRecordError, match=r"x\.jsonl:2: id: "):
        read_gold(tmp_path)
    with pytest.raises(UnreadableInputError, match="holds no annotations"):
        read_gold(tmp_path / "none")


def test_the_picture_is_drawn_with_chinese_letters(tmp_path):
    pytest.importorskip("vl_convert")
    pytest.importorskip("pylopdf_fonts_zh_cn")
    root = build_checkout(tmp_path).root
    run_stats(root, plot=tmp_path / "docs" / "labels.svg")
    assert "其他措施" in (tmp_path / "docs" / "labels.svg").read_text("utf-8")
    run_stats(root, plot=tmp_path / "labels.png")
    assert (tmp_path / "labels.png").read_bytes().startswith(b"\x89PNG")
    with pytest.raises(UnreadableInputError, match=r"\.svg or \.png"):
        run_stats(root, plot=tmp_path / "labels.gif")
