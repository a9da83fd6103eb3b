"""What the entity network sees of a text: its characters, their n-grams, and what the finders found."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Any

import numpy as np
import numpy.typing as npt

from policytext.tagging.areas import find_areas
from policytext.tagging.names import find_bodies, find_persons, find_places, find_titles
from policytext.text.dates import find_dates
from policytext.text.layout import Layout
from policytext.text.quantities import find_counts, find_durations

IntArray = npt.NDArray[np.int64]
FloatArray = npt.NDArray[np.float32]

# Buckets of the hashed bigrams and trigrams; chosen by the size of the model folder.
BUCKETS = 1 << 14
# Character classes that share one row each; listed characters follow.
UNKNOWN, DIGIT, LATIN, BLANK = 0, 1, 2, 3
_FIRST_LISTED = 4
_FINDERS = (find_areas, find_dates, find_durations, find_counts)
_NAME_FINDERS = (find_places, find_bodies, find_persons, find_titles)
# What the word list knows: labels, and endings of names. Two layers, for a name's ending may be a word of its own.
_WORD_KINDS = (
    "POPULATION",
    "VENUE",
    "GOODS",
    "POSITION",
    "LEVEL",
    "PERSON",
    "SUFFIX_ORG",
    "SUFFIX_PLACE",
    "SUFFIX_DOC",
)
# Flag 0: found by none; then for each finder or word kind: first, inner and last character.
FLAGS = 1 + 3 * (len(_FINDERS) + len(_NAME_FINDERS) + len(_WORD_KINDS))
# Odd multipliers (golden ratio and its kin) that spread neighbouring ids over the buckets.
_MIX = (2654435761, 2246822519, 3266489917)


@dataclass(frozen=True)
class Features:
    """Arrays over the characters of one text: rows of the tables of the network, by the table's name.

    `flags`: what the finders of places, dates, durations and numbers found; `words`: what the word list knows;
    `names`: what has the form of a title, a person's, a body's or a place's name.
    """

    chars: IntArray
    bigrams: IntArray
    trigrams: IntArray
    flags: IntArray
    words: IntArray
    names: IntArray


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


@lru_cache(maxsize=1)
def _word_matcher() -> tuple[Any, list[int]]:
    """Return the automaton of the word list and the kind (its flag base) of each of its words."""
    from ahocorasick_rs import AhoCorasick, MatchKind

    rows = files("policytext.data").joinpath("entity_words.tsv").read_text("utf-8").splitlines()
    pairs = [row.split("\t") for row in rows if row and not row.startswith("#")]
    kinds = {kind: 3 * (len(_FINDERS) + number) for number, kind in enumerate(_WORD_KINDS)}
    words = {word: kinds[kind] for kind, listed in reversed(pairs) for word in listed.split()}
    return AhoCorasick(list(words), matchkind=MatchKind.LeftmostLongest), list(words.values())


def _mark(flags: IntArray, start: int, end: int, base: int) -> None:
    flags[start:end] = base + 2
    flags[start] = base + 1
    flags[end - 1] = base + 3 if end - start > 1 else base + 1


def _flags(view: str) -> tuple[IntArray, IntArray, IntArray]:
    """Return for each character what the finders found, what the word list knows, and what has the form of a name."""
    found, known, named = (np.zeros(len(view), np.int64) for _ in range(3))
    for number, name_finder in enumerate(_NAME_FINDERS):
        for start, end in name_finder(view):
            _mark(named, start, end, 3 * number)
    for number, finder in enumerate(_FINDERS):
        for start, end in finder(view):
            _mark(found, start, end, 3 * number)
    matcher, kinds = _word_matcher()
    for word, start, end in matcher.find_matches_as_indexes(view.lower() if len(view.lower()) == len(view) else view):
        _mark(known, start, end, kinds[word])
    return found, known, named


def extract_features(layout: Layout) -> Features:
    """Return the features of a text."""
    chars = _characters(layout.view)
    following = np.append(chars[1:], 0) if len(chars) else chars
    second = np.append(following[1:], 0) if len(chars) else chars
    mixed = chars * _MIX[0] + following * _MIX[1]
    flags, words, names = _flags(layout.view)
    return Features(
        chars=chars,
        bigrams=(mixed >> 7) & (BUCKETS - 1),
        trigrams=((mixed + second * _MIX[2]) >> 9) & (BUCKETS - 1),
        flags=flags,
        words=words,
        names=names,
    )
