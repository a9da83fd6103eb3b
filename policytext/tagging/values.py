"""What the entities of one document stand for: codes, days, numbers, kinds of bodies."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from policytext.tagging.bodies import find_issuer, organisation_kind
from policytext.tagging.places import AreaContext, link_areas
from policytext.text.calendar import DateValue, day_of, document_date, resolve_date, widen_date
from policytext.text.layout import Layout
from policytext.text.points import safe_date
from policytext.text.quantities import read_count, read_duration

_OUTBREAK = re.compile("新型冠状病毒|新冠|武汉")
_MONTH_DAY = re.compile(r"(?<!\d)(\d{1,2})月(\d{1,2})日")
_DOUBLED = re.compile(r"[^()\d]*\(([^()]*)\)(.*)")
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
    day, assumed = (anchor, {}) if anchor else (_assumed_date(view), {"assumed_year": True})
    for start, end, label in sorted(entities):
        if label == "DATE" and day:
            value = _resolve(widen_date(view, start, end), day, previous)
            if value:
                previous = day_of(value) or previous
                yield (start, end, label), value.to_dict() | assumed


def _resolve(expression: str, anchor: date, previous: date | None) -> DateValue | None:
    value = resolve_date(expression, anchor, previous)
    doubled = _DOUBLED.fullmatch(expression) if value is None else None  # 今天(28日)下午 says one day twice
    return resolve_date(doubled[1] + doubled[2], anchor, previous) if doubled else value


def _assumed_date(view: str) -> date | None:
    """Return the last month and day named in a text on COVID-19 that tells no year, in the year it broke out.

    Of the real train documents that tell no year, all are from early 2020; values built on this say `assumed_year`.
    """
    if not _OUTBREAK.search(view):
        return None
    days = (safe_date(2020, int(month), int(day)) for month, day in _MONTH_DAY.findall(view))
    return max((day for day in days if day), default=None)


def _bodies(layout: Layout, entities: Sequence[Found]) -> Iterator[tuple[Found, dict[str, Any] | None]]:
    bodies = [entity for entity in entities if entity[2] == "ORG"]
    signatures = [notice.issuer for notice in layout.notices]
    signing = {span for mark in signatures for span in find_issuer([body[:2] for body in bodies], mark)}
    for body in bodies:
        value = {"kind": organisation_kind(layout.view[body[0] : body[1]])}
        yield body, value | ({"role": "issuer"} if body[:2] in signing else {})
