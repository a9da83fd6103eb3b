"""Annotations of the same articles side by side."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from policytext.errors import InvalidRecordError
from policytext.records import Annotation, text_hash

# How many ids an error line names before it only counts them.
_NAMED = 5


class Pairs(NamedTuple):
    """Two annotations per article in gold's order; `missing` names the articles that only gold has."""

    pairs: list[tuple[Annotation, Annotation]]
    missing: tuple[str, ...]


def pair_by_id(gold: Sequence[Annotation], predicted: Sequence[Annotation]) -> Pairs:
    """Return gold and prediction of each article; an article without prediction is paired with an empty one.

    Raises InvalidRecordError where an id stands twice, where the prediction has ids that gold lacks, or where an id
    names two different texts.
    """
    known = _by_id(gold, "the first set")
    found = _by_id(predicted, "the second set")
    if unknown := found.keys() - known.keys():
        raise InvalidRecordError(f"the second set has articles that the first lacks: {name_ids(unknown)}", "drop them")
    for key, annotation in found.items():
        _check_same_text(known[key], annotation)
    pairs = [(annotation, found.get(key) or Annotation(id=key)) for key, annotation in known.items()]
    return Pairs(pairs, tuple(key for key in known if key not in found))


def name_ids(ids: Iterable[str]) -> str:
    """Return the ids for an error line: a few of them by name, then their number."""
    ordered = sorted(ids)
    more = len(ordered) - _NAMED
    return ", ".join(ordered[:_NAMED]) + (f" and {more} more" if more > 0 else "")


def has_layer(annotation: Annotation, layer: str) -> bool:
    """Tell whether the layer was annotated at all: a row that lists its `layers` lists this one."""
    layers = getattr(annotation, "layers", None)
    return layers is None or layer in layers


def _by_id(annotations: Sequence[Annotation], name: str) -> dict[str, Annotation]:
    found = {annotation.id: annotation for annotation in annotations}
    if len(found) < len(annotations):
        seen: set[str] = set()
        twice = {a.id for a in annotations if a.id in seen or seen.add(a.id)}  # type: ignore[func-returns-value]
        raise InvalidRecordError(f"{name} has articles twice: {name_ids(twice)}", "keep one row for each id")
    return found


def _check_same_text(a: Annotation, b: Annotation) -> None:
    if a.text is not None and b.text is not None:
        same = a.text == b.text
    else:
        first, second = _text_key(a), _text_key(b)
        same = first is None or second is None or first == second
    if not same:
        raise InvalidRecordError("the two sets have different texts under this id", "offsets need one text", a.id)


def _text_key(annotation: Annotation) -> str | None:
    return annotation.sha256 or (text_hash(annotation.text) if annotation.text is not None else None)
