"""From two passes and a file of decisions to one annotation that says who decided what and why."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from pydantic import Field, ValidationError

from policytext.errors import InvalidRecordError, UnreadableInputError
from policytext.metrics.disagreements import Disagreement, compare_passes, plain_entity
from policytext.metrics.measures import ATTRIBUTES
from policytext.metrics.pairing import has_layer, name_ids, pair_passes
from policytext.records import Annotation, Entity, Measure, Record, describe, quote_hash

_KEY = re.compile(r"(?P<id>.+):(?P<start>\d+)-(?P<end>\d+):(?P<kind>label|attribute|entity)(?::(?P<subject>.+))?")


class Decision(Record):
    """A line of the decisions file.

    `decision` is "a" or "b" (that pass is right) or the answer itself: for a label its three attributes, or "none" for
    no label; for an attribute its value; for entities the list that stands there (start, end, label, value).
    `addition` marks what both passes missed. `where` (file and line) is filled in when the file is read.
    """

    key: str
    decision: Any
    who: str = Field(min_length=1)
    why: str = Field(min_length=1)
    rule: str | None = None
    addition: bool = False
    where: str = ""

    def provenance(self) -> dict[str, Any]:
        """Return what is kept beside the result: of the line's keys its own, and no quote: it may be shipped."""
        stated = self.decision
        if isinstance(stated, list):
            stated = [{key: value for key, value in entity.items() if key != "quote"} for entity in stated]
        kept = self.model_dump(include={"key", "who", "why", "rule", "addition"}, exclude_defaults=True)
        return kept | {"decision": stated}


def read_decisions(path: Path) -> list[Decision]:
    """Return the decisions in a JSONL file; raise InvalidRecordError with its line where one is none or double."""
    if not path.is_file():
        raise UnreadableInputError("there is no such file", "name a JSONL file of decisions", str(path))
    decisions: dict[str, Decision] = {}
    for number, line in enumerate(path.read_bytes().split(b"\n"), 1):
        if line.strip():
            decision = _read_decision(line, f"{path}:{number}")
            if decision.key in decisions:
                first = decisions[decision.key].where
                raise InvalidRecordError(f"{decision.key} was decided before, in {first}", "keep one", decision.where)
            decisions[decision.key] = decision
    return list(decisions.values())


def _read_decision(line: bytes, where: str) -> Decision:
    try:
        return Decision.model_validate_json(line).model_copy(update={"where": where})
    except ValidationError as error:
        raise InvalidRecordError(describe(error), "a decision has key, decision, who and why", where) from error


def apply_decisions(
    a: Sequence[Annotation], b: Sequence[Annotation], decisions: Iterable[Decision]
) -> list[Annotation]:
    """Return one annotation for each article that both passes hold: what they agree on, and what was decided.

    The decisions on an article are kept in its key `adjudication`. Raises InvalidRecordError where a disagreement is
    undecided, where a decision settles no disagreement (unless it is an addition), or where it cannot be carried out.
    """
    pairs = pair_passes(a, b)
    open_ = {item.key: item for one, other in pairs for item in compare_passes(one, other)}
    by_article = _sort_decisions(decisions, open_, {one.id for one, _ in pairs})
    if open_:
        raise InvalidRecordError(f"undecided disagreements: {name_ids(open_)}", "decide them")
    return [_Article(one, other).decide(by_article[one.id]) for one, other in pairs]


_Decided = tuple[Decision, Disagreement]


def _sort_decisions(
    decisions: Iterable[Decision], open_: dict[str, Disagreement], ids: set[str]
) -> dict[str, list[_Decided]]:
    """Return the decisions by article, each with what it decides; what is decided leaves `open_`."""
    sorted_: dict[str, list[_Decided]] = defaultdict(list)
    for decision in decisions:
        item = open_.pop(decision.key, None)
        if item is None and decision.addition:
            item = _missed_by_both(decision, ids)
        elif item is None:
            raise InvalidRecordError(f"{decision.key} is no disagreement", "or mark an addition", decision.where)
        elif decision.addition:
            raise InvalidRecordError(f"{decision.key} is a disagreement, no addition", "drop the mark", decision.where)
        sorted_[item.id].append((decision, item))
    return sorted_


def _missed_by_both(decision: Decision, ids: set[str]) -> Disagreement:
    match = _KEY.fullmatch(decision.key)
    if match is None or match["id"] not in ids or match["kind"] == "attribute":
        cure = "write id:start-end:label:category or id:start-end:entity"
        raise InvalidRecordError(f"{decision.key} names nothing that could be added", cure, decision.where)
    start, end = int(match["start"]), int(match["end"])
    if match["kind"] == "entity":
        return Disagreement(match["id"], start, end, "entity", "", [], [])
    return Disagreement(match["id"], start, end, "label", match["subject"] or "", None, None)


