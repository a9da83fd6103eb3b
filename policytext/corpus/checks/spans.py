"""Checks of spans: where they lie, what they quote, and how they lie to each other."""
# ruff: noqa: D401 -- the docstring of a check is the rule it holds

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations, pairwise
from typing import Any

from policytext.corpus.checks.registry import Row, register_row
from policytext.records import quote_hash

_EDGE_MARKS = " \t\n\u3000\xa0，。、；：！？,;:!?"
# Section 5 of the guidelines: which label may lie inside which.
_NESTED = {("ADMIN", "ORG"), ("ADMIN", "DOC"), ("ADMIN", "PLACE"), ("ORG", "DOC")}


def name(span: dict[str, Any]) -> str:
    """Return how a finding speaks of a span."""
    return f"{span.get('label') or span.get('category') or 'span'} {span['start']}-{span['end']}"


def _fits(span: dict[str, Any], text: str | None) -> bool:
    return 0 <= span["start"] < span["end"] and (text is None or span["end"] <= len(text))


def _reading(row: Row, span: dict[str, Any]) -> str | None:
    """Return what stands at the span: by the text if there is one, else by the span's own quote."""
    if row.text is None:
        quote = span.get("quote")
        return quote if isinstance(quote, str) else None
    return row.text[span["start"] : span["end"]] if _fits(span, row.text) else None


@register_row("span-bounds", "span", "offsets are code points, end exclusive: 0 <= start < end <= length of the text")
def span_bounds(row: Row) -> Iterator[str]:
    """A span lies in the text and is not empty."""
    for span in row.spans():
        if not _fits(span, row.text):
            behind = "" if row.text is None else f" in a text of {len(row.text)}"
            yield f"{name(span)} is no stretch{behind}"


@register_row("span-quote", "span", "mend the offsets or the quote")
def span_quote(row: Row) -> Iterator[str]:
    """A quote is what the text reads at the span."""
    for span in row.spans("entities", "measures"):
        reading, quote = _reading(row, span), span.get("quote")
        if reading is not None and isinstance(quote, str) and reading != quote:
            yield f"span {span['start']}-{span['end']} reads {reading!r}, record says {quote!r}"


@register_row("span-hash", "span", "mend the offsets or the hash (first 12 digits of the quote's SHA-256)")
def span_hash(row: Row) -> Iterator[str]:
    """A hash is that of what the text reads at the span."""
    for span in row.spans("entities", "measures"):
        reading, recorded = _reading(row, span), span.get("hash")
        if reading is not None and isinstance(recorded, str) and quote_hash(reading) != recorded:
            yield f"{name(span)} hashes to {quote_hash(reading)}, record says {recorded}"


@register_row("quote-or-hash", "span", "give each entity and measure its quote, or the hash of it")
def quote_or_hash(row: Row) -> Iterator[str]:
    """An entity or measure has its quote or the hash of it."""
    for span in row.spans("entities", "measures"):
        if span.get("quote") is None and span.get("hash") is None:
            yield f"{name(span)} has neither quote nor hash"


@register_row("entity-edge-blank", "span", "leave blanks and stops out of the span")
def entity_edge_blank(row: Row) -> Iterator[str]:
    """An entity has no blank, comma or stop at its edges."""
    for span in row.spans("entities"):
        reading = _reading(row, span)
        if reading and reading != reading.strip(_EDGE_MARKS):
            yield f"{name(span)} has a blank or stop at its edge: {reading!r}"


@register_row("entity-nesting", "span", "nest only ADMIN in ORG, DOC or PLACE, and ORG in DOC")
def entity_nesting(row: Row) -> Iterator[str]:
    """Entities nest as the guidelines allow and never cross."""
    for a, b in combinations(sorted(row.spans("entities"), key=lambda span: (span["start"], -span["end"])), 2):
        if b["start"] >= a["end"] or (a["start"], a["end"]) == (b["start"], b["end"]):
            continue
        if b["end"] > a["end"]:
            yield f"{name(a)} and {name(b)} cross"
        elif (b.get("label"), a.get("label")) not in _NESTED:
            yield f"{name(b)} lies inside {name(a)}"


@register_row("clause-order", "span", "list the clauses from left to right, without overlap")
def clause_order(row: Row) -> Iterator[str]:
    """Clauses follow each other without overlap, and so do the indices of their sentences."""
    for a, b in pairwise(row.spans("clauses")):
        if b["start"] < a["end"]:
            yield f"clause {b['start']}-{b['end']} stands behind {a['start']}-{a['end']} and begins before its end"
        elif b.get("sentence", 0) < a.get("sentence", 0):
            yield f"clause {b['start']}-{b['end']} goes back to sentence {b['sentence']}"


@register_row("measure-is-clause", "span", "give the measure the offsets of its clause")
def measure_is_clause(row: Row) -> Iterator[str]:
    """The span of a measure is a clause of its document."""
    clauses = {(span["start"], span["end"]) for span in row.spans("clauses")}
    for span in row.spans("measures"):
        if (span["start"], span["end"]) not in clauses:
            yield f"{name(span)} is no clause"


@register_row("clause-in-sentence", "cross", "give the clause the index of the sentence it lies in")
def clause_in_sentence(row: Row) -> Iterator[str]:
    """A clause lies in the sentence it names, where sentences are recorded."""
    sentences = list(row.spans("sentences"))
    for clause in row.spans("clauses") if sentences else ():
        index = clause.get("sentence")
        if not isinstance(index, int) or not 0 <= index < len(sentences):
            yield f"clause {clause['start']}-{clause['end']} names sentence {index} of {len(sentences)}"
        elif not sentences[index]["start"] <= clause["start"] < clause["end"] <= sentences[index]["end"]:
            yield f"clause {clause['start']}-{clause['end']} does not lie in sentence {index}"
