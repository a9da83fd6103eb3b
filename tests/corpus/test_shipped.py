"""What the repository ships, seen against the real texts that must not be in it."""

import json
import re
import subprocess
from pathlib import Path

import pytest

from policytext.corpus.files import read_lines
from policytext.corpus.hydrate import hydrate
from policytext.corpus.readers import READERS
from policytext.corpus.sources import read_sources
from policytext.corpus.validate import validate

ROOT = Path(__file__).parents[2]
SHARED = ROOT / ".." / "shared"
REALTEXT = SHARED / "realtext"
# Twelve characters hold a name or a fixed phrase of the genre at most, seldom a sentence's own words.
SHINGLE = 12
# Formulae of the genre that nobody wrote: standing names of bodies and laws, a threat of sanction, one set phrase.
# All 30 shingles that the composed layer shares with the real texts lie in these (looked through one by one).
FORMULAE = (
    "(?:应对)?(?:新冠肺炎)?疫情(?:防控|联防联控)?(?:工作)?(?:领导小组|領導小組|指挥部|指揮部)(?:办公室|辦公室)?",
    "现就有关事项通[知告]如下",
    "人力资源和社会保障局",
    "中华人民共和国(?:治安管理处罚法|传染病防治法)",
    "价格违法行为行政处罚规定",
    "全面恢复正常生产生活秩序",
    "拒不配合的，由公安机关依法",
)

pytestmark = [
    pytest.mark.realtext,
    pytest.mark.skipif(not REALTEXT.is_dir(), reason="the folder of real texts is not beside the checkout"),
]


def shingles(text: str) -> set[str]:
    """Shingles of the stretches of Chinese characters and wide punctuation."""
    runs = "".join(char if "\u3400" <= char <= "\U0003ffff" else " " for char in text).split()
    return {run[i : i + SHINGLE] for run in runs for i in range(len(run) - SHINGLE + 1)}


def own_words(text: str) -> str:
    return re.sub("|".join(FORMULAE), " ", text)


def real_texts() -> list[str]:
    rows = [json.loads(line) for file in REALTEXT.glob("*.jsonl") for _, line in read_lines(file)]
    return [row["text"] for row in rows] + [path.read_text("utf-8") for path in (SHARED / "seed").rglob("*.txt")]


def tracked_files() -> list[Path]:
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True)  # noqa: S607
    return [ROOT / name for name in listed.stdout.decode().split("\0") if name and (ROOT / name).is_file()]


def test_no_tracked_file_holds_a_stretch_of_a_real_text():
    real = set().union(*map(shingles, real_texts()))
    assert len(real) > 100_000
    held = {
        str(path.relative_to(ROOT)): sorted(found)[:3]
        for path in tracked_files()
        if (found := shingles(own_words(path.read_bytes().decode("utf-8", "replace"))) & real)
    }
    assert held == {}


needs_gold = pytest.mark.skipif(not (ROOT / "corpus" / "sources.csv").exists(), reason="no real layer is shipped yet")


@needs_gold
def test_the_real_layer_comes_out_hash_for_hash_from_its_sources(tmp_path):
    sources = read_sources(ROOT / "corpus" / "sources.csv")
    raw = REALTEXT / "sources"
    public = [s for s in sources if not s.supplied and s.source_repo in READERS and (raw / s.file).is_file()]
    done = hydrate(ROOT, tmp_path, raw)
    assert len(public) > 500
    assert not {source.id for source in public} & {name for name, _ in done.missing}


@needs_gold
def test_the_whole_layer_is_found_by_hash_and_no_near_duplicate_stands_in_two_splits(tmp_path):
    done = hydrate(ROOT, tmp_path, SHARED)
    assert done.missing == []
    assert [str(finding) for finding in validate(tmp_path) if finding.severity == "error"] == []
