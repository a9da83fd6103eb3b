"""The cue lexicon: patterns that name a category, and words that show polarity, force and realis.

A baseline by itself, a source of features for the trained model, and what `--explain` can name.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import lru_cache
from importlib.resources import files

import numpy as np
import numpy.typing as npt

from policytext.text.layout import Layout


@lru_cache(maxsize=1)
def category_cues() -> dict[str, re.Pattern[str]]:
    """Return one pattern per category, to be searched in the aligned view of a clause."""
    text = files("policytext.data").joinpath("cues.tsv").read_text("utf-8")
    rows = [line.split("\t") for line in text.splitlines() if line and not line.startswith("#")]
    return {category: re.compile(pattern) for category, pattern in rows}


POLARITY_CUES = {
    "ease": re.compile(
        r"恢复|解除|取消(?!.{0,6}(?:活动|聚|会|展|演|赛|航班|班次))|重新开放|有序开放|复工|复产|复学|复课|开学(?!时间)|正常(?:营业|开放|运营|经营)"
        r"|不再|下调|调整为(?:低|中)|降(?:为|至|级)|终止|撤销|放开|免于|无需|不需|不得擅自|严禁(?:擅自|随意)|开通绿色通道|允许|简化"
    ),
    "maintain": re.compile(
        r"继续|仍|依然|暂不(?:恢复|开放|复)|暂缓(?:恢复|开)|延长|保持|持续|坚持|尚(?:在|未)|不得(?:复工|开学|开业)"
    ),
}
FORCE_CUES = {
    "permitted": re.compile(
        r"可(?!能|以?说|疑)(?:以|正常|凭|在|由|通过|适当|自行|向|继续)?|允许|正常营业|不受限制|无需|不需|不再(?:要求|需要|查验)"
    ),
    "recommended": re.compile(
        r"建议|提倡|鼓励|尽量|尽可能|呼吁|倡议|提醒|非必要不|希望|倡导|请|最好|原则上不|注意|尽早"
    ),
}
REALIS_CUES = {
    "called_for": re.compile(r"强调|指出|要求(?!如下)|呼吁|倡议|希望|提醒|建议|表示|指示"),
    "reported": re.compile(
        r"(?<!不)已(?!经?确诊)|目前|正在|截至|累计|了(?:$|\d|一|两|多)|先后|昨[日天]|连夜|共(?:有|计|派|发|筹)|近日|均|开展了|组织了|第一时间"
    ),
}


def cue_features(layout: Layout) -> npt.NDArray[np.float32]:
    """Return (clauses, categories): 1 where a category's cue stands in the clause."""
    features = np.zeros((len(layout.clauses), len(category_cues())), np.float32)
    for column, pattern in enumerate(category_cues().values()):
        for match in pattern.finditer(layout.view):
            row = bisect_right(layout.clauses, match.start(), key=lambda unit: unit.start) - 1
            if row >= 0 and match.end() <= layout.clauses[row].end:
                features[row, column] = 1
    return features


def matching_categories(clause: str) -> dict[str, str]:
    """Return the categories whose cues stand in a clause of the aligned view, each with the words that matched."""
    found = ((category, pattern.search(clause)) for category, pattern in category_cues().items())
    return {category: match.group() for category, match in found if match}


def cue_attributes(clause: str, sentence: str) -> dict[str, str]:
    """Return polarity, force and realis as the cue words of a clause and its sentence (aligned view) suggest."""
    polarity = next((value for value, cue in POLARITY_CUES.items() if cue.search(clause)), "impose")
    force = next((value for value, cue in FORCE_CUES.items() if cue.search(clause)), "mandatory")
    realis = next((value for value, cue in REALIS_CUES.items() if cue.search(sentence)), "ordered")
    return {"polarity": polarity, "force": force, "realis": realis}
