"""Annotators' answer files: from lines by clause number to measures and entities with offsets.

For each document of the portion a line `##DOC id`, then for each clause that bears something `n<TAB>answer`:
measures as `category pfr[; category pfr]`, `pfr` the first letters of polarity, force and realis; entities as
`LABEL:quote` parted by TABs in text order, a nested one with `>` before its label right behind its container, and
`@@k` behind a quote that means its k-th occurrence in the clause.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

from policytext.corpus.portions import HEAD, document_id, fold_blanks, name_documents
from policytext.errors import UnreadableInputError
from policytext.records import Entity, Measure
from policytext.taxonomy import load_taxonomy
from policytext.text.layout import Layout

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


@dataclass(frozen=True)
class Answers:
    """The answers of a file, {document id: {clause number: answer}}, and its findings with line addresses."""

    by_document: dict[str, dict[int, Any]] = field(default_factory=dict)
    findings: list[str] = field(default_factory=list)


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


def read_answers(path: Path, documents: Mapping[str, Mapping[int, str]], parse: Parse) -> Answers:
    """Return the answers of a file to the portion `documents` ({id: {number: clause}}) with all findings.

    A document without a `##DOC` line is a finding too: an annotator says that they have read it, labels or none.
    """
    if not path.is_file():
        raise UnreadableInputError("there is no such file", "name a file of answers", str(path))
    answers = Answers()
    current = ""
    for number, line in enumerate(path.read_text("utf-8-sig").split("\n"), 1):
        try:
            if line.startswith(HEAD):
                current = _open_document(answers, document_id(line), documents)
            elif line.strip():
                _add(answers.by_document, current, line.rstrip("\r"), documents, parse)
        except ValueError as error:
            answers.findings.append(f"{path}:{number}: {error}")
    if missing := [key for key in documents if key not in answers.by_document]:
        answers.findings.append(f"{path}: no {HEAD.strip()} line for {name_documents(missing)}")
    return answers


def _open_document(answers: Answers, name: str, documents: Mapping[str, Mapping[int, str]]) -> str:
    if name not in documents:
        raise ValueError(f"the portion has no document {name!r}")
    if name in answers.by_document:
        raise ValueError(f"document {name!r} stands twice")
    answers.by_document[name] = {}
    return name


def _add(
    known: dict[str, dict[int, Any]], name: str, line: str, documents: Mapping[str, Mapping[int, str]], parse: Parse
) -> None:
    number, tab, answer = line.partition("\t")
    if not tab or not number.isdecimal():
        raise ValueError("a line is `n<TAB>answer`")
    if name not in known:
        raise ValueError(f"no {HEAD.strip()} line stands before it")
    clause = documents[name].get(int(number))
    if clause is None:
        raise ValueError(f"{name} has no clause {number}")
    if int(number) in known[name]:
        raise ValueError(f"clause {number} of {name} stands twice")
    known[name][int(number)] = parse(clause, answer)


def to_measures(layout: Layout, answers: Mapping[int, Iterable[Label]]) -> list[Measure]:
    """Return the measures of the answers on their clauses, in text order."""
    return list(_measures(layout, answers))


def _measures(layout: Layout, answers: Mapping[int, Iterable[Label]]) -> Iterator[Measure]:
    for number, labels in sorted(answers.items()):
        start, end, _ = layout.clauses[number - 1]
        for label in sorted(labels):
            fields = {"start": start, "end": end, "quote": layout.text[start:end], **label._asdict()}
            yield Measure.model_validate(fields)


def to_entities(layout: Layout, answers: Mapping[int, Iterable[Place]]) -> list[Entity]:
    """Return the entities of the answers with their offsets in the text, containers before what they hold."""
    return list(_entities(layout, answers))


def _entities(layout: Layout, answers: Mapping[int, Iterable[Place]]) -> Iterator[Entity]:
    for number, places in sorted(answers.items()):
        clause = layout.clauses[number - 1]
        folded = fold_blanks(layout.text[clause.start : clause.end])
        for place in sorted(places, key=lambda place: (place.start, -place.end)):
            start, end = (clause.start + edge for edge in folded.unfold(place.start, place.end))
            yield Entity.model_validate(
                {"start": start, "end": end, "label": place.label, "quote": layout.text[start:end]}
            )
