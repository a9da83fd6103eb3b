"""Annotations written as marked-up text, so that a test's gold can be read in place.

    markup("[[市民](POPULATION)须佩戴[口罩](GOODS)](personal_protection)，违者劝离。")

- `[what stands there](LABEL)` is an entity; a value may follow as JSON: `[6日](DATE {"start": "2021-12-06"})`.
  Entities nest: `[[海曲市](ADMIN)卫健委](ORG)`.
- `[a whole clause](category:polarity:force:realis)` is a measure; attributes left out are impose, mandatory, ordered.
  A clause with several measures: `[…](testing; quarantine_isolation::recommended)`. Entities may stand inside it.
- Clauses and sentences are cut as the package cuts them (`policytext.text.units`); the brackets of a measure must
  hold one of them, else markup raises ValueError, as it does for a bracket that is not closed.
- Brackets without a parenthesis behind them are text, as in `〔2022〕` or `[1]`.
"""

from __future__ import annotations

import json
import re

from policytext.records import Annotation, Clause, Entity, Measure, Sentence
from policytext.text.units import iter_clauses, iter_sentences
from policytext.text.view import aligned_view

DEFAULTS = ("impose", "mandatory", "ordered")
_TAG = re.compile(r"\((?P<entity>[A-Z]+)(?:\s+(?P<value>\{.*?\}))?\)|\((?P<measures>[a-z_]+[a-z_:; ]*)\)")


def markup(marked: str, id: str = "test", **fields: object) -> Annotation:  # noqa: A002
    """Return the annotation that the marked-up text stands for; `fields` are further keys of the record."""
    text, spans = _strip(marked)
    view = aligned_view(text)
    clauses = [Clause(**unit._asdict()) for unit in iter_clauses(view)]
    entities, measures = [], []
    for start, end, tag in spans:
        place = {"start": start, "end": end, "quote": text[start:end]}
        if tag["entity"]:
            value = json.loads(tag["value"]) if tag["value"] else None
            entities.append(Entity(**place, label=tag["entity"], value=value))
        elif (start, end) in {(clause.start, clause.end) for clause in clauses}:
            measures += [_measure(place, part) for part in tag["measures"].split(";")]
        else:
            raise ValueError(f"{text[start:end]!r} is not a whole clause")
    sentences = [Sentence(start=start, end=end, kind="body") for start, end in iter_sentences(view)]
    layers = {"sentences": sentences, "clauses": clauses, "entities": entities, "measures": measures}
    return Annotation.model_validate({"id": id, "text": text, **layers, **fields})


def _strip(marked: str) -> tuple[str, list[tuple[int, int, re.Match[str]]]]:
    """Return the text without marks and the (start, end, tag) of each, by position, the outer before the inner."""
    text: list[str] = []
    opened: list[int] = []
    spans = []
    place = 0
    while place < len(marked):
        char = marked[place]
        tag = _TAG.match(marked, place + 1) if char == "]" else None
        if char == "[" and _is_mark(marked, place):
            opened.append(len(text))
        elif tag:
            spans.append((opened.pop(), len(text), tag))
            place = tag.end() - 1
        else:
            text.append(char)
        place += 1
    return "".join(text), sorted(spans, key=lambda span: (span[0], -span[1]))


def _is_mark(marked: str, place: int) -> bool:
    """Tell whether the bracket at `place` opens a mark: its partner has a tag right behind it."""
    depth = 0
    for at in range(place, len(marked)):
        depth += {"[": 1, "]": -1}.get(marked[at], 0)
        if depth == 0:
            return bool(_TAG.match(marked, at + 1))
    raise ValueError(f"the bracket at {place} is not closed: {marked[place : place + 12]!r}")


def _measure(place: dict[str, object], tag: str) -> Measure:
    category, *given = tag.strip().split(":")
    given += [""] * (len(DEFAULTS) - len(given))
    polarity, force, realis = (own or usual for own, usual in zip(given, DEFAULTS, strict=True))
    return Measure.model_validate(
        {**place, "category": category, "polarity": polarity, "force": force, "realis": realis}
    )
