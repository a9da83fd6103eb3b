"""CoNLL: a token a line with its entity tag, sentences apart by an empty line."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from itertools import pairwise

from policytext.records import Annotation
from policytext.text.tokens import tokenize


def _cut_words(annotation: Annotation, edges: set[int]) -> Iterator[tuple[int, int]]:
    text, start = annotation.text or "", 0
    for word in tokenize(text):
        end = start + len(word)
        places = [start, *sorted(edge for edge in edges if start < edge < end), end]
        yield from pairwise(places)
        start = end


def to_conll(annotation: Annotation) -> str:
    """Return `FORM<TAB>START<TAB>END<TAB>BIO` lines, offsets in code points; tokens are cut at entity edges.

    Of nested entities the outermost is shown; blanks are no tokens; measures stand as comments before the clause.
    """
    text = annotation.text or ""
    flat = _outermost(annotation)
    edges = {edge for start, end, _ in flat for edge in (start, end)} | {c.start for c in annotation.clauses}
    opening = {sentence.start for sentence in annotation.sentences}
    measures: dict[int, list[str]] = {}
    for m in annotation.measures:
        measures.setdefault(m.start, []).append(f"# measure = {m.category} {m.polarity} {m.force} {m.realis}")
    lines = [f"# newdoc id = {annotation.id}"]
    for start, end in _cut_words(annotation, edges):
        if start in opening and len(lines) > 1:
            lines.append("")
        lines += measures.get(start, [])
        if text[start:end].strip():
            lines.append(f"{text[start:end]}\t{start}\t{end}\t{_tag(flat, start)}")
    return "\n".join(lines) + "\n\n"


def _outermost(annotation: Annotation) -> list[tuple[int, int, str]]:
    flat: list[tuple[int, int, str]] = []
    for entity in sorted(annotation.entities, key=lambda e: (e.start, -e.end)):
        if not flat or entity.start >= flat[-1][1]:
            flat.append((entity.start, entity.end, entity.label))
    return flat


def _tag(flat: list[tuple[int, int, str]], start: int) -> str:
    place = bisect_right(flat, start, key=lambda span: span[0]) - 1
    if place < 0 or start >= flat[place][1]:
        return "O"
    first, _, label = flat[place]
    return f"{'B' if start == first else 'I'}-{label}"
