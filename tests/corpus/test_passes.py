"""From texts to gold, with the scripts a maintainer runs."""

import json
import runpy
import sys
from pathlib import Path

import pytest

from policytext.corpus.articles import period_of, read_articles
from policytext.corpus.files import read_lines
from policytext.corpus.hydrate import hydrate
from policytext.corpus.passes import gold_row, read_pass
from policytext.corpus.validate import validate
from policytext.errors import UnreadableInputError
from policytext.records import Annotation, Article

from .checkout import TEXTS, build_checkout

SCRIPTS = Path(__file__).parents[2] / "scripts"
ANSWERS = {
    "measures-a": "##DOC dxy-1\n2\tvenue_restriction imo\n3\tvenue_restriction ipo\n"
    "##DOC wb-7\n1\tschool_restriction imo\n",
    "measures-b": "##DOC dxy-1\n2\tvenue_restriction imo\n"
    "##DOC wb-7\n1\tschool_restriction imo\n2\tother_measure imo\n",
    "measures-adjudication": "##DOC dxy-1\n3\tnone\trule 5: it only takes the rest away\n",
    "entities-a": "##DOC dxy-1\n1\tADMIN:栖川市\n##DOC wb-7\n1\tADMIN:青堰镇\n",
    "entities-b": "##DOC dxy-1\n1\tADMIN:栖川市\n##DOC wb-7\n1\tADMIN:青堰镇\n",
}


def run(monkeypatch, script, *arguments):
    monkeypatch.setattr(sys, "argv", [script, *map(str, arguments)])
    return runpy.run_path(str(SCRIPTS / script))["main"]()


@pytest.fixture
def checkout(tmp_path):
    return build_checkout(tmp_path)


@pytest.fixture
def texts(tmp_path):
    """A folder with the texts of the real layer."""
    folder = tmp_path / "texts"
    folder.mkdir()
    rows = [json.dumps({"text": text}, ensure_ascii=False) for text in TEXTS.values()]
    (folder / "rows.jsonl").write_text("\n".join(rows), "utf-8")
    return folder


@pytest.fixture
def built(checkout, texts, tmp_path, monkeypatch, capsys):
    """A checkout whose dev and test were annotated twice, and what the scripts said."""
    portions, answers = tmp_path / "portions", tmp_path / "answers"
    where = ("--root", checkout.root, "--texts", texts)
    assert (
        run(monkeypatch, "make_portions.py", "documents", "P", "--splits", "dev", "test", *where, "-o", portions) == 0
    )
    for name, content in ANSWERS.items():
        (answers / name / "real").mkdir(parents=True)
        (answers / name / "real" / "P01.tsv").write_text(content, "utf-8")
    code = run(monkeypatch, "build_gold.py", *where, "--answers", answers, "--portions", portions)
    return checkout.root, code, capsys.readouterr().out


def rows_of(path):
    return [Annotation.from_json(line) for _, line in read_lines(path)]


def test_gold_is_what_both_say_and_what_was_decided(built, texts, tmp_path):
    root, code, said = built
    assert code == 0
    assert "real-dev: measures on 1 of 1 documents, 0 clauses undecided" in said
    assert "real-test: measures on 1 of 1 documents, 1 clauses undecided" in said
    assert "real-train: measures on 0 of 4 documents" in said
    done = hydrate(root, tmp_path / "hydrated", texts)
    (dev,) = rows_of(done.output / "annotations/gold/real-dev.jsonl")
    assert [(m.quote, m.category) for m in dev.measures] == [("即日起暂停堂食", "venue_restriction")]
    assert [(e.quote, e.label) for e in dev.entities] == [("栖川市", "ADMIN")]
    (test,) = rows_of(done.output / "annotations/gold/real-test.jsonl")
    assert test.model_extra["undecided"] == {"measures": [2]}


def test_everything_that_is_built_is_valid_and_bare(built):
    root, _, _ = built
    assert [str(finding) for finding in validate(root)] == []
    passes = root / "annotations/passes"
    assert {str(path.relative_to(passes)) for path in passes.rglob("*.jsonl")} == {
        *(f"{kind}-{name}/real.jsonl" for kind in ("measures", "entities") for name in "ab"),
        "measures-adjudication/real-decisions.jsonl",
    }
    shipped = "".join(path.read_text("utf-8") for path in (root / "annotations").rglob("real*.jsonl"))
    assert "rule 5" in shipped
    assert not any(word in shipped for word in ("栖川", "堂食", "青堰"))


