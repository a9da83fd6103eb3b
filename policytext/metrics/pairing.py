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


def pair_passes(a: Sequence[Annotation], b: Sequence[Annotation]) -> list[tuple[Annotation, Annotation]]:
    """Return the articles that both passes hold, in the order of the first; a second pass often covers a part.

    Raises InvalidRecordError where they share none, or where an article's clauses or text differ.
    """
    shared = {annotation.id for annotation in a} & {annotation.id for annotation in b}
    if not shared:
        raise InvalidRecordError("the two passes have no article in common", "compare passes over the same documents")
    first, second = ([annotation for annotation in side if annotation.id in shared] for side in (a, b))
    pairs = pair_by_id(first, second).pairs
    for one, other in pairs:
        _check_same_clauses(one, other)
    return pairs


def _check_same_clauses(a: Annotation, b: Annotation) -> None:
    cut_a, cut_b = ([(clause.start, clause.end) for clause in side.clauses] for side in (a, b))
    if cut_a != cut_b:
        place = next((i for i, (x, y) in enumerate(zip(cut_a, cut_b, strict=False)) if x != y), None)
        if place is None:
            problem = f"one pass has {len(cut_a)} clauses, the other {len(cut_b)}"
        else:
            problem = f"clause {place + 1} is {_show(cut_a[place])} in one pass and {_show(cut_b[place])} in the other"
        raise InvalidRecordError(problem, "cut both passes alike", a.id)
    for measure in (*a.measures, *b.measures):
        if (measure.start, measure.end) not in set(cut_a):
            where = _show((measure.start, measure.end))
            raise InvalidRecordError(
                f"measure {measure.category} at {where} lies on no clause", "see guidelines 1", a.id
            )


def _show(span: tuple[int, int]) -> str:
    return f"{span[0]}-{span[1]}"
