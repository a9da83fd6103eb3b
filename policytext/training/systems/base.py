"""What a system is: it learns from gold and gives each clause of a text a probability for each category."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Protocol, Self

import numpy as np
import numpy.typing as npt

from policytext.errors import InvalidRecordError
from policytext.metrics.pairing import has_layer
from policytext.records import Annotation, Clause, Measure, Sentence
from policytext.tagging.cues import cue_attributes
from policytext.taxonomy import load_taxonomy
from policytext.text.layout import Layout, read_layout

FloatArray = npt.NDArray[np.float64]
BoolArray = npt.NDArray[np.bool_]
# From a layout and clause indices to each clause's polarity, force and realis.
Attributes = Callable[[Layout, Sequence[int]], list[dict[str, str]]]


class System(Protocol):
    """A classifier of clauses; categories are the columns of `taxonomy.category_ids`, in that order."""

    id: str

    def fit(self, gold: Sequence[Annotation]) -> None:
        """Learn from annotations that have their text."""

    def predict_proba(self, layouts: Sequence[Layout]) -> list[FloatArray]:
        """Return for each text the probabilities, (clauses, categories)."""

    def save(self, folder: Path) -> None:
        """Write what was learnt into an existing folder: JSON and arrays, nothing that is run."""

    @classmethod
    def load(cls, folder: Path) -> Self:
        """Return the system as it was saved; raise UnreadableInputError where the folder holds none."""


def categories() -> tuple[str, ...]:
    """Return the category of each column."""
    return load_taxonomy().category_ids


def gold_layouts(gold: Sequence[Annotation]) -> list[tuple[Annotation, Layout]]:
    """Return the annotations whose measures were judged, each with the layout of its text.

    Raises InvalidRecordError where one has no text.
    """
    judged = [annotation for annotation in gold if has_layer(annotation, "measures")]
    for annotation in judged:
        if annotation.text is None:
            raise InvalidRecordError("there is no text to learn from", "run `policytext hydrate` first", annotation.id)
    return [(annotation, read_layout(annotation.text or "")) for annotation in judged]


def clause_targets(annotation: Annotation, layout: Layout) -> BoolArray:
    """Return which categories gold gives each clause, (clauses, categories).

    Raises InvalidRecordError where a measure lies on no clause or its category is not in the taxonomy.
    """
    rows = {(unit.start, unit.end): row for row, unit in enumerate(layout.clauses)}
    columns = {category: column for column, category in enumerate(categories())}
    targets = np.zeros((len(rows), len(columns)), dtype=bool)
    for measure in annotation.measures:
        place = (measure.start, measure.end)
        if place not in rows or measure.category not in columns:
            problem = f"measure {measure.category} at {measure.start}-{measure.end} is no known category on a clause"
            raise InvalidRecordError(problem, "see `policytext validate`", annotation.id)
        targets[rows[place], columns[measure.category]] = True
    return targets


def training_data(gold: Sequence[Annotation]) -> tuple[list[Layout], BoolArray]:
    """Return the layouts of the gold and the targets of all their clauses, one text behind the other."""
    pairs = gold_layouts(gold)
    none = np.zeros((0, len(categories())), dtype=bool)
    targets = [clause_targets(annotation, layout) for annotation, layout in pairs]
    return [layout for _, layout in pairs], np.concatenate([none, *targets])


def split_rows(rows: FloatArray, layouts: Sequence[Layout]) -> list[FloatArray]:
    """Return the rows of each text, given those of all texts one behind the other."""
    ends = np.cumsum([len(layout.clauses) for layout in layouts])
    return [np.asarray(part, dtype=np.float64) for part in np.split(rows, ends[:-1])] if layouts else []


def cued_attributes(layout: Layout, clauses: Sequence[int]) -> list[dict[str, str]]:
    """Return the attributes that the cue words of each clause and its sentence suggest: the baseline of attributes."""
    found = []
    for start, end, sentence in (layout.clauses[index] for index in clauses):
        around = layout.view[slice(*layout.sentences[sentence])]
        found.append(cue_attributes(layout.view[start:end], around))
    return found


def annotate(
    layouts: Sequence[Layout],
    probabilities: Sequence[FloatArray],
    thresholds: FloatArray,
    attributes: Attributes = cued_attributes,
) -> list[Annotation]:
    """Return each text's annotation: every category whose probability reaches its threshold, with that as score.

    The annotations have no id; `layers` says that measures are all they hold.
    """
    return [
        _annotation(layout, rows, thresholds, attributes)
        for layout, rows in zip(layouts, probabilities, strict=True)
    ]  # fmt: skip


def _annotation(layout: Layout, rows: FloatArray, thresholds: FloatArray, attributes: Attributes) -> Annotation:
    names = categories()
    clauses, columns = (found.tolist() for found in np.nonzero(rows >= thresholds))
    measures = []
    for clause, column, values in zip(clauses, columns, attributes(layout, clauses), strict=True):
        start, end, _ = layout.clauses[clause]
        place = {"start": start, "end": end, "quote": layout.text[start:end]}
        score = round(float(rows[clause, column]), 4)
        measures.append(Measure.model_validate({**place, "category": names[column], "score": score, **values}))
    sentences = zip(layout.sentences, layout.sentence_kinds, strict=True)
    fields = {
        "id": "",
        "text": layout.text,
        "sentences": [Sentence.model_validate({"start": s, "end": e, "kind": kind}) for (s, e), kind in sentences],
        "clauses": [Clause(**unit._asdict()) for unit in layout.clauses],
        "measures": measures,
        "layers": ["measures"],
    }
    return Annotation.model_validate(fields)
