"""Targets of training: what gold says of each clause, and of each character of a text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

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
    """One text for the entity network; `outer`, `inner`: tag numbers per character."""

    features: Features
    outer: IntArray
    inner: IntArray

    @property
    def size(self) -> int:
        """The number of characters."""
        return len(self.features.chars)


def measure_targets(annotation: Annotation, layout: Layout) -> tuple[FloatArray, IntArray]:
    """Return (clauses, categories) probabilities, 1.0 for gold, and (clauses, 3) attribute values or UNKNOWN."""
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
        values = (measure.polarity, measure.force, measure.realis)
        attributes[row] = [
            names.index(value) for names, value in zip(taxonomy.attributes.values(), values, strict=True)
        ]
        categories[row, columns[measure.category]] = 1.0 if measure.score is None else measure.score
    return categories, attributes


def has_entities(annotation: Annotation) -> bool:
    """Tell whether the entities of an annotation were annotated: an empty list may mean that nobody looked."""
    return "entities" in getattr(annotation, "layers", ["entities"])


def make_example(annotation: Annotation, outer_tags: Sequence[str], inner_tags: Sequence[str]) -> Example:
    """Return the example of an annotation whose entities were annotated; the text must be there."""
    if annotation.text is None:
        raise InvalidRecordError(f"{annotation.id} has no text", "run `policytext hydrate` first")
    found: list[Found] = [(entity.start, entity.end, entity.label) for entity in annotation.entities]
    flat = outermost(found)
    labels = {tag[2:] for tag in inner_tags}
    nested = outermost([span for span in found if span not in set(flat) and span[2] in labels])
    length = len(annotation.text)
    features = extract_features(Layout(annotation.text))
    return Example(features, encode(flat, length, outer_tags), encode(nested, length, inner_tags))
