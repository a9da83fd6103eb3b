"""The codebook's cue lexicon as a classifier: a category where one of its cues stands."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Self

import numpy as np

from policytext.records import Annotation
from policytext.tagging.cues import matching_categories
from policytext.text.layout import Layout
from policytext.training.systems.base import FloatArray, categories, split_rows, training_data
from policytext.training.systems.files import column_values, read_json, write_json


class Cues:
    """Gives a category the share of training clauses with its cue that bear it; before `fit` a cue is trusted fully."""

    id = "cues"

    def __init__(self) -> None:
        self.precisions: FloatArray = np.ones(len(categories()))

    def fit(self, gold: Sequence[Annotation]) -> None:
        """Count how often each category's cue is right; the added one of two keeps a rare cue off 0 and 1."""
        layouts, targets = training_data(gold)
        matches = _matches(layouts)
        self.precisions = ((matches * targets).sum(axis=0) + 1) / (matches.sum(axis=0) + 2)

    def predict_proba(self, layouts: Sequence[Layout]) -> list[FloatArray]:
        """Return the precision of each cue that stands in the clause, else 0."""
        return split_rows(_matches(layouts) * self.precisions, layouts)

    def save(self, folder: Path) -> None:
        """Write the precisions; the lexicon is the package's."""
        write_json(folder / "precisions.json", dict(zip(categories(), self.precisions.tolist(), strict=True)))

    @classmethod
    def load(cls, folder: Path) -> Self:
        """Return the system as it was saved."""
        system = cls()
        system.precisions = column_values(read_json(folder / "precisions.json"))
        return system


def _matches(layouts: Sequence[Layout]) -> FloatArray:
    columns = {category: column for column, category in enumerate(categories())}
    clauses = [layout.view[start:end] for layout in layouts for start, end, _ in layout.clauses]
    matches = np.zeros((len(clauses), len(columns)))
    for row, clause in zip(matches, clauses, strict=True):
        row[[columns[category] for category in matching_categories(clause)]] = 1
    return matches