def test_an_adjudicator_gets_a_portion_and_the_checker_says_what_is_undecided(built, tmp_path, monkeypatch, capsys):
    portion, told = tmp_path / "portions/P01.txt", tmp_path / "ADJ_P01.txt"
    files = {name: tmp_path / "answers" / name / "real/P01.tsv" for name in ANSWERS}
    sides = (portion, files["measures-a"], files["measures-b"])
    assert run(monkeypatch, "make_portions.py", "adjudication", "measures", *sides, "-o", told) == 0
    assert run(monkeypatch, "check_answers.py", "measures", portion, files["measures-a"]) == 0
    assert "0 findings; 2 documents" in capsys.readouterr().out
    decisions = ("check_answers.py", "measures", told, files["measures-adjudication"], "--decisions")
    assert run(monkeypatch, *decisions) == 1
    assert "wb-7: undecided: 2" in capsys.readouterr().out


def test_agreement_is_written_for_the_passes_that_are_there(built, monkeypatch):
    root, _, _ = built
    assert run(monkeypatch, "build_agreement.py", "--root", root) == 0
    found = json.loads((root / "annotations/agreement.json").read_text("utf-8"))
    assert list(found) == ["measures of dev and test (real)", "entities of dev and test (real)"]
    assert found["measures of dev and test (real)"]["overall"]["f1"]["value"] == pytest.approx(2 * 2 / (2 * 2 + 1 + 1))


ARTICLE = Article(id="a", text="栖川市停课，停市。", source={"layer": "real", "split": "train"})


@pytest.mark.parametrize(
    ("portion", "answers", "complaint"),
    [
        ({}, "", "there is no portion P"),
        ({"b": {1: "停课"}}, "##DOC b\n", "not in the corpus, or without text: b"),
        ({"a": {1: "栖川市停课,停市"}}, "##DOC a\n", "cut into other clauses when the portion was made: a"),
        ({"a": {1: "栖川市停课", 2: "停市"}}, "##DOC a\n3\tnone\n", "a has no clause 3"),
    ],
)
def test_a_file_that_does_not_fit_is_left_out_and_named(tmp_path, portion, answers, complaint):
    (tmp_path / "real").mkdir()
    (tmp_path / "real" / "P.tsv").write_text(answers, "utf-8")
    found = read_pass(tmp_path, {"P": portion} if portion else {}, {"a": ARTICLE}, lambda clause, answer: [])
    assert found.by_document == {}
    assert complaint in found.findings[0]


def test_a_gold_row_says_which_layers_it_has():
    row = gold_row(ARTICLE, {"measures": {}}, {"measures": []})
    assert row.model_extra == {"layers": ["measures"]}
    assert [section.kind for section in row.sections] == ["article"]
    assert [(sentence.start, sentence.end) for sentence in row.sentences] == [(0, 9)]


def test_articles_without_text_are_named(checkout, tmp_path):
    (tmp_path / "empty").mkdir()
    with pytest.raises(UnreadableInputError, match="6 documents without text: dxy-1"):
        read_articles(checkout.root, [tmp_path / "empty"])


def test_2020_has_two_periods():
    days = ("2020-02-29", "2020-03-01", "2021-12-07", "")
    assert [period_of(day) for day in days] == ["2020-01/02", "2020-03/12", "2021", ""]


def test_the_composed_layer_ships_whole_and_its_train_is_the_first_pass(built, texts, tmp_path, monkeypatch):
    root, _, _ = built
    portions, answers = tmp_path / "portions", tmp_path / "answers"
    where = ("--root", root, "--texts", texts)
    assert run(monkeypatch, "make_portions.py", "documents", "C", "--layer", "composed", *where, "-o", portions) == 0
    given = "##DOC composed-train\n2\tvenue_restriction imo\n##DOC composed-dev\n##DOC composed-test\n"
    (answers / "measures-a" / "composed").mkdir()
    (answers / "measures-a" / "composed" / "C01.tsv").write_text(given, "utf-8")
    assert run(monkeypatch, "build_gold.py", *where, "--answers", answers, "--portions", portions) == 0
    (row,) = rows_of(root / "annotations/gold/composed-train.jsonl")
    assert [(m.quote, m.category) for m in row.measures] == [("一、各集市停三天", "venue_restriction")]
    assert row.text.startswith("栖川市集贸市场")
    assert not (root / "annotations/gold/composed-dev.jsonl").exists()  # a second pass is lacking
    assert [str(finding) for finding in validate(root)] == []
