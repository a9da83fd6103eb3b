"""The notation of annotators' answers: what one writes on a clause, read into labels and places, and written again.

Measures: `category pfr[; category pfr]`, `pfr` the first letters of polarity, force and realis. Entities:
`LABEL:quote` parted by TABs in text order, a nested one with `>` before its label right behind its container, and
`@@k` behind a quote that means its k-th occurrence in the clause.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import Any, NamedTuple

from policytext.taxonomy import load_taxonomy

_MEASURE = re.compile(r"\s*([a-z_]+) ([a-z])([a-z])([a-z])\s*")
_MENTION = re.compile(r"(?P<depth>>*)(?P<label>[A-Z]+):(?P<quote>.+?)(?:@@(?P<occurrence>[1-9]\d*))?")
# Section 5 of the guidelines: what may hold a nested entity of this label.
CONTAINERS = {"ADMIN": {"ORG", "DOC", "PLACE"}, "ORG": {"DOC"}}


class Label(NamedTuple):
    """A measure on a clause."""

    category: str
    polarity: str
    force: str
    realis: str


class Mention(NamedTuple):
    """An entity as the annotator wrote it: nesting depth, label, quote, and which occurrence is meant (0: the next)."""

    depth: int
    label: str
    quote: str
    occurrence: int


class Place(NamedTuple):
    """An entity in a clause; offsets are code points into the folded clause."""

    start: int
    end: int
    label: str


# What is said of one clause: its labels or its places.
Answer = list[Label] | list[Place]
Parse = Callable[[str, str], Any]


def parse_measures(clause: str, answer: str) -> list[Label]:
    """Return the measures that an answer gives to a clause; raise ValueError saying what is wrong."""
    labels = [_parse_label(part) for part in answer.split(";")]
    if len({label.category for label in labels}) < len(labels):
        raise ValueError("a category stands twice")
    return labels


def _parse_label(part: str) -> Label:
    match = _MEASURE.fullmatch(part)
    if not match:
        raise ValueError(f"{part.strip()!r} is not `category pfr`")
    known = load_taxonomy()
    if match[1] not in known.category_ids:
        raise ValueError(f"there is no category {match[1]!r}")
    letters = zip(Label._fields[1:], match.groups()[1:], strict=True)
    return Label(match[1], *(_spell_out(letter, known.attributes[name]) for name, letter in letters))


def _spell_out(letter: str, values: Iterable[str]) -> str:
    for value in values:
        if value.startswith(letter):
            return value
    raise ValueError(f"{letter!r} begins none of {', '.join(values)}")


def parse_entities(clause: str, answer: str) -> list[Place]:
    """Return the entities that an answer marks in a folded clause; raise ValueError saying what is wrong."""
    return locate(clause, [_parse_mention(part) for part in answer.split("\t") if part.strip()])


def _parse_mention(part: str) -> Mention:
    match = _MENTION.fullmatch(part)
    if not match:
        raise ValueError(f"{part!r} is not `LABEL:quote`")
    if match["label"] not in load_taxonomy().entity_labels:
        raise ValueError(f"there is no entity label {match['label']!r}")
    if match["quote"] != match["quote"].strip():
        raise ValueError(f"a blank stands at the edge of {match['quote']!r}")
    return Mention(len(match["depth"]), match["label"], match["quote"], int(match["occurrence"] or 0))


def locate(clause: str, mentions: Iterable[Mention]) -> list[Place]:
    """Return where the mentions stand in the clause.

    A quote is looked for behind the mention before it, a nested one in its container behind what that holds already.
    """
    found: list[Place] = []
    open_: list[Place] = []  # the containers of the next mention, outermost first
    behind = [0]  # at each depth, where the search goes on
    for mention in mentions:
        if mention.depth > len(open_):
            raise ValueError(f"{mention.quote!r} is nested, but nothing holds it")
        del open_[mention.depth :], behind[mention.depth + 1 :]
        place = _find(clause, mention, open_[-1] if open_ else None, behind[-1])
        if not open_ and any(other.start < place.end and place.start < other.end for other in found):
            raise ValueError(f"{mention.quote!r} overlaps the entity before it")
        found.append(place)
        open_.append(place)
        behind[-1:] = [place.end, place.start]
    return found


def _find(clause: str, mention: Mention, container: Place | None, behind: int) -> Place:
    if container and container.label not in CONTAINERS.get(mention.label, ()):
        raise ValueError(f"{mention.label} may not lie in {container.label}: {mention.quote!r}")
    least, most = (container.start, container.end) if container else (0, len(clause))
    at = behind - 1 if not mention.occurrence else -1
    for _ in range(mention.occurrence or 1):
        at = clause.find(mention.quote, at + 1, most)
        if at < 0:
            raise ValueError(f"{mention.quote!r} does not stand in the clause, or not in this order")
    if at < least:
        raise ValueError(f"occurrence {mention.occurrence} of {mention.quote!r} does not lie in its container")
    return Place(at, at + len(mention.quote), mention.label)


def write_measures(clause: str, labels: Iterable[Label]) -> str:
    """Return the answer that `parse_measures` reads as these labels."""
    return "; ".join(
        f"{label.category} {label.polarity[0]}{label.force[0]}{label.realis[0]}" for label in sorted(labels)
    )


def write_entities(clause: str, places: Iterable[Place]) -> str:
    """Return the answer that `parse_entities` reads as these places."""
    parts: list[str] = []
    open_: list[Place] = []
    for place in sorted(places, key=lambda place: (place.start, -place.end)):
        while open_ and open_[-1].end <= place.start:
            open_.pop()
        quote = clause[place.start : place.end]
        starts = [at for at in range(len(clause)) if clause.startswith(quote, at)]
        which = f"@@{starts.index(place.start) + 1}" if len(starts) > 1 else ""
        parts.append(f"{'>' * len(open_)}{place.label}:{quote}{which}")
        open_.append(place)
    return "\t".join(parts)


WRITERS: dict[str, Callable[[str, Any], str]] = {"measures": write_measures, "entities": write_entities}
PARSERS: dict[str, Parse] = {"measures": parse_measures, "entities": parse_entities}
