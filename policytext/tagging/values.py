"""What the entities of one document stand for: codes, days, numbers, kinds of bodies."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from policytext.tagging.bodies import find_issuer, organisation_kind
from policytext.tagging.places import AreaContext, link_areas
from policytext.text.calendar import day_of, document_date, resolve_date, widen_date
from policytext.text.layout import Layout
from policytext.text.quantities import read_count, read_duration

# An entity: start, end (code points), label.
Found = tuple[int, int, str]


def entity_values(layout: Layout, entities: Sequence[Found], article: Mapping[str, Any]) -> list[dict[str, Any] | None]:
    """Return the value of each entity in the order given, None where nothing is known of it.

    `article` may tell title and date; what it does not tell is read off the text.
    """
    values: dict[Found, dict[str, Any] | None] = {}
    anchor = document_date(layout, article.get("date"))
    values |= _areas(layout, entities, article.get("title"), anchor)
    values |= _dates(layout.view, entities, anchor)
    values |= _bodies(layout, entities)
    for start, end, label in entities:
        if label == "COUNT":
            values[start, end, label] = read_count(layout.view[start:end])
        elif label == "DURATION":
            values[start, end, label] = read_duration(layout.view[start:end])
    return [values.get(entity) for entity in entities]


def _areas(
    layout: Layout, entities: Sequence[Found], title: str | None, anchor: date | None
) -> Iterator[tuple[Found, dict[str, Any] | None]]:
    from policytext.text.view import aligned_view

    mentions = sorted(entity for entity in entities if entity[2] == "ADMIN")
    issuers = [layout.view[slice(*notice.issuer)] for notice in layout.notices if notice.issuer]
    context = AreaContext(
        title=aligned_view(title or layout.title or "") or None,
        issuer=issuers[0] if issuers else None,
        year=anchor.year if anchor else None,
    )
    values = link_areas([layout.view[start:end] for start, end, _ in mentions], context)
    return zip(mentions, values, strict=True)


def _dates(view: str, entities: Sequence[Found], anchor: date | None) -> Iterator[tuple[Found, dict[str, Any] | None]]:
    previous: date | None = None
    for start, end, label in sorted(entities):
        if label == "DATE" and anchor:
            value = resolve_date(widen_date(view, start, end), anchor, previous)
            if value:
                previous = day_of(value) or previous
                yield (start, end, label), value.to_dict()


def _bodies(layout: Layout, entities: Sequence[Found]) -> Iterator[tuple[Found, dict[str, Any] | None]]:
    bodies = [entity for entity in entities if entity[2] == "ORG"]
    signatures = [notice.issuer for notice in layout.notices]
    signing = {span for mark in signatures for span in find_issuer([body[:2] for body in bodies], mark)}
    for body in bodies:
        value = {"kind": organisation_kind(layout.view[body[0] : body[1]])}
        yield body, value | ({"role": "issuer"} if body[:2] in signing else {})
