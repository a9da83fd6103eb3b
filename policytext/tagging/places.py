"""What a mention of an administrative area stands for: its code by GB/T 2260, completed from the document."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from policytext.tagging.areas import find_areas
from policytext.tagging.gazetteer import ABBREVIATIONS, LEVELS, Area, Gazetteer, gazetteer

# Longest name of the table (克孜勒苏柯尔克孜自治州 and its like); bounds the search for the next name of a chain.
_LONGEST = 18
_MOST_CANDIDATES = 5
# Distinct mentions of some hundred documents; notices repeat theirs over and over.
_KEPT = 8192
_REST_LEVEL = re.compile(r"(?P<village>.*(?:社区|村|居委会|嘎查))|(?P<zone>.*区)")
_REFERENCE = re.compile(
    r"(?:全|我|本|该|各|我们|这个)?(?P<kind>街道|省|市|区|县|镇|乡|旗|州|盟|自治区|自治州)(?:域|内|里|辖区|境内|范围内)?|辖区|辖区内|本地|当地|我地"
)


@dataclass(frozen=True)
class AreaContext:
    """What a document says of where it is from: title and issuer in the aligned view, the year of its date."""

    title: str | None = None
    issuer: str | None = None
    year: int | None = None


@dataclass
class _Reading:
    """A mention taken apart: the areas its last name may mean, and what follows that name (a village, a zone)."""

    candidates: list[Area]
    rest: str = ""
    chosen: Area | None = field(default=None)


def _names_at(table: Gazetteer, text: str) -> Iterable[tuple[str, list[Area]]]:
    for length in range(min(len(text), _LONGEST), 0, -1):
        areas = table.named(text[:length])
        if areas:
            yield text[:length], areas


def _descend(outer: list[Area], inner: list[Area]) -> list[Area]:
    return [b for b in inner if any(a.holds(b) for a in outer)] if outer else inner


@lru_cache(maxsize=_KEPT)
def _take_apart(mention: str) -> tuple[tuple[Area, ...], str]:
    """Return the areas at the end of the chain; a name that does not lie in the one before it ends the chain."""
    table = gazetteer()
    found: list[Area] = []
    rest = mention
    while rest:
        step = next(((name, kept) for name, areas in _names_at(table, rest) if (kept := _descend(found, areas))), None)
        if step is None or (found and len(step[0]) == 1):
            break
        rest, found = rest[len(step[0]) :], step[1]
    return tuple(found), rest


def _valid(areas: list[Area], year: int | None) -> list[Area]:
    """Return the areas of the document's year if there are any, else all: old names outlive their areas.

    Without a year, areas that exist today go before abolished ones.
    """
    kept = [area for area in areas if (area.is_valid(year) if year else area.last is None)]
    return kept or areas


def _by_rank(areas: list[Area]) -> list[Area]:
    """Return the area that a name means by itself if one outranks the others, else all of them.

    A province's name is the province (吉林, 海南); a city's is the city, not the county in it (南昌); an area whose
    successor bears the same name is the successor.
    """
    codes = {area.code for area in areas}
    lasting = [area for area in areas if area.successor == area.code or area.successor not in codes]
    provinces = [area for area in lasting if area.level == "province"]
    above = [area for area in lasting if all(area is other or area.holds(other) for other in lasting)]
    return provinces[:1] or above[:1] or lasting


def _distinct(areas: Iterable[Area]) -> list[Area]:
    return list({area.code: area for area in areas}.values())


def _held(known: Iterable[Area]) -> frozenset[str]:
    """Return the codes of the areas and of all that hold them."""
    table = gazetteer()
    areas = {area.code: area for area in known}.values()
    return frozenset(a.code for area in areas for a in (area, *table.ancestors(area)))


def _settle(reading: _Reading, held: frozenset[str]) -> None:
    """Choose the candidate that shares the smallest area with what is known of the document, if just one does."""
    if len(reading.candidates) == 1:
        reading.chosen = reading.candidates[0]
        return
    table = gazetteer()

    def depth(area: Area) -> int:
        lines = [area, *table.ancestors(area)]
        return max((LEVELS.index(a.level) + 1 for a in lines if a.code in held), default=0)

    best = max((depth(area) for area in reading.candidates), default=0)
    nearest = [area for area in reading.candidates if depth(area) == best]
    if best and len(nearest) == 1:
        reading.chosen = nearest[0]
    elif best:
        reading.candidates = nearest


def _read(mention: str, year: int | None) -> _Reading:
    areas, rest = _take_apart(mention)
    return _Reading(_by_rank(_distinct(_valid(list(areas), year))), rest)


def _surroundings(context: AreaContext) -> list[Area]:
    """Return the areas that issuer and title name, the issuer's first; only those that need no context themselves."""
    known: list[Area] = []
    for text in (context.issuer, context.title):
        for start, end in find_areas(text or ""):
            reading = _read((text or "")[start:end], context.year)
            _settle(reading, _held(known))
            known += [reading.chosen] if reading.chosen else []
    return known


