"""The package's own clause classifier as one of the systems, trained with its recipe."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Self

import numpy as np

from policytext.errors import PolicytextError
from policytext.records import Annotation
from policytext.tagging.clause_model import ClauseModel
from policytext.taxonomy import load_taxonomy
from policytext.text.layout import Layout
from policytext.training.recipes import Recipe
from policytext.training.systems.base import FloatArray, gold_layouts


class TwoStage:
    """Trains `policytext.training.clause_model`; predicts with `policytext.tagging.clause_model`."""

    id = "two-stage"

    def __init__(self, *, seed: int = 0, recipe: Recipe | None = None) -> None:
        self.recipe = recipe or replace(Recipe(), seed=seed)
        self.model: ClauseModel | None = None

    def fit(self, gold: Sequence[Annotation]) -> None:
        """Train both stages from scratch."""
        from policytext.training.clause_model import train_clause_model

        self.model = train_clause_model([annotation for annotation, _ in gold_layouts(gold)], self.recipe)

    def predict_proba(self, layouts: Sequence[Layout]) -> list[FloatArray]:
        """Return the probabilities of each text's clauses, in the order of the taxonomy."""
        return [np.asarray(self._trained().predict(layout).categories, dtype=np.float64) for layout in layouts]

    def attributes(self, layout: Layout, clauses: Sequence[int]) -> list[dict[str, str]]:
        """Return polarity, force and realis of the clauses, as the classifier sees them."""
        values = load_taxonomy().attributes
        best = self._trained().predict(layout).attributes[list(clauses)].argmax(-1)
        rows = best.reshape(-1, len(values)).tolist()
        return [{name: values[name][index] for name, index in zip(values, row, strict=True)} for row in rows]

    def save(self, folder: Path) -> None:
        """Write the classifier's own files."""
        self._trained().save(folder)

    @classmethod
    def load(cls, folder: Path) -> Self:
        """Return the system as it was saved."""
        system = cls()
        system.model = ClauseModel.load(folder)
        return system

    def _trained(self) -> ClauseModel:
        if self.model is None:
            raise PolicytextError("the classifier has not been trained", "call fit() first")
        return self.model
