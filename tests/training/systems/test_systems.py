import json

import numpy as np
import pytest
from markup import markup

from policytext.errors import PolicytextError, UnreadableInputError
from policytext.metrics.scores import score_measures
from policytext.taxonomy import load_taxonomy
from policytext.text.layout import Layout
from policytext.training.systems import SYSTEMS, Classifier, load_classifier, make_system
from policytext.training.systems.files import read_arrays

CATEGORIES = load_taxonomy().category_ids
# The least micro-F1 that the system reaches on the two composed articles of dev; the ceiling is 1.
FLOORS = {"majority": 0.1, "cues": 0.85, "linear-char": 0.85, "linear-word": 0.85}


def tagged(classifier, gold):
    found = classifier.tag([annotation.text for annotation in gold])
    return [a.model_copy(update={"id": own.id}) for own, a in zip(gold, found, strict=True)]


@pytest.fixture(scope="module", params=sorted(FLOORS))
def fitted(request, train, dev):
    return Classifier.train(make_system(request.param), train, dev)


def test_probabilities_are_probabilities_of_every_clause(fitted):
    layouts = [Layout("全员采样，进门测温。"), Layout(""), Layout("……"), Layout("停课。")]
    found = fitted.system.predict_proba(layouts)
    assert [rows.shape for rows in found] == [(n, len(CATEGORIES)) for n in (2, 0, 0, 1)]
    assert all(((rows >= 0) & (rows <= 1)).all() for rows in found)
    assert fitted.system.predict_proba([]) == []


def test_what_was_learnt_is_found_again(fitted, dev):
    assert score_measures(dev, tagged(fitted, dev)).micro_f1 >= FLOORS[fitted.system.id]


def test_a_folder_gives_the_same_answers_and_holds_no_pickle(fitted, dev, tmp_path):
    fitted.save(tmp_path / "model", "Trained for a test.")
    loaded = load_classifier(tmp_path / "model")
    assert loaded.tag([a.text for a in dev]) == fitted.tag([a.text for a in dev])
    names = {path.name for path in (tmp_path / "model").rglob("*") if path.is_file()}
    assert {"system.json", "README.md"} < names
    assert {name.rsplit(".", 1)[-1] for name in names} <= {"json", "npz", "md"}
    card = (tmp_path / "model" / "README.md").read_text("utf-8")
    assert card.startswith(f"# {fitted.system.id}\n")
    assert card.endswith("Trained for a test.\n")


def test_training_repeats_to_the_digit(fitted, train, dev):
    again = Classifier.train(make_system(fitted.system.id), train, dev)
    assert again.tag([a.text for a in dev]) == fitted.tag([a.text for a in dev])


def test_majority_counts_shares(train):
    system = make_system("majority")
    system.fit(train)
    # 8 places × 4 articles of 2 clauses; testing stands on 8 of the 64 clauses, entry screening on 16.
    assert system.shares[CATEGORIES.index("testing")] == pytest.approx(8 / 64)
    assert system.shares[CATEGORIES.index("entry_screening")] == pytest.approx(16 / 64)


def test_cues_learn_how_often_they_are_right():
    system = make_system("cues")
    system.fit([markup("[全员采样](testing)。采样点的天气很好。", "a")])
    # Two clauses have the cue, one the label: (1 + 1) / (2 + 2).
    assert system.precisions[CATEGORIES.index("testing")] == pytest.approx(0.5)


def test_the_linear_system_agrees_with_sklearn(train):
    from sklearn.linear_model import LogisticRegression

    from policytext.training.systems.base import training_data
    from policytext.training.systems.contexts import clause_contexts

    system = make_system("linear-char")
    system.fit(train)
    layouts, targets = training_data(train)
    rows = system._vectors(list(clause_contexts(layouts)))
    column = CATEGORIES.index("testing")
    model = LogisticRegression(C=system.inverse_penalty, solver="liblinear", dual=True, random_state=0)
    expected = model.fit(rows, targets[:, column]).predict_proba(rows)[:, 1]
    found = np.concatenate(system.predict_proba(layouts))[:, column]
    assert found == pytest.approx(expected, abs=1e-5), "weights are kept in single precision"
    assert expected.max() > 0.5 > expected.min()


def test_evidence_names_the_words_that_decided(train, dev):
    system = make_system("linear-word")
    system.fit(train)
    evidence = system.explain(Layout(dev[1].text), 0, "testing")
    assert any("采样" in item["feature"] and item["feature"].startswith("clause:") for item in evidence)
    assert [item["weight"] for item in evidence] == sorted((item["weight"] for item in evidence), reverse=True)


def test_context_tells_like_clauses_apart():
    from policytext.training.systems.contexts import clause_contexts

    text = "会议要求：\n一、全员采样，进门测温；\n二、停课。"
    _, first, second, third = clause_contexts([Layout(text)])
    assert (second.before, second.after) == ("一、全员采样,", ";")
    assert "会议要求:" in third.neighbours
    assert "opens:True" in first.place
    assert "opens:False" in second.place


def test_names_that_are_no_system():
    with pytest.raises(PolicytextError, match=r"there is no system svm \(one of majority, cues"):
        make_system("svm")
    with pytest.raises(PolicytextError, match="which encoder"):
        make_system("transformer")
    assert "two-stage" in SYSTEMS


@pytest.fixture
def folder(tmp_path, train, dev):
    Classifier.train(make_system("majority"), train, dev).save(tmp_path)
    return tmp_path


def test_a_folder_of_other_categories_is_refused(folder):
    config = json.loads((folder / "system.json").read_text())
    config["thresholds"]["curfew"] = 0.5
    (folder / "system.json").write_text(json.dumps(config))
    with pytest.raises(PolicytextError, match="other categories"):
        load_classifier(folder)


@pytest.mark.parametrize("content", ["", "[]", '{"system": "majority"}', '{"system": "majority", "thresholds": 3}'])
def test_a_damaged_folder_is_named(folder, content):
    (folder / "system.json").write_text(content)
    with pytest.raises(UnreadableInputError, match=r"system\.json"):
        load_classifier(folder)


def test_arrays_with_objects_are_refused(tmp_path):
    np.savez(tmp_path / "weights.npz", weights=np.array([{"a": 1}], dtype=object))
    with pytest.raises(UnreadableInputError, match="no arrays that can be read safely"):
        read_arrays(tmp_path / "weights.npz")
