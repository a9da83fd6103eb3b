"""jieba's words of a text, by the aligned view, with the domain dictionary; joined, they are the text again."""

from __future__ import annotations

from functools import lru_cache
from importlib.resources import files
from itertools import pairwise
from typing import Any

from policytext.text.view import aligned_view

# High enough that jieba keeps every listed word whole; found by tagging each word in a sentence of its own.
_FREQUENCY = 50_000


@lru_cache(maxsize=1)
def domain_words() -> tuple[str, ...]:
    """Return the words of epidemic policy that jieba's own dictionary lacks, Simplified."""
    lines = files("policytext.data").joinpath("words.txt").read_text("utf-8").splitlines()
    return tuple(line for line in lines if line and not line.startswith("#"))


@lru_cache(maxsize=1)
def _segmenter() -> Any:
    from rjieba import Jieba

    segmenter = Jieba()
    for word in domain_words():
        segmenter.add_word(word, _FREQUENCY, "n")
    return segmenter


def _split_dashes(words: list[str]) -> list[str]:
    # The one place where the Rust port differs from jieba: it keeps 0-24 whole, jieba cuts at the dash.
    if not any("-" in word and len(word) > 1 for word in words):
        return words
    cut: list[str] = []
    for word in words:
        if "-" in word and len(word) > 1:
            head, *tail = word.split("-")
            cut += [piece for part in ([head], *(["-", piece] for piece in tail)) for piece in part if piece]
        else:
            cut.append(word)
    return cut


def segment_view(view: str) -> list[str]:
    """Return the words of an aligned view; their concatenation is the view."""
    return _split_dashes(_segmenter().cut(view))


def tokenize(text: str) -> list[str]:
    """Return the words of `text` as it was received; their concatenation is the text."""
    words = segment_view(aligned_view(text))
    ends = [0]
    for word in words:
        ends.append(ends[-1] + len(word))
    return [text[start:end] for start, end in pairwise(ends)]
