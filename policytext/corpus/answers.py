"""Annotators' answer files: from lines by clause number to measures and entities with offsets.

For each document of the portion a line `##DOC id`, then for each clause that bears something `n<TAB>answer`, the answer
in the form of `notation`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from policytext.corpus.notation import Label, Parse, Place
from policytext.corpus.portions import HEAD, document_id, fold_blanks, name_documents
from policytext.errors import UnreadableInputError
from policytext.records import Entity, Measure
from policytext.text.layout import Layout


@dataclass(frozen=True)
class Answers:
    """The answers of a file, {document id: {clause number: answer}}, and its findings with line addresses."""

    by_document: dict[str, dict[int, Any]] = field(default_factory=dict)
    findings: list[str] = field(default_factory=list)


def read_answers(
    path: Path, documents: Mapping[str, Mapping[int, str]], parse: Parse, *, whole: bool = True
) -> Answers:
    """Return the answers of a file to the portion `documents` ({id: {number: clause}}) with all findings.

    A document without a `##DOC` line is a finding too: an annotator says that they have read it, labels or none. Where
    answers concern some documents only, as an adjudicator's do, `whole` is false.
    """
    if not path.is_file():
        raise UnreadableInputError("there is no such file", "name a file of answers", str(path))
    answers = Answers()
    current = ""
    for number, line in enumerate(path.read_text("utf-8-sig").split("\n"), 1):
        try:
            if line.startswith(HEAD):
                current = ""  # what follows a refused document is no other document's
                current = _open_document(answers, document_id(line), documents)
            elif line.strip():
                _add(answers.by_document, current, line.rstrip("\r"), documents, parse)
        except ValueError as error:
            answers.findings.append(f"{path}:{number}: {error}")
    missing = [key for key in documents if key not in answers.by_document] if whole else []
    if missing:
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