def _value(reading: _Reading, year: int | None) -> dict[str, Any] | None:
    table, area = gazetteer(), reading.chosen
    if area is None:
        codes = [candidate.code for candidate in reading.candidates]
        return {"candidates": sorted(codes)[:_MOST_CANDIDATES]} if codes else None
    name = table.full_name(area)
    if reading.rest:
        kind = _REST_LEVEL.fullmatch(reading.rest)
        return {"parent": area.code, "name": name + reading.rest, "level": kind.lastgroup if kind else "part"}
    value = {"adcode": area.code, "name": name, "level": area.level}
    return value | ({"successor": area.successor} if area.last and area.successor else {})


def link_areas(mentions: Sequence[str], context: AreaContext) -> list[dict[str, Any] | None]:
    """Return the value of each ADMIN mention (aligned view, in the document's order), None where no name is known.

    {"adcode", "name", "level"} with the whole chain as name, "successor" where the area was abolished since;
    {"candidates": [codes]} where the document does not tell which is meant; {"parent", "name", "level"} for villages
    and zones, which have no code in GB/T 2260. Codes: 6 digits, towns and streets 9. Source: data/areas.tsv.gz.
    """
    cache = {mention: _read(mention, context.year) for mention in dict.fromkeys(mentions)}
    known = _surroundings(context)
    known += [reading.candidates[0] for reading in cache.values() if len(reading.candidates) == 1]
    held = _held(known)
    for reading in cache.values():
        _settle(reading, held)
    values = {mention: _value(reading, context.year) for mention, reading in cache.items()}
    return [values[mention] for mention in mentions]


def _home(mentions: Sequence[str], context: AreaContext) -> Area | None:
    """Return the issuer's area, else the title's, else the first that the text names."""
    known = _surroundings(context)
    if known:
        return max(known[:2], key=lambda area: LEVELS.index(area.level)) if context.issuer else known[0]
    readings = (_read(mention, context.year) for mention in mentions)
    return next((r.candidates[0] for r in readings if len(r.candidates) == 1), None)


def is_area_reference(expression: str) -> bool:
    """Tell whether the expression (全市, 我区, 本省; aligned view) points to the issuer's area."""
    return bool(_REFERENCE.fullmatch(expression))


def resolve_area_reference(
    expression: str, context: AreaContext, mentions: Sequence[str] = ()
) -> dict[str, Any] | None:
    """Return the value of 全市, 我区, 本省 (aligned view): the issuer's area or the one of that kind that holds it.

    None where the expression is no such reference or the document does not tell where it is from.
    """
    match = _REFERENCE.fullmatch(expression)
    area = _home(mentions, context) if match else None
    if match is None or area is None:
        return None
    kind = match.group("kind")
    line = [area, *gazetteer().ancestors(area)]
    meant = next((a for a in line if kind is None or _is_kind(a, kind)), None)
    return _value(_Reading([meant], chosen=meant), context.year) if meant else None


def _is_kind(area: Area, kind: str) -> bool:
    if kind == "省":
        return area.level == "province"
    return area.name.endswith(kind)


def expand_abbreviation(name: str) -> str | None:
    """Return the code that a one-character name (甬, 沪; aligned view) stands for, or None."""
    return ABBREVIATIONS.get(name)
