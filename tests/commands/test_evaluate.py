import json
import re

import pytest
from markup import markup

from policytext.commands.evaluate import run_evaluate
from policytext.errors import PolicytextError
from policytext.evaluation.evaluate import evaluate
from policytext.formats.jsonl import write_annotations

SOURCE = {"layer": "composed", "split": "test"}
GOLD = [
    markup("[[云台区](ADMIN)停课](school_restriction)，[戴口罩](personal_protection)。", i, source=SOURCE)
    for i in "xyz"
]
GOOD = [*GOLD[:2], markup("[云台区停课](school_restriction)，戴口罩。", "z")]
POOR = [markup("云台区停课，[戴口罩](testing)。", i) for i in "xyz"]


@pytest.fixture
def files(tmp_path):
    for name, rows in (("gold", GOLD), ("good", GOOD), ("poor", POOR)):
        write_annotations(tmp_path / f"{name}.jsonl", rows)
    return tmp_path


def run(files, name="good", **options):
    return run_evaluate(str(files / f"{name}.jsonl"), files / "gold.jsonl", resamples=50, **options)


def test_json_holds_the_figures_of_the_library(files):
    shown, status = run(files, form="json", seed=2)
    found = evaluate(GOLD, GOOD, model="m", seed=2, resamples=50)
    plain = json.loads(shown)
    assert status == 0
    assert plain["intervals"] == json.loads(json.dumps(found.to_dict()["intervals"]))
    assert plain["recipe"]["model"].startswith("good.jsonl@")
    assert plain["recipe"]["data"] == found.recipe.data


def test_table_and_markdown_show_the_same_figures(files):
    table, markdown = (run(files, form=form)[0] for form in ("table", "markdown"))
    for figure in (
        ".909 [",
        "school_restriction",
        "ADMIN",
        "Measures by layer",
        "split test",
        "n=3 documents, 6 clauses",
    ):
        assert figure in table
        assert figure in markdown
    assert "| school_restriction | 3 | 3 | 0 | 0 | 1.000 | 1.000 | 1.000 [1.000, 1.000] |" in markdown


def test_against_another_system(files):
    shown, _ = run(files, against=str(files / "poor.jsonl"))
    assert re.search(r"micro-F1, clause × category\s+\+0\.909 \[", shown)
    plain = json.loads(run(files, against=str(files / "poor.jsonl"), form="json")[0])
    assert plain["against"]["differences"]["measures.micro_f1"]["difference"] == pytest.approx(10 / 11)


def test_the_gate_fails_and_says_what_dropped(files):
    baseline = {"data": "0", "model": "m", "version": "0", "tolerance": 0.01, "scores": {"measures.micro_f1": 0.9}}
    (files / "scores.json").write_text(json.dumps(baseline))
    shown, status = run(files, fail_under=files / "scores.json")
    assert status == 0
    assert "No score fell below scores.json: 1 held." in shown
    shown, status = run(files, "poor", fail_under=files / "scores.json")
    assert status == 1
    assert shown.endswith("measures.micro_f1 dropped from 0.9000 to 0.0000, 0.9000 (allowed: 0.01)")


def test_the_report_is_written_where_it_is_asked_for(files):
    run(files, report=files / "pages" / "errors.html")
    assert "<mark>戴口罩</mark>" in (files / "pages" / "errors.html").read_text("utf-8")


def test_missing_articles_are_told(files):
    write_annotations(files / "part.jsonl", GOOD[:1])
    assert "2 articles were not predicted and count as empty: y, z" in run(files, "part")[0]


def test_a_systems_folder_is_scored(files):
    from policytext.training.systems import Classifier, make_system

    Classifier.train(make_system("cues"), GOLD, GOLD).save(files / "cues")
    shown, _ = run_evaluate(str(files / "cues"), files / "gold.jsonl", resamples=20, form="json")
    plain = json.loads(shown)
    assert plain["recipe"]["model"] == "cues:cues"
    assert plain["measures"]["micro"]["recall"] == 1
    assert plain["entities"] is None


def test_files_that_are_not_there_are_named(files):
    with pytest.raises(PolicytextError, match=r"nowhere\.jsonl: there is no such file"):
        run_evaluate(str(files / "good.jsonl"), files / "nowhere.jsonl")
    with pytest.raises(PolicytextError, match=r"none\.jsonl: there is no such file"):
        run_evaluate(str(files / "none.jsonl"), files / "gold.jsonl", predictions=True)
