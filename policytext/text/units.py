"""Sentences and clauses by the unit rules of the guidelines (section 1), on the aligned view."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

_LINE_BREAK = "\n\r\v\f\x1c\x1d\x1e\x85\u2028\u2029"
_STOP = "。!?;"
_CLOSERS = "”’\"'」』)〕】》〉]"
# A sentence takes its run of stops and the quotation marks or brackets that close right behind them.
_SENTENCE = re.compile(rf"[^{_STOP}{_LINE_BREAK}]*(?:[{_STOP}]+[{re.escape(_CLOSERS)}]*|[{_LINE_BREAK}]|$)")
_PAIRS = dict(zip("([〔【《〈“‘「『", ")]〕】》〉”’」』", strict=True))
_CLOSING = {close: open_ for open_, close in _PAIRS.items()}
_BRACKET = re.compile("[" + re.escape("".join(_PAIRS) + "".join(_CLOSING) + '"') + "]")
_COMMA = re.compile(r",(?!(?<=\d,)\d)")
_EDGE = " \t" + _LINE_BREAK + _STOP + ","


class Unit(NamedTuple):
    """A stretch of the text: code points, end exclusive; `sentence` is the index of the sentence it lies in."""

    start: int
    end: int
    sentence: int


def _trim(view: str, start: int, end: int) -> tuple[int, int]:
    piece = view[start:end]
    left = len(piece) - len(piece.lstrip(_EDGE))
    right = len(piece.rstrip(_EDGE))
    return start + left, start + max(left, right)


def _has_content(piece: str) -> bool:
    return any(char.isalnum() for char in piece)


def iter_sentences(view: str) -> Iterator[tuple[int, int]]:
    """Yield the (start, end) of each sentence, stops and closing marks included, blanks at its edges not."""
    for match in _SENTENCE.finditer(view):
        start, end = match.span()
        piece = view[start:end]
        stripped = piece.strip()
        if _has_content(stripped):
            left = start + len(piece) - len(piece.lstrip())
            yield left, left + len(stripped)


def _enclosed(sentence: str) -> list[tuple[int, int]]:
    """Return the stretches between matched brackets or quotation marks; an unmatched mark encloses nothing."""
    stack: list[tuple[str, int]] = []
    found = []
    for match in _BRACKET.finditer(sentence):
        mark, here = match.group(), match.start()
        wanted = '"' if mark == '"' else _CLOSING.get(mark)
        depth = next((i for i in range(len(stack) - 1, -1, -1) if stack[i][0] == wanted), None)
        if depth is not None:
            found.append((stack[depth][1], here))
            del stack[depth:]
        elif mark in _PAIRS or mark == '"':
            stack.append((mark, here))
    return found


def _cuts(sentence: str) -> list[int]:
    commas = [match.start() for match in _COMMA.finditer(sentence)]
    if not commas:
        return []
    enclosed = _enclosed(sentence)
    return [at for at in commas if not any(start < at < end for start, end in enclosed)]


def iter_clauses(view: str) -> Iterator[Unit]:
    """Yield the clauses of the text: pieces of a sentence cut at commas outside brackets, quotes and numbers.

    A clause has neither blanks, commas nor stops at its edges; what holds no letter or digit is no clause.
    """
    for number, (start, end) in enumerate(iter_sentences(view)):
        edges = [start - 1, *(start + cut for cut in _cuts(view[start:end])), end]
        for left, right in pairwise(edges):
            unit = Unit(*_trim(view, left + 1, right), number)
            if _has_content(view[unit.start : unit.end]):
                yield unit
