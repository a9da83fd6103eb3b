import json
import os
import runpy
import subprocess
import sys
from pathlib import Path

import pytest

from policytext.corpus.card import BEGIN, END, front_matter, publish, with_card
from policytext.corpus.hydrate import hydrate
from policytext.corpus.yaml import to_yaml
from policytext.errors import InvalidRecordError
from policytext.taxonomy import load_taxonomy

from .checkout import build_checkout

ROOT = Path(__file__).parents[2]
README = f"# policytext\n\nBefore.\n\n{BEGIN}\nold\n{END}\n\nAfter.\n"
CONFIGS = ("measures", "entities", "articles")
# A fresh process: `datasets` reads where its cache lies when it is imported.
LOAD = """
import json, sys, datasets
datasets.disable_progress_bars()
found = {}
for name in ("measures", "entities", "articles"):
    data = datasets.load_dataset(sys.argv[1], name)
    found[name] = {split: [dict(row) for row in rows] for split, rows in data.items()}
    found[name + " categories"] = repr(data["train"].features)
print(json.dumps(found, default=str, ensure_ascii=False))
"""


@pytest.fixture(scope="module")
def checkout(tmp_path_factory):
    checkout = build_checkout(tmp_path_factory.mktemp("card"))
    publish(checkout.root, README)
    return checkout


def load(folder: Path, cache: Path) -> dict:
    environment = os.environ | {"HF_DATASETS_CACHE": str(cache), "HF_HUB_OFFLINE": "1", "HF_DATASETS_OFFLINE": "1"}
    answer = subprocess.run(
        [sys.executable, "-c", LOAD, str(folder)], capture_output=True, text=True, check=True, env=environment
    )
    return json.loads(answer.stdout)


def test_the_repository_loads_offline_without_the_real_texts(checkout, tmp_path):
    pytest.importorskip("datasets")
    found = load(checkout.root, tmp_path)
    assert {name: list(found[name]) for name in CONFIGS} == {name: ["train", "dev", "test"] for name in CONFIGS}
    rows = found["measures"]["test"]
    assert {row["text"] for row in rows if row["layer"] == "real"} == {None}
    assert [row["text"] for row in rows if row["layer"] == "composed"] == [
        "青堰镇：",
        "渡船明日恢复",
        "乘客上船先测体温",
    ]
    other = load_taxonomy().category_ids.index("other_measure")
    assert [row["categories"] for row in rows if row["layer"] == "composed"] == [[], [], [other]]
    assert {row["date"] for row in rows} == {"2021-12-07"}
    assert "ClassLabel(names=['status_declaration'" in found["measures categories"]
    assert found["entities"]["dev"][0]["entities"][0]["label"] == load_taxonomy().entity_labels.index("VENUE")
    assert found["articles"]["test"][0]["measures"][0]["category"] == other


def test_a_hydrated_folder_loads_the_same_way_with_both_layers(checkout, tmp_path):
    pytest.importorskip("datasets")
    hydrate(checkout.root, tmp_path / "out", checkout.raw)
    rows = load(tmp_path / "out", tmp_path / "cache")["measures"]["test"]
    assert [row["text"] for row in rows if row["layer"] == "real"] == ["青堰镇停课", '老师说"别急"']


def test_a_folder_of_the_real_layer_alone_loads(checkout, tmp_path):
    pytest.importorskip("datasets")
    gold = tmp_path / "real" / "annotations" / "gold"
    gold.mkdir(parents=True)
    for split in ("train", "dev", "test"):
        (gold / f"real-{split}.jsonl").write_bytes(
            (checkout.root / f"annotations/gold/real-{split}.jsonl").read_bytes()
        )
    publish(tmp_path / "real", README)
    found = load(tmp_path / "real", tmp_path / "cache")
    assert {row["text"] for row in found["articles"]["train"]} == {None}


def test_the_version_changes_with_the_data_and_only_then(checkout, tmp_path):
    def versions(root):
        return [config["version"] for config in front_matter(root)["configs"]]

    other = build_checkout(tmp_path)
    publish(other.root, README)
    assert versions(other.root) == versions(checkout.root)
    path = other.root / "annotations/gold/composed-dev.jsonl"
    path.write_text(path.read_text("utf-8").replace("impose", "ease"), "utf-8")
    publish(other.root, README)
    assert versions(other.root)[0] != versions(checkout.root)[0]
    assert versions(other.root)[1] == versions(checkout.root)[1]


def test_the_front_matter_is_yaml(checkout):
    yaml = pytest.importorskip("yaml")
    front = front_matter(checkout.root)
    assert yaml.safe_load(to_yaml(front)) == front
    odd = {"a": ["yes", "1.0", "x: y", "", 3, True, None, "中文", [{"b": [1, {"c": "d"}]}], []]}
    assert yaml.safe_load(to_yaml(odd)) == odd


def test_the_card_is_made_anew_and_leaves_the_rest(checkout):
    readme = (checkout.root / "README.md").read_text("utf-8")
    assert readme.startswith("---\npretty_name: policytext\n")
    assert "\n# policytext\n\nBefore.\n" in readme
    assert readme.endswith(f"{END}\n\nAfter.\n")
    assert "| other_measure | 其他措施 | 9 |" in readme
    assert "language models" in readme
    assert with_card(readme, checkout.root) == readme


def test_without_marks_the_cure_is_named(checkout):
    with pytest.raises(InvalidRecordError, match="put the two marks"):
        with_card("# policytext\n", checkout.root)


def test_agreement_stands_in_the_card_where_it_was_measured(tmp_path):
    root = build_checkout(tmp_path).root
    score = {"value": 0.8125, "low": 0.7, "high": 0.9}
    label = {"label": "testing", "a": 21, "b": 20, "either": 22, "scores": {"kappa": score, "f1": {"value": None}}}
    agreement = {"overall": {"macro_kappa": score}, "categories": [label], "recipe": "data 0123"}
    (root / "annotations" / "agreement.json").write_text(json.dumps(agreement))
    publish(root, README)
    readme = (root / "README.md").read_text("utf-8")
    assert "| macro_kappa | 0.81 (0.70–0.90) |" in readme
    assert "| testing | 21 | 20 | 0.81 (0.70–0.90) | – |" in readme
    assert "Recipe: data 0123" in readme


def test_the_script_notices_drift(checkout, tmp_path, capsys):
    main = runpy.run_path(str(ROOT / "scripts" / "build_card.py"))["main"]
    root = build_checkout(tmp_path).root
    (root / "README.md").write_text(README, "utf-8")
    assert main(root, check=False) == main(root, check=True) == 0
    path = root / "annotations/gold/real-dev.jsonl"
    path.write_text(path.read_text("utf-8").replace("ordered", "reported"), "utf-8")
    assert main(root, check=True) == 1
    out = capsys.readouterr().out
    assert "measures-dev.jsonl: not what the data say" in out
    assert "README.md: not what" in out
