"""Measures of gold and prediction, clause by clause."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from policytext.metrics.counts import Counts, Key, Tally, add_tallies, decision, hit
from policytext.metrics.spans import SpanKey, match_spans, overlap_length
from policytext.records import Annotation, Measure

ATTRIBUTES = ("polarity", "force", "realis")


@dataclass
class ClausePair:
    """One clause of gold and the measures that gold and the prediction state on it, by category.

    `in_gold` is false for what the prediction says where gold has no clause.
    """

    start: int
    end: int
    in_gold: bool = True
    gold: dict[str, Measure] = field(default_factory=dict)
    predicted: dict[str, Measure] = field(default_factory=dict)


def pair_clauses(gold: Annotation, predicted: Annotation) -> list[ClausePair]:
    """Return gold's clauses in text order, each with both sides' measures.

    A predicted measure belongs to the clause of the same span; where gold cuts otherwise, to the clause that it
    overlaps most, if the overlap is at least half of the shorter of the two. What finds no clause forms a pair of its
    own. A category counts once per clause; of several predictions for it, the one nearest to the clause is kept.
    """
    spans: set[SpanKey] = {(span.start, span.end) for layer in (gold.clauses, gold.measures) for span in layer}
    pairs = {span: ClausePair(*span) for span in sorted(spans)}
    for measure in gold.measures:
        pairs[measure.start, measure.end].gold.setdefault(measure.category, measure)
    home = match_spans({(measure.start, measure.end) for measure in predicted.measures}, spans)
    for measure in sorted(predicted.measures, key=lambda m: _nearness(m, home[m.start, m.end])):
        span = home[measure.start, measure.end] or (measure.start, measure.end)
        pairs.setdefault(span, ClausePair(*span, in_gold=False)).predicted.setdefault(measure.category, measure)
    return [pairs[span] for span in sorted(pairs)]


def _nearness(measure: Measure, clause: SpanKey | None) -> tuple[bool, int, int, int]:
    span = (measure.start, measure.end)
    shared = overlap_length(span, clause) if clause else 0
    return span != clause, -shared, *span


def tally_measures(pairs: Sequence[ClausePair]) -> dict[Key, Counts]:
    """Return the counts of the clauses: per category, `any` measure, exact `set` of categories, attributes.

    Keys: ("category", name), with tn left out since it is the clauses' number less the rest; ("any", "");
    ("set", "all") over all clauses; ("set", "labelled") over those where gold or the prediction states a measure;
    ("attribute", name) over the labels that both give.
    """
    return add_tallies(item for pair in pairs for item in _tally_clause(pair))


def _tally_clause(pair: ClausePair) -> Iterator[Tally]:
    gold, predicted = pair.gold.keys(), pair.predicted.keys()
    for category in gold | predicted:
        yield {("category", category): decision(category in gold, category in predicted)}
    yield {("any", ""): decision(bool(gold), bool(predicted)), ("set", "all"): hit(gold == predicted)}
    if gold or predicted:
        yield {("set", "labelled"): hit(gold == predicted)}
    for category in gold & predicted:
        for name in ATTRIBUTES:
            same = getattr(pair.gold[category], name) == getattr(pair.predicted[category], name)
            yield {("attribute", name): hit(same)}
