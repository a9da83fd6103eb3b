"""The measure tagger: categories above their thresholds, their attributes, and the words that decided."""

from __future__ import annotations

from pathlib import Path
from typing import Any, NamedTuple, Self

import numpy as np

from policytext.tagging.clause_model import ClauseModel, load_clause_model
from policytext.tagging.cues import matching_categories
from policytext.taxonomy import load_taxonomy
from policytext.text.layout import Layout
from policytext.text.tokens import segment_view

# Words named as evidence of one label: those whose loss costs it most.
_EVIDENCE = 3


class Call(NamedTuple):
    """A category found in a clause (its index) and its probability."""

    clause: int
    category: str
    score: float


class MeasureTagger:
    """Finds measures and their attributes with the classifier of a model folder."""

    def __init__(self, model: ClauseModel) -> None:
        self.model = model
        self.categories: list[str] = model.config["categories"]
        self.thresholds = np.array([model.config["thresholds"][name] for name in self.categories])

    @classmethod
    def load(cls, model: str) -> Self:
        """Return the tagger of a shipped model's name or of a model folder."""
        return cls(load_clause_model(model))

    def save(self, folder: Path) -> None:
        """Write the model folder."""
        self.model.save(folder)

    def tag(self, layout: Layout) -> list[Call]:
        """Return the categories of each clause whose probability reaches the category's threshold."""
        probabilities = self.model.predict(layout).categories
        rows, columns = np.nonzero(probabilities >= self.thresholds)
        return [
            Call(row, self.categories[column], round(float(probabilities[row, column]), 3))
            for row, column in zip(rows.tolist(), columns.tolist(), strict=True)
        ]

    def attributes(self, layout: Layout, clauses: list[int]) -> list[dict[str, str]]:
        """Return polarity, force and realis for each of the given clauses (indices)."""
        values = load_taxonomy().attributes
        best = self.model.predict(layout).attributes[clauses].argmax(-1)
        return [{name: values[name][index] for name, index in zip(values, row, strict=True)} for row in best.tolist()]

    def explain(self, layout: Layout, call: Call) -> list[dict[str, Any]]:
        """Return the evidence for a label: the cue that names its category, and the words that carry it.

        A word's weight is what the label's log-odds lose when the word is blanked out.
        """
        start, end, _ = layout.clauses[call.clause]
        column = self.categories.index(call.category)
        cue = matching_categories(layout.view[start:end]).get(call.category)
        evidence: list[dict[str, Any]] = [{"feature": f"cue:{cue}", "weight": 1.0}] if cue else []
        full = _log_odds(self.model.predict(layout).categories[call.clause, column])
        weights, place = [], start
        for word in segment_view(layout.view[start:end]):
            blanked = _blank(layout, place, place + len(word))
            rest = self.model.predict(blanked).categories[call.clause, column]
            weights.append((full - _log_odds(rest), word))
            place += len(word)
        strongest = sorted(weights, reverse=True)[:_EVIDENCE]
        return evidence + [{"feature": word, "weight": round(weight, 2)} for weight, word in strongest if weight > 0]


def _log_odds(probability: float) -> float:
    clipped = float(np.clip(probability, 1e-6, 1 - 1e-6))
    return float(np.log(clipped / (1 - clipped)))


def _blank(layout: Layout, start: int, end: int) -> Layout:
    """Return a layout alike in everything but the characters from `start` to `end`, which are unknown ones."""
    return layout.with_view(layout.view[:start] + "\ufffd" * (end - start) + layout.view[end:])