class _Article:
    """The result for one article while decisions are carried out; it starts as what the first pass says."""

    def __init__(self, a: Annotation, b: Annotation) -> None:
        self.base = a if a.text is not None or b.text is None else a.model_copy(update={"text": b.text})
        self.clauses = {(clause.start, clause.end) for clause in a.clauses}
        measured, tagged = (a if has_layer(a, layer) else b for layer in ("measures", "entities"))
        self.measures = {(m.start, m.end, m.category): m for m in measured.measures}
        self.entities = list(tagged.entities)
        spans: list[Entity | Measure] = [*a.entities, *b.entities, *a.measures, *b.measures]
        self.hashes = {(span.start, span.end): span.hash for span in spans if span.hash}
        self.layers = _common_layers(a, b)

    def decide(self, decided: Sequence[_Decided]) -> Annotation:
        for decision, item in decided:
            try:
                if decision.decision is None:
                    raise ValueError("the decision is empty")
                self._carry_out(decision, item)
            except ValidationError as error:
                raise InvalidRecordError(describe(error), f"decide {decision.key} anew", decision.where) from error
            except ValueError as error:
                raise InvalidRecordError(str(error), f"decide {decision.key} anew", decision.where) from error
        fields = self.base.model_dump(exclude_none=True) | self.layers
        fields |= {
            "measures": [self.measures[key].model_dump() for key in sorted(self.measures)],
            "entities": [e.model_dump() for e in sorted(self.entities, key=lambda e: (e.start, -e.end, e.label))],
            "adjudication": [decision.provenance() for decision, _ in decided],
        }
        return Annotation.model_validate(fields)

    def _carry_out(self, decision: Decision, item: Disagreement) -> None:
        answer = {"a": item.a, "b": item.b}.get(decision.decision) if _is_side(decision) else decision.decision
        if item.kind == "entity":
            self._set_entities(item, answer)
        elif item.kind == "attribute":
            category, name = item.subject.rsplit(".", 1)
            key = (item.start, item.end, category)
            self.measures[key] = Measure.model_validate(self.measures[key].model_dump() | {name: answer})
        else:
            self._set_label(item, answer, addition=decision.addition)

    def _set_label(self, item: Disagreement, answer: object, *, addition: bool) -> None:
        key = (item.start, item.end, item.subject)
        if (item.start, item.end) not in self.clauses:
            raise ValueError(f"{item.start}-{item.end} is no clause of {item.id}")
        if addition and key in self.measures:
            raise ValueError(f"both passes give {item.subject} to {item.start}-{item.end} already")
        if answer in (None, "none"):
            self.measures.pop(key, None)
        elif isinstance(answer, dict) and answer.keys() == set(ATTRIBUTES):
            place = self._place(item.start, item.end, item.hash)
            self.measures[key] = Measure.model_validate({**place, "category": item.subject, **answer})
        else:
            raise ValueError(f"a label is decided by a, b, none or its {', '.join(ATTRIBUTES)}")

    def _set_entities(self, item: Disagreement, answer: object) -> None:
        if not isinstance(answer, list) or not all(isinstance(entry, dict) for entry in answer):
            raise ValueError("entities are decided by a, b or a list of entities")
        disputed = [*item.a, *item.b]
        kept = [entity for entity in self.entities if plain_entity(entity) not in disputed]
        chosen = [self._placed(Entity.model_validate(entry)) for entry in answer]
        if twice := [e for e in chosen if plain_entity(e) in map(plain_entity, kept)]:
            raise ValueError(f"both passes have {twice[0].label} at {twice[0].start}-{twice[0].end} already")
        self.entities = kept + chosen

    def _placed(self, stated: Entity) -> Entity:
        place = self._place(stated.start, stated.end, stated.hash or (stated.quote and quote_hash(stated.quote)))
        found = place["quote"]
        if found is not None and stated.quote not in {None, found}:
            raise ValueError(f"{stated.start}-{stated.end} reads {found!r}, the decision says {stated.quote!r}")
        return stated.model_copy(update=place)

    def _place(self, start: int, end: int, hash_: str | None = None) -> dict[str, Any]:
        """Return the span with its quote, or with its hash where there is no text."""
        if self.base.text is None:
            return {"start": start, "end": end, "quote": None, "hash": hash_ or self.hashes.get((start, end))}
        return {"start": start, "end": end, "quote": self.base.text[start:end], "hash": None}


def _common_layers(a: Annotation, b: Annotation) -> dict[str, list[str]]:
    """Return the key `layers` of the result: what either pass annotated, where both say so."""
    one, other = (getattr(side, "layers", None) for side in (a, b))
    return {"layers": sorted({*one, *other}, reverse=True)} if one and other else {}


def _is_side(decision: Decision) -> bool:
    return isinstance(decision.decision, str) and decision.decision in {"a", "b"}
