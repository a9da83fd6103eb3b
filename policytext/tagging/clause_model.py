"""The clause classifier in numpy: categories and attributes of every clause of a text, in two stages.

First, n-grams of the clause, its sentence, its neighbours and the document's opening are weighed linearly (logistic
regression, trained by `policytext.training.clause_model`). Then a small network sees what the first stage says of the
clause, of its neighbours, of its sentence and of the whole document, and which cues stand in it, and decides: the same
words are a measure among a notice's items and none in a case report.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np

from policytext.tagging.cues import cue_features
from policytext.tagging.model_folder import model_folder, read_part, write_part
from policytext.tagging.ngrams import Field, FloatArray, IntArray, buckets, code_points, gather, score
from policytext.tagging.places_in_text import place_features
from policytext.text.layout import Layout

PART = "clauses"
# The characters at an article's beginning that tell its genre: a title and the first words.
_LEAD = 60
# How far the second stage looks to each side, in clauses.
REACH = 2


@dataclass(frozen=True)
class ClausePrediction:
    """Probabilities of one text: `categories` (clauses, categories), `attributes` (clauses, 3 attributes, 3 values)."""

    categories: FloatArray
    attributes: FloatArray


def sigmoid(scores: FloatArray) -> FloatArray:
    """Return the logistic function of `scores`, safe for large ones."""
    probabilities: FloatArray = (0.5 * (1 + np.tanh(0.5 * scores))).astype(np.float32)
    return probabilities


def softmax(scores: FloatArray) -> FloatArray:
    """Return the softmax over the last axis."""
    raised = np.exp(scores - scores.max(-1, keepdims=True))
    shares: FloatArray = (raised / raised.sum(-1, keepdims=True)).astype(np.float32)
    return shares


def stretches(layout: Layout) -> dict[str, tuple[IntArray, IntArray, IntArray]]:
    """Return for each field its stretches: starts, ends, and for each clause the number of its stretch (-1: none)."""
    units = np.array(layout.clauses, np.int64).reshape(-1, 3)
    sentences = np.array(layout.sentences, np.int64).reshape(-1, 2)
    starts, ends, number = units[:, 0], units[:, 1], np.arange(len(units))
    lead = np.array([min(_LEAD, len(layout.view))])
    return {
        "clause": (starts, ends, number),
        "sentence": (sentences[:, 0], sentences[:, 1], units[:, 2]),
        "previous": (starts, ends, number - 1),
        "next": (starts, ends, np.append(number[1:], -1) if len(number) else number),
        "lead": (np.zeros(1, np.int64), lead, np.zeros(len(units), np.int64)),
    }


def context(scores: FloatArray, sentences: IntArray) -> FloatArray:
    """Return (clauses, (2 * REACH + 3) * columns): scores of the clause, its neighbours, its sentence, its document."""
    padded = np.pad(scores, ((REACH, REACH), (0, 0)), constant_values=-8.0)
    near = [padded[shift : shift + len(scores)] for shift in range(2 * REACH + 1)]
    opening = np.flatnonzero(np.diff(sentences, prepend=-1))
    counts = np.diff(np.append(opening, len(scores)))
    highest = np.repeat(np.maximum.reduceat(scores, opening), counts, 0)
    whole = np.repeat(sigmoid(scores).mean(0, keepdims=True), len(scores), 0) * 10
    return np.concatenate([*near, highest, whole], 1)


class ClauseModel:
    """A trained classifier; `predict` is all it does."""

    def __init__(self, config: Mapping[str, Any], weights: Mapping[str, Any]) -> None:
        self.config = dict(config)
        self.fields = [Field(f["name"], tuple(f["orders"]), f["bits"]) for f in config["fields"]]
        self.weights: dict[str, Any] = dict(weights)
        self._latest: tuple[Layout, ClausePrediction] | None = None

    @property
    def categories(self) -> list[str]:
        """The category ids in the order of the columns."""
        return list(self.config["categories"])

    @property
    def id(self) -> str:
        """The name of the model."""
        return str(self.config["id"])

    @classmethod
    def load(cls, folder: Path) -> ClauseModel:
        """Return the classifier of a model folder; nothing in the folder is run."""
        config, arrays = read_part(folder, PART)
        return cls(config, dict(_unpacked(arrays)))

    def save(self, folder: Path) -> None:
        """Write the model folder: n-gram weights as bytes with a scale per column, the rest in half precision."""
        write_part(folder, PART, self.config, dict(_packed(self.weights)))

    def predict(self, layout: Layout) -> ClausePrediction:
        """Return the probabilities of a text; asked twice in a row for the same one, it computes once."""
        if self._latest is None or self._latest[0] is not layout:
            self._latest = layout, self._compute(layout)
        return self._latest[1]

    def _compute(self, layout: Layout) -> ClausePrediction:
        if not layout.clauses:
            return ClausePrediction(np.zeros((0, len(self.categories)), np.float32), np.zeros((0, 3, 3), np.float32))
        w = self.weights
        scores = self.linear(layout)
        sentences = np.array(layout.clauses, np.int64)[:, 2]
        seen = np.concatenate([context(scores, sentences), place_features(layout), cue_features(layout)], 1)
        standard = ((seen - w["mean"]) / w["scale"]).astype(np.float32)
        # (members, clauses, ·): the second stage is a committee; it says the mean of its members' probabilities.
        hidden = np.maximum(standard @ w["hidden.weight"] + w["hidden.bias"][:, None], 0)
        members = sigmoid(hidden @ w["out.weight"] + w["out.bias"][:, None])
        # One small network per attribute sees the same: (attributes, clauses, values), turned to clauses first.
        hidden = np.maximum(standard @ w["attribute.hidden.weight"] + w["attribute.hidden.bias"][:, None], 0)
        values = softmax(hidden @ w["attribute.out.weight"] + w["attribute.out.bias"][:, None])
        return ClausePrediction(members.mean(0), np.ascontiguousarray(values.transpose(1, 0, 2)))

    def linear(self, layout: Layout) -> FloatArray:
        """Return (clauses, categories + 9): the first stage's scores of categories and attribute values."""
        w = self.weights
        points = code_points(layout.view)
        total = place_features(layout) @ w["place.weight"] + w["bias"]
        stretched = stretches(layout)
        for field in self.fields:
            starts, ends, number = stretched[field.name]
            joined, begins = gather(points, starts, ends)
            bucket, owner = buckets(joined, begins, field)
            found = score(bucket, owner, len(starts), w[f"{field.name}.weight"], w[f"{field.name}.idf"])
            total += np.where((number >= 0)[:, None], found[number], 0)
        scores: FloatArray = total.astype(np.float32)
        return scores


def _packed(weights: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    for name, array in weights.items():
        if name.endswith(".weight") and len(array) > 4096:
            scale = np.maximum(np.abs(array).max(0), 1e-9) / 127
            yield name, np.round(array / scale).astype(np.int8)
            yield f"{name}.scale", scale.astype(np.float32)
        else:
            yield name, array.astype(np.float16 if array.size > 4096 else np.float32)


def _unpacked(arrays: Mapping[str, Any]) -> Iterator[tuple[str, FloatArray]]:
    for name, array in arrays.items():
        if f"{name}.scale" in arrays:
            yield name, array.astype(np.float32) * arrays[f"{name}.scale"]
        elif not name.endswith(".scale"):
            yield name, array.astype(np.float32)


@lru_cache(maxsize=4)
def load_clause_model(model: str) -> ClauseModel:
    """Return the classifier of a shipped model's name or of a model folder; components share it."""
    return ClauseModel.load(model_folder(model))
