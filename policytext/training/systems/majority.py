"""The floor: what can be had without looking at the text."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Self

import numpy as np

from policytext.records import Annotation
from policytext.text.layout import Layout
from policytext.training.systems.base import FloatArray, categories, training_data
from policytext.training.systems.files import column_values, read_json, write_json


class Majority:
    """Gives every clause the share of training clauses that bear the category; nothing in the text is looked at."""

    id = "majority"

    def __init__(self) -> None:
        self.shares: FloatArray = np.zeros(len(categories()))

    def fit(self, gold: Sequence[Annotation]) -> None:
        """Count the categories."""
        _, targets = training_data(gold)
        self.shares = targets.sum(axis=0) / max(1, len(targets))

    def predict_proba(self, layouts: Sequence[Layout]) -> list[FloatArray]:
        """Return the same row for every clause."""
        return [np.tile(self.shares, (len(layout.clauses), 1)) for layout in layouts]

    def save(self, folder: Path) -> None:
        """Write the shares."""
        write_json(folder / "shares.json", dict(zip(categories(), self.shares.tolist(), strict=True)))

    @classmethod
    def load(cls, folder: Path) -> Self:
        """Return the system as it was saved."""
        system = cls()
        system.shares = column_values(read_json(folder / "shares.json"))
        return system
