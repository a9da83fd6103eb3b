"""Where two passes over the same articles differ, one item for each thing to decide."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from policytext.metrics.measures import ATTRIBUTES, ClausePair, pair_clauses
from policytext.metrics.pairing import has_layer, pair_passes
from policytext.records import Annotation, Entity, Measure, quote_hash

Kind = Literal["label", "attribute", "entity"]


@dataclass(frozen=True)
class Disagreement:
    """One thing to decide; `a` and `b` are what the passes say.

    `label`: one pass gives the category `subject` to the clause (its attributes), the other does not (None).
    `attribute`: both do, with another value of the attribute `subject` (`category.attribute`).
    `entity`: entities that touch each other and that only one pass has (two lists; the span is their hull).
    `key` names the same disagreement in every run; `hash` is that of the quote, None where it is not known.
    """

    id: str
    start: int
    end: int
    kind: Kind
    subject: str
    a: Any
    b: Any
    hash: str | None = None

    @property
    def key(self) -> str:
        """The name by which a decision refers to it: id, span, kind and subject."""
        return make_key(self.id, self.start, self.end, self.kind, self.subject)


def make_key(article: str, start: int, end: int, kind: str, subject: str) -> str:
    """Return the key `article:start-end:kind:subject`; entities have no subject."""
    return ":".join(part for part in (article, f"{start}-{end}", kind, subject) if part)


def disagreements(a: Sequence[Annotation], b: Sequence[Annotation]) -> list[Disagreement]:
    """Return what the passes differ in over the articles that both hold, by article and position.

    Raises InvalidRecordError where clauses or texts differ.
    """
    return [item for one, other in pair_passes(a, b) for item in compare_passes(one, other)]


def compare_passes(a: Annotation, b: Annotation) -> list[Disagreement]:
    """Return what two annotations of one article differ in, by position; a layer that one lacks is not compared."""
    found: list[Disagreement] = []
    if has_layer(a, "measures") and has_layer(b, "measures"):
        found += [item for pair in pair_clauses(a, b) for item in _compare_clause(a, pair)]
    if has_layer(a, "entities") and has_layer(b, "entities"):
        found += _compare_entities(a, b.entities)
    return sorted(found, key=lambda item: (item.start, item.end, item.kind, item.subject))


def _compare_clause(article: Annotation, pair: ClausePair) -> Iterator[Disagreement]:
    for category in sorted(pair.gold.keys() | pair.predicted.keys()):
        one, other = pair.gold.get(category), pair.predicted.get(category)
        place = (article.id, pair.start, pair.end)
        mark = _hash(article, pair.start, pair.end, one or other)
        if one is None or other is None:
            yield Disagreement(*place, "label", category, _attributes(one), _attributes(other), mark)
            continue
        for name in ATTRIBUTES:
            says = getattr(one, name), getattr(other, name)
            if says[0] != says[1]:
                yield Disagreement(*place, "attribute", f"{category}.{name}", *says, mark)


def _attributes(measure: Measure | None) -> dict[str, str] | None:
    return None if measure is None else {name: getattr(measure, name) for name in ATTRIBUTES}


def _hash(article: Annotation, start: int, end: int, span: Measure | None = None) -> str | None:
    if article.text is not None:
        return quote_hash(article.text[start:end])
    if span is None or span.quote is None:
        return span.hash if span else None
    return quote_hash(span.quote)


def _compare_entities(article: Annotation, other: Sequence[Entity]) -> Iterator[Disagreement]:
    only_a, only_b = _without(article.entities, other), _without(other, article.entities)
    for group in _touching([*((entity, "a") for entity in only_a), *((entity, "b") for entity in only_b)]):
        start, end = min(e.start for e, _ in group), max(e.end for e, _ in group)
        one, two = ([plain_entity(entity) for entity, side in group if side == name] for name in "ab")
        yield Disagreement(article.id, start, end, "entity", "", one, two, _hash(article, start, end))


def _without(entities: Sequence[Entity], others: Sequence[Entity]) -> list[Entity]:
    known = [plain_entity(entity) for entity in others]
    return [entity for entity in entities if plain_entity(entity) not in known]


def plain_entity(entity: Entity) -> dict[str, Any]:
    """Return what an entity says: span, label and, where it has one, value."""
    return entity.model_dump(include={"start", "end", "label", "value"}, exclude_none=True)


def _touching(entities: Sequence[tuple[Entity, str]]) -> Iterator[list[tuple[Entity, str]]]:
    """Yield the groups of entities that hang together by overlap, in text order."""
    group: list[tuple[Entity, str]] = []
    end = 0
    for entity, side in sorted(entities, key=lambda item: (item[0].start, item[0].end, item[0].label, item[1])):
        if group and entity.start >= end:
            yield group
            group = []
        group.append((entity, side))
        end = max(end, entity.end) if len(group) > 1 else entity.end
    if group:
        yield group
