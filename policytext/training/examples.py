"""Training examples of the character network: a text's features and what gold, or a teacher, says of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from policytext.errors import InvalidRecordError
from policytext.records import Annotation
from policytext.tagging.entity_tags import Found, encode
from policytext.tagging.features import Features, FloatArray, IntArray, extract_features
from policytext.tagging.spans import outermost
from policytext.taxonomy import load_taxonomy
from policytext.text.layout import Layout

# The target of an attribute, or of a tag, that is not known.
UNKNOWN = -100


@dataclass(frozen=True)
class Example:
    """Features of one text and its targets; `categories` are probabilities (1.0 for gold, a teacher's own otherwise).

    `attributes`: (clauses, 3) value numbers or UNKNOWN; `outer`, `inner`: tag numbers per character, or None where
    the entities of the text were not annotated.
    """

    features: Features
    categories: FloatArray
    attributes: IntArray
    outer: IntArray | None
    inner: IntArray | None

    @property
    def size(self) -> int:
        """The number of characters."""
        return len(self.features.chars)


def _measure_targets(annotation: Annotation, layout: Layout) -> tuple[FloatArray, IntArray]:
    taxonomy = load_taxonomy()
    columns = {name: column for column, name in enumerate(taxonomy.category_ids)}
    rows = {unit[:2]: row for row, unit in enumerate(layout.clauses)}
    categories = np.zeros((len(rows), len(columns)), np.float32)
    attributes = np.full((len(rows), 3), UNKNOWN, np.int64)
    for measure in annotation.measures:
        if (measure.start, measure.end) not in rows:
            raise InvalidRecordError(
                f"measure {measure.start}-{measure.end} is no clause of {annotation.id}", "see `policytext validate`"
            )
        row = rows[measure.start, measure.end]
        score = 1.0 if measure.score is None else measure.score
        if score >= categories[row].max():
            values = (measure.polarity, measure.force, measure.realis)
            attributes[row] = [
                names.index(value) for names, value in zip(taxonomy.attributes.values(), values, strict=True)
            ]
        categories[row, columns[measure.category]] = score
    return categories, attributes


def _tag_targets(
    annotation: Annotation, length: int, outer_tags: Sequence[str], inner_tags: Sequence[str]
) -> tuple[IntArray, IntArray] | tuple[None, None]:
    if "entities" not in getattr(annotation, "layers", ["entities"]):
        return None, None
    found: list[Found] = [(entity.start, entity.end, entity.label) for entity in annotation.entities]
    flat = outermost(found)
    labels = {tag[2:] for tag in inner_tags}
    nested = outermost([span for span in found if span not in set(flat) and span[2] in labels])
    return encode(flat, length, outer_tags), encode(nested, length, inner_tags)


def make_example(annotation: Annotation, outer_tags: Sequence[str], inner_tags: Sequence[str]) -> Example:
    """Return the example of a gold annotation, or of a teacher's (measures with `score`); the text must be there."""
    if annotation.text is None:
        raise InvalidRecordError(f"{annotation.id} has no text", "run `policytext hydrate` first")
    layout = Layout(annotation.text)
    categories, attributes = _measure_targets(annotation, layout)
    outer, inner = _tag_targets(annotation, len(annotation.text), outer_tags, inner_tags)
    return Example(extract_features(layout), categories, attributes, outer, inner)


def join(examples: Sequence[Example], gap: int) -> tuple[Features, list[npt.NDArray[np.int64]]]:
    """Return the features of several texts as one, `gap` unknown characters apart, and each text's clause rows."""
    offsets = np.cumsum([0, *(example.size + gap for example in examples)])
    sentences = np.cumsum([0, *(int(e.features.sentences.max(initial=-1)) + 1 for e in examples)])
    clauses = np.cumsum([0, *(len(e.features.starts) for e in examples)])
    blank = np.zeros(gap, np.int64)

    def characters(name: str) -> IntArray:
        return np.concatenate([part for e in examples for part in (getattr(e.features, name), blank)])

    def shifted(name: str, by: npt.NDArray[np.int64]) -> IntArray:
        return np.concatenate([getattr(e.features, name) + step for e, step in zip(examples, by[:-1], strict=True)])

    joined = Features(
        chars=characters("chars"),
        bigrams=characters("bigrams"),
        trigrams=characters("trigrams"),
        flags=characters("flags"),
        starts=shifted("starts", offsets),
        ends=shifted("ends", offsets),
        sentences=shifted("sentences", sentences),
        clauses=np.concatenate([e.features.clauses for e in examples]),
    )
    rows = [np.arange(first, last) for first, last in pairwise(clauses.tolist())]
    return joined, rows
