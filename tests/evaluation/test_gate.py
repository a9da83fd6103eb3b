import pytest
from markup import markup

from policytext.errors import PolicytextError
from policytext.evaluation.evaluate import evaluate
from policytext.evaluation.gate import Baseline, changed_data, find_drops, make_baseline, read_baseline, write_baseline

GOLD = [markup("[停课](school_restriction)，[进门测温](entry_screening)。", i) for i in "ab"]
WORSE = [GOLD[0], markup("[停课](school_restriction)，进门测温。", "b")]


@pytest.fixture(scope="module")
def found():
    return evaluate(GOLD, WORSE, model="m", resamples=10)


def baseline(**scores):
    return Baseline(data="0" * 12, model="m", version="1", tolerance=0.01, scores=scores)


def test_a_drop_says_from_what_to_what(found):
    # 3 right, 1 missed: micro-F1 6/7.
    drops = find_drops(found, baseline(**{"measures.micro_f1": 0.9, "measures.polarity": 1.0}))
    assert drops == ["measures.micro_f1 dropped from 0.9000 to 0.8571, 0.0429 (allowed: 0.01)"]


def test_tolerance_is_for_all_or_for_one(found):
    assert find_drops(found, baseline(**{"measures.micro_f1": 0.867})) == []
    assert find_drops(found, baseline(**{"measures.micro_f1": 0.8672}))
    wide = baseline(**{"measures.micro_f1": 0.9}).model_copy(update={"tolerances": {"measures.micro_f1": 0.05}})
    assert find_drops(found, wide) == []


def test_a_score_that_is_gone_is_a_drop(found):
    gone = find_drops(found, baseline(**{"entities.value_DATE": 0.5}))
    assert gone == ["entities.value_DATE was 0.5000 and is not scored any more"]


def test_a_baseline_comes_back_as_it_was_written(tmp_path, found):
    own = make_baseline(found, 0.02)
    assert own.scores["measures.micro_f1"] == 0.8571
    write_baseline(tmp_path / "scores.json", own)
    assert read_baseline(tmp_path / "scores.json") == own
    assert find_drops(found, own) == []
    assert changed_data(found, own) == ""
    assert "set it anew" in changed_data(found, baseline(**{"measures.micro_f1": 0.5}))


@pytest.mark.parametrize(
    "content", ["{", "{}", '{"data": "", "model": "", "version": "", "tolerance": 2, "scores": {}}']
)
def test_what_is_no_baseline_is_named(tmp_path, content):
    (tmp_path / "scores.json").write_text(content)
    with pytest.raises(PolicytextError, match=r"scores\.json: .*--baseline"):
        read_baseline(tmp_path / "scores.json")
    with pytest.raises(PolicytextError, match="no baseline to read"):
        read_baseline(tmp_path / "none.json")
