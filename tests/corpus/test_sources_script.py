import json
import runpy
import sys
from pathlib import Path

import pytest

from policytext.corpus.files import SOURCES
from policytext.corpus.sources import read_sources
from policytext.corpus.validate import validate
from policytext.records import text_hash

SCRIPT = Path(__file__).parents[2] / "scripts" / "build_sources.py"


def row(name, text, **more):
    about = {"kind": "news", "script": "Hans", "source_repo": "o/r", "commit": "c", "path": "p", "locator": {"line": 1}}
    return {"id": name, "text": text, "sha256": text_hash(text), "date": "2020-02-01", **about, **more}


def build(tmp_path, monkeypatch, rows):
    (tmp_path / "rows.jsonl").write_text("\n".join(json.dumps(item) for item in rows), "utf-8")
    (tmp_path / "splits.json").write_text(json.dumps({"n-2": "dev", "n-1": "dev", "own-1": "train"}), "utf-8")
    (tmp_path / "groups.json").write_text(json.dumps({"n-1": "left-out", "n-2": "left-out", "own-1": "own-1"}), "utf-8")
    options = [f"--{name}={tmp_path / name}.json" for name in ("splits", "groups")]
    arguments = [tmp_path / "rows.jsonl", *options, "--supplied", "own-", "--root", tmp_path]
    monkeypatch.setattr(sys, "argv", ["build_sources.py", *map(str, arguments)])
    return runpy.run_path(str(SCRIPT))["main"]()


def test_the_register_is_sorted_named_by_its_own_members_and_takes_the_last_row(tmp_path, monkeypatch):
    rows = [row("n-1", "旧"), row("n-2", "望榆区"), row("n-1", "新"), row("own-1", "栖川市", date=None), row("x", "不")]
    assert build(tmp_path, monkeypatch, rows) == 0
    first, second, own = read_sources(tmp_path / SOURCES)
    assert [first.id, second.id, own.id] == ["n-1", "n-2", "own-1"]
    assert (first.sha256, first.length, first.locator, first.period) == (text_hash("新"), 1, '{"line":1}', "2020-01/02")
    assert (first.group, second.group, first.supplied, own.supplied, own.date) == ("n-1", "n-1", "", "user", "")
    assert validate(tmp_path) == []


def test_a_text_that_has_another_hash_is_refused(tmp_path, monkeypatch):
    rows = [row("n-1", "新", sha256="0" * 64), row("n-2", "望榆区"), row("own-1", "栖川市")]
    with pytest.raises(SystemExit, match="do not fit: n-1"):
        build(tmp_path, monkeypatch, rows)
