"""Entities of gold and prediction: pairs of spans, their labels and their values."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from policytext.metrics.counts import Counts, Key, Tally, add_tallies, hit
from policytext.metrics.spans import SpanKey, overlapping_pairs
from policytext.records import Entity


def tally_entities(gold: Sequence[Entity], predicted: Sequence[Entity]) -> dict[Key, Counts]:
    """Return the counts of one article's entities by five ways of matching, each one-to-one; nested ones count too.

    Keys, with nervaluate's name for the same thing:
    ("strict", label): same span and label. ("overlap", label): any overlap and the same label.
    ("ent_type", label): spans are paired without a look at labels (any overlap), then the labels of a pair compared; a
    wrong label is one given wrongly and one missed. ("exact", ""): same span, whatever the label.
    ("partial", ""): paired as for ent_type; half a point where the spans only overlap, whatever the label.
    Pairs are formed greedily: longest overlap first, then tightest, then same label, then position.
    """
    pairs = match_entities(gold, predicted)
    return {
        **_strict(gold, predicted),
        **_labelled("overlap", gold, predicted, match_entities(gold, predicted, same_label=True)),
        **_labelled("ent_type", gold, predicted, [(g, p) for g, p in pairs if g.label == p.label]),
        ("exact", ""): _multiset([_span(e) for e in gold], [_span(e) for e in predicted]),
        ("partial", ""): _partial(gold, predicted, pairs),
    }


def match_entities(
    gold: Sequence[Entity], predicted: Sequence[Entity], *, same_label: bool = False
) -> list[tuple[Entity, Entity]]:
    """Return one-to-one pairs of overlapping entities: longest overlap first, then tightest, same label, position."""
    candidates = [
        (-shared, max(g.end, p.end) - min(g.start, p.start), g.label != p.label, g.start, p.start, i, j)
        for i, j, shared in overlapping_pairs([_span(e) for e in gold], [_span(e) for e in predicted])
        for g, p in [(gold[i], predicted[j])]
        if not same_label or g.label == p.label
    ]
    used_gold: set[int] = set()
    used_predicted: set[int] = set()
    pairs = []
    for *_, i, j in sorted(candidates):
        if i not in used_gold and j not in used_predicted:
            used_gold.add(i)
            used_predicted.add(j)
            pairs.append((gold[i], predicted[j]))
    return pairs


def _span(entity: Entity) -> SpanKey:
    return entity.start, entity.end


def _multiset(gold: Sequence[Any], predicted: Sequence[Any]) -> Counts:
    shared = (Counter(gold) & Counter(predicted)).total()
    return Counts(shared, len(predicted) - shared, len(gold) - shared)


def _strict(gold: Sequence[Entity], predicted: Sequence[Entity]) -> dict[Key, Counts]:
    def spans(entities: Sequence[Entity], label: str) -> list[SpanKey]:
        return [_span(entity) for entity in entities if entity.label == label]

    labels = sorted({entity.label for side in (gold, predicted) for entity in side})
    return {("strict", label): _multiset(spans(gold, label), spans(predicted, label)) for label in labels}


def _labelled(
    scheme: str, gold: Sequence[Entity], predicted: Sequence[Entity], right: Sequence[tuple[Entity, Entity]]
) -> dict[Key, Counts]:
    wanted, given = Counter(e.label for e in gold), Counter(e.label for e in predicted)
    found = Counter(g.label for g, _ in right)
    return {
        (scheme, label): Counts(found[label], given[label] - found[label], wanted[label] - found[label])
        for label in sorted(wanted | given)
    }


def _partial(gold: Sequence[Entity], predicted: Sequence[Entity], pairs: Sequence[tuple[Entity, Entity]]) -> Counts:
    credit = sum(1 if _span(g) == _span(p) else 0.5 for g, p in pairs)
    return Counts(credit, len(predicted) - credit, len(gold) - credit)


# What of an entity's value is compared; a day is the first ten characters of an ISO date or time.
_VALUES: dict[str, Callable[[Mapping[str, Any]], tuple[Any, ...]]] = {
    "DATE": lambda value: tuple(str(value.get(edge) or "")[:10] for edge in ("start", "end")),
    "ADMIN": lambda value: (value.get("adcode") or "",),
    "COUNT": lambda value: (value.get("number", ""), value.get("unit", "")),
    "DURATION": lambda value: (value.get("number", ""), value.get("unit", "")),
}


def comparable_value(entity: Entity) -> tuple[Any, ...] | None:
    """Return what is compared of the entity's value: days, adcode, number and unit; None where it has nothing such."""
    read = _VALUES.get(entity.label)
    value = read(entity.value) if read and entity.value else ()
    return value if any(part != "" for part in value) else None


def tally_values(gold: Sequence[Entity], predicted: Sequence[Entity]) -> dict[Key, Counts]:
    """Return how many of gold's decidable values are right: ("value", label) where span and label were predicted.

    ("value_all", label) is stricter: a span that was missed is wrong as well.
    """
    given = {(_span(entity), entity.label): entity for entity in predicted}
    return add_tallies(
        item
        for entity in gold
        if (value := comparable_value(entity)) is not None
        for item in _tally_value(entity.label, value, given.get((_span(entity), entity.label)))
    )


def _tally_value(label: str, value: tuple[Any, ...], found: Entity | None) -> Iterator[Tally]:
    right = found is not None and comparable_value(found) == value
    yield {("value_all", label): hit(right)}
    if found is not None:
        yield {("value", label): hit(right)}
