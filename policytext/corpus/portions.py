"""Portions: whole documents as numbered clauses, the form in which an annotator reads them.

A portion is plain text: `##DOC id | date | title`, then a line `n<TAB>clause` for each clause from 1, an empty line
between sentences and behind each document. Runs of blanks and line breaks inside a clause are folded to one blank.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from policytext.records import Article
from policytext.text.layout import Layout, read_layout

HEAD = "##DOC "
_TITLE_LENGTH = 80
_NAMED = 5
_WORD = re.compile(r"\S+")


class Folded(NamedTuple):
    """A piece of text with its runs of blanks folded; `places` says where each character stands in the piece."""

    text: str
    places: tuple[int, ...]

    def unfold(self, start: int, end: int) -> tuple[int, int]:
        """Return the span of the piece that the span (start, end) of the folded text was made from."""
        return self.places[start], self.places[end - 1] + 1


def fold_blanks(piece: str) -> Folded:
    """Return `piece` with each run of white space as one blank, and none at its edges."""
    chars: list[str] = []
    places: list[int] = []
    for word in _WORD.finditer(piece):
        if places:
            chars.append(" ")
            places.append(word.start() - 1)
        chars.extend(word.group())
        places.extend(range(*word.span()))
    return Folded("".join(chars), tuple(places))


def folded_clauses(layout: Layout) -> dict[int, str]:
    """Return the clauses as they stand in a portion, by their numbers from 1."""
    pieces = (layout.text[unit.start : unit.end] for unit in layout.clauses)
    return {number: fold_blanks(piece).text for number, piece in enumerate(pieces, 1)}


def render(article: Article) -> str:
    """Return the article as part of a portion."""
    title = fold_blanks((article.title or "")[:_TITLE_LENGTH]).text
    return f"{HEAD}{article.id} | {article.date or '-'} | {title}\n" + "".join(_lines(read_layout(article.text))) + "\n"


def _lines(layout: Layout) -> Iterator[str]:
    before = None
    for unit, (number, clause) in zip(layout.clauses, folded_clauses(layout).items(), strict=True):
        gap = "\n" if before not in {None, unit.sentence} else ""
        yield f"{gap}{number}\t{clause}\n"
        before = unit.sentence


def document_id(line: str) -> str:
    """Return the id that a `##DOC` line names."""
    return line.removeprefix(HEAD).split(" | ")[0].strip()


def read_portion(text: str) -> dict[str, dict[int, str]]:
    """Return {document id: {clause number: clause}} of a portion; what stands behind a second TAB is left out."""
    documents: dict[str, dict[int, str]] = {}
    clauses: dict[int, str] = {}
    for line in text.split("\n"):
        if line.startswith(HEAD):
            clauses = documents.setdefault(document_id(line), {})
        elif line.strip():
            number, clause = line.split("\t")[:2]
            clauses[int(number)] = clause
    return documents


def name_documents(ids: Sequence[str]) -> str:
    """Return the ids for a line of findings: the first few, then how many more."""
    more = f" and {len(ids) - _NAMED} more" if len(ids) > _NAMED else ""
    return ", ".join(ids[:_NAMED]) + more


def pack(sizes: Mapping[str, int], size: int) -> list[list[str]]:
    """Return the ids in portions of about `size` clauses each, in their order; `sizes` are the documents' clauses.

    The portions come out about equal: the whole is shared out over the number of portions nearest to the wish.
    """
    total = sum(sizes.values())
    target = total / max(1, round(total / size))
    portions: list[list[str]] = []
    held = target  # the first document opens a portion
    for key, clauses in sizes.items():
        if held + clauses / 2 > target:
            portions.append([])
            held = 0
        portions[-1].append(key)
        held += clauses
    return portions
