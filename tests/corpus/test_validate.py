import copy
import json
from functools import reduce
from pathlib import Path

import pytest

from policytext.commands.validate import list_checks, run_validate
from policytext.corpus.checks import CHECKS
from policytext.corpus.hydrate import hydrate
from policytext.corpus.schema import schema_files
from policytext.corpus.validate import validate
from policytext.errors import UnreadableInputError

from .checkout import build_checkout

ROOT = Path(__file__).parents[2]
INVALID = ROOT / "tests" / "invalid"
EXAMPLES = {path.stem: path for path in INVALID.iterdir()}


def test_each_check_has_an_invalid_example_and_each_example_a_check():
    assert sorted(EXAMPLES) == sorted(CHECKS)


@pytest.mark.parametrize("name", sorted(CHECKS))
def test_a_check_finds_its_example_and_nothing_else(name):
    findings = validate(EXAMPLES[name])
    assert [(finding.check, finding.severity) for finding in findings] == [(name, CHECKS[name].severity)]
    assert "\n" not in str(findings[0])


@pytest.mark.parametrize("check", CHECKS.values(), ids=CHECKS)
def test_a_check_says_what_it_holds_and_the_cure(check):
    assert check.what.endswith(".")
    assert check.cure
    assert check.level in {"file", "record", "span", "label", "cross", "split"}
    assert f"{check.id} ({check.level}, {check.severity}): {check.what}" in list_checks()


def test_a_finding_has_file_line_and_both_readings():
    path = EXAMPLES["span-quote"]
    assert str(validate(path)[0]) == f"{path}:1: span-quote: span 0-6 reads '全市暂停堂食', record says '全市停运堂食'"


def test_a_whole_checkout_is_clean_and_its_hydration_too(tmp_path):
    checkout = build_checkout(tmp_path)
    text, code = run_validate(checkout.root)
    assert (text, code) == (f"8 files, {len(CHECKS)} checks: 0 errors, 0 warnings", 0)
    hydrate(checkout.root, tmp_path / "out", checkout.raw)
    assert run_validate(tmp_path / "out")[1] == 0


def test_all_findings_are_collected_in_order(tmp_path):
    good = json.loads(EXAMPLES["span-quote"].read_text("utf-8"))
    worse = good | {"id": "b", "date": "7.12."}
    (tmp_path / "x.jsonl").write_text(f"{json.dumps(good)}\nnothing\n{json.dumps(worse)}", "utf-8")
    text, code = run_validate(tmp_path)
    assert code == 1
    names = [line.split(": ")[:2] for line in text.split("\n") if line.startswith(str(tmp_path))]
    assert [(place.rsplit(":", 1)[-1], name) for place, name in names] == [
        ("1", "span-quote"), ("2", "json"), ("3", "trailing-newline"), ("3", "span-quote"), ("3", "date-iso"),
    ]  # fmt: skip
    assert "To mend it: mend the offsets or the quote." in text
    assert text.endswith("5 errors, 0 warnings")


def test_a_warning_does_not_fail():
    assert run_validate(EXAMPLES["line-break"])[1] == 0


def test_characters_beyond_the_bmp_count_once(tmp_path):
    row = {"id": "a", "text": "𠀀村停课", "clauses": [{"start": 0, "end": 4, "sentence": 0}]}
    (tmp_path / "a.jsonl").write_text(json.dumps(row) + "\n", "utf-8")
    assert validate(tmp_path) == []
    row["clauses"][0]["end"] = 5
    (tmp_path / "a.jsonl").write_text(json.dumps(row) + "\n", "utf-8")
    assert [finding.check for finding in validate(tmp_path)] == ["span-bounds"]


@pytest.mark.parametrize("span", [{}, {"start": "x", "end": None}, None, 3])
def test_broken_records_are_reported_not_raised(tmp_path, span):
    row = {"id": 7, "text": None, "sha256": "x", "measures": [span], "entities": span, "source": [], "date": 3}
    (tmp_path / "a.jsonl").write_text(json.dumps(row) + "\n", "utf-8")
    assert {finding.check for finding in validate(tmp_path)} == {"schema"}


def _places(value, path=()):
    """Every place in a JSON value, as the keys that lead there."""
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, item in items:
        yield (*path, key)
        yield from _places(item, (*path, key))


_ROW = {
    **json.loads(EXAMPLES["clause-in-sentence"].read_text("utf-8")),
    "sha256": "0" * 64,
    "sections": [{"start": 0, "end": 9, "kind": "notice", "title": "甲", "date": "2021-12-07"}],
    "layers": ["measures", "entities"],
    "source": {"layer": "real", "script": "Hans", "split": "dev", "group": "g", "genre": "news"},
}
_ROW["entities"][0]["value"] = {
    "start": "2021-12-06",
    "end": "2021-12-07",
    "adcode": "330211",
    "candidates": ["330212"],
}
_JUNK = (None, True, -1, 10**9, 0.5, "", "x", [], ["x"], [[]], {}, {"x": []}, [None], [{"start": 0, "end": 1}])


@pytest.mark.parametrize("junk", _JUNK, ids=repr)
def test_whatever_stands_in_a_row_is_reported_not_raised(tmp_path, junk):
    rows = []
    for *way, last in _places(_ROW):
        row = copy.deepcopy(_ROW)
        reduce(lambda value, key: value[key], way, row)[last] = junk
        rows.append(row)
    assert len(rows) > 60
    (tmp_path / "x-train.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    assert all("\n" not in str(finding) for finding in validate(tmp_path))


def test_nothing_to_check_is_an_error_of_one_line(tmp_path):
    with pytest.raises(UnreadableInputError, match="holds no data files"):
        validate(tmp_path)
    with pytest.raises(UnreadableInputError, match="no such file or folder"):
        validate(tmp_path / "nothing")


def test_what_is_shipped_is_clean():
    findings = [str(finding) for finding in validate(ROOT) if finding.severity == "error"]
    assert findings == []


@pytest.mark.parametrize("name", schema_files())
def test_the_written_schemas_are_those_of_the_models(name):
    assert (ROOT / "annotations" / "schema" / name).read_text("utf-8") == schema_files()[name]
