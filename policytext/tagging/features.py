"""What the network sees of a text: its characters, their n-grams, what the finders found, and each clause's place."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import get_args

import numpy as np
import numpy.typing as npt

from policytext.records import SentenceKind
from policytext.tagging.areas import find_areas
from policytext.text.dates import find_dates
from policytext.text.layout import Layout
from policytext.text.quantities import find_counts, find_durations

IntArray = npt.NDArray[np.int64]
FloatArray = npt.NDArray[np.float32]

# Buckets of the hashed bigrams and trigrams; 2^14 and 2^15 scored alike on dev, the smaller table ships.
BUCKETS = 1 << 14
# Character classes that share one row each; listed characters follow.
UNKNOWN, DIGIT, LATIN, BLANK = 0, 1, 2, 3
_FIRST_LISTED = 4
_FINDERS = (find_areas, find_dates, find_durations, find_counts)
# Flag 0: found by none; then for each finder: first character, later character.
FLAGS = 1 + 2 * len(_FINDERS)
SENTENCE_KINDS: tuple[str, ...] = get_args(SentenceKind)
CLAUSE_FEATURES = len(SENTENCE_KINDS) + 8
# Odd multipliers (golden ratio and its kin) that spread neighbouring ids over the buckets.
_MIX = (2654435761, 2246822519, 3266489917)


@dataclass(frozen=True)
class Features:
    """Arrays over the characters of one text (`chars`, `bigrams`, `trigrams`, `flags`) and over its clauses.

    `starts`, `ends`: clause offsets; `sentences`: each clause's sentence; `clauses`: (clauses, CLAUSE_FEATURES).
    """

    chars: IntArray
    bigrams: IntArray
    trigrams: IntArray
    flags: IntArray
    starts: IntArray
    ends: IntArray
    sentences: IntArray
    clauses: FloatArray


@lru_cache(maxsize=1)
def _char_rows() -> IntArray:
    """Return the table from code point to embedding row; the last entry stands for all code points beyond it."""
    listed = files("policytext.data").joinpath("characters.txt").read_text("utf-8").strip()
    rows = np.zeros(0x20001, np.int64)
    rows[[ord(char) for char in listed]] = np.arange(len(listed)) + _FIRST_LISTED
    rows[ord("0") : ord("9") + 1] = DIGIT
    rows[ord("a") : ord("z") + 1] = LATIN
    rows[ord("A") : ord("Z") + 1] = LATIN
    rows[[ord(char) for char in " \t\n\r\f\v\x85\u2028\u2029"]] = BLANK
    return rows


def character_count() -> int:
    """Return the number of rows of the character table."""
    return int(_char_rows().max()) + 1


def _characters(view: str) -> IntArray:
    rows = _char_rows()
    points = np.frombuffer(view.encode("utf-32-le", "surrogatepass"), np.uint32)
    return rows[np.minimum(points, len(rows) - 1)]


def _flags(view: str) -> IntArray:
    flags = np.zeros(len(view), np.int64)
    for number, finder in enumerate(_FINDERS):
        for start, end in finder(view):
            flags[start:end] = 2 + 2 * number
            flags[start] = 1 + 2 * number
    return flags


def _clause_features(layout: Layout) -> FloatArray:
    clauses, kinds = layout.clauses, layout.sentence_kinds
    count = len(clauses)
    features = np.zeros((count, CLAUSE_FEATURES), np.float32)
    notices = [notice[:2] for notice in layout.notices]
    base = len(SENTENCE_KINDS)
    for number, (start, end, sentence) in enumerate(clauses):
        row = features[number]
        row[SENTENCE_KINDS.index(kinds[sentence])] = 1
        row[base] = number == 0 or clauses[number - 1].sentence != sentence
        row[base + 1] = number + 1 == count or clauses[number + 1].sentence != sentence
        row[base + 2] = any(first <= start < last for first, last in notices)
        row[base + 3] = min(1.0, (end - start) / 30)
        row[base + 4] = number < 3
        row[base + 5] = number / count
        row[base + 6] = min(1.0, count / 60)
        row[base + 7] = layout.view[end : end + 1] in {"。", ";"}
    return features


def extract_features(layout: Layout) -> Features:
    """Return the features of a text."""
    chars = _characters(layout.view)
    following = np.append(chars[1:], 0) if len(chars) else chars
    second = np.append(following[1:], 0) if len(chars) else chars
    mixed = chars * _MIX[0] + following * _MIX[1]
    spans = np.array(layout.clauses, np.int64).reshape(-1, 3)
    return Features(
        chars=chars,
        bigrams=(mixed >> 7) & (BUCKETS - 1),
        trigrams=((mixed + second * _MIX[2]) >> 9) & (BUCKETS - 1),
        flags=_flags(layout.view),
        starts=spans[:, 0],
        ends=spans[:, 1],
        sentences=spans[:, 2],
        clauses=_clause_features(layout),
    )
