"""The character network in numpy: one pass over a text gives its entities' tags and its clauses' categories.

Architecture (trained by `policytext.training.charnet`): embeddings of characters, hashed bigrams and trigrams and
finder flags are added; dilated convolutions give each character its context; a clause is the mean and maximum of its
characters with its place in the document; convolutions over neighbouring clauses, the sentence and the document give
the clause its context.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from importlib.resources import files
from pathlib import Path
from typing import Any

import numpy as np

from policytext.errors import UnreadableInputError
from policytext.tagging.features import CLAUSE_FEATURES, Features, FloatArray, extract_features
from policytext.text.layout import Layout

CONFIG, WEIGHTS = "config.json", "weights.npz"


@dataclass(frozen=True)
class Prediction:
    """What the network says of one text.

    `categories`: probabilities (clauses, categories); `attributes`: probabilities (clauses, 3 attributes, 3 values);
    `outer`, `inner`: scores of entity tags (characters, tags), for outermost and for nested entities.
    """

    categories: FloatArray
    attributes: FloatArray
    outer: FloatArray
    inner: FloatArray


def sigmoid(scores: FloatArray) -> FloatArray:
    """Return the logistic function of `scores`, safe for large ones."""
    probabilities: FloatArray = (0.5 * (1 + np.tanh(0.5 * scores))).astype(np.float32)
    return probabilities


def softmax(scores: FloatArray) -> FloatArray:
    """Return the softmax over the last axis."""
    raised = np.exp(scores - scores.max(-1, keepdims=True))
    shares: FloatArray = (raised / raised.sum(-1, keepdims=True)).astype(np.float32)
    return shares


def _convolve(rows: FloatArray, weight: FloatArray, bias: FloatArray, dilation: int) -> FloatArray:
    """Return the convolution of rows (n, in) with weight (width, in, out), padded so that n stays."""
    width = len(weight)
    reach = dilation * (width // 2)
    padded = np.pad(rows, ((reach, reach), (0, 0)))
    total = np.repeat(bias[None], len(rows), 0)
    for tap in range(width):
        total += padded[tap * dilation : tap * dilation + len(rows)] @ weight[tap]
    return total


class CharacterNetwork:
    """A trained network; `predict` is all it does."""

    def __init__(self, config: Mapping[str, Any], weights: Mapping[str, FloatArray]) -> None:
        self.config = dict(config)
        self.weights = {name: np.ascontiguousarray(array, np.float32) for name, array in weights.items()}
        self._latest: tuple[Layout, Prediction] | None = None

    @cached_property
    def id(self) -> str:
        """The name and version of the model."""
        return str(self.config["id"])

    @classmethod
    def load(cls, folder: Path) -> CharacterNetwork:
        """Return the network of a model folder; nothing in the folder is run."""
        try:
            config = json.loads((folder / CONFIG).read_text("utf-8"))
            with np.load(folder / WEIGHTS, allow_pickle=False) as arrays:
                return cls(config, {name: arrays[name] for name in arrays.files})
        except (OSError, ValueError, KeyError) as error:
            raise UnreadableInputError(
                f"is not a model folder: {error}", "give a folder made by `policytext train`", str(folder)
            ) from error

    def save(self, folder: Path) -> None:
        """Write the model folder; weights are stored as half-precision numbers."""
        folder.mkdir(parents=True, exist_ok=True)
        (folder / CONFIG).write_text(json.dumps(self.config, ensure_ascii=False, indent=1) + "\n", "utf-8")
        halves: dict[str, Any] = {name: array.astype(np.float16) for name, array in self.weights.items()}
        np.savez_compressed(folder / WEIGHTS, **halves)

    def predict(self, layout: Layout) -> Prediction:
        """Return what the network says of a text; asked twice in a row for the same one, it computes once."""
        if self._latest is None or self._latest[0] is not layout:
            self._latest = layout, self._compute(extract_features(layout))
        return self._latest[1]

    def _compute(self, features: Features) -> Prediction:
        characters = self._characters(features)
        clauses = self._clauses(characters, features)
        w = self.weights
        attributes = (clauses @ w["attribute.weight"] + w["attribute.bias"]).reshape(-1, 3, 3)
        return Prediction(
            categories=sigmoid(clauses @ w["category.weight"] + w["category.bias"]),
            attributes=softmax(attributes),
            outer=characters @ w["outer.weight"] + w["outer.bias"],
            inner=characters @ w["inner.weight"] + w["inner.bias"],
        )

    def _characters(self, features: Features) -> FloatArray:
        """Return (characters, width): each character in its context."""
        w = self.weights
        rows = w["char"][features.chars] + w["bigram"][features.bigrams] + w["trigram"][features.trigrams]
        rows += w["flag"][features.flags]
        for number, dilation in enumerate(self.config["dilations"]):
            step = _convolve(rows, w[f"conv{number}.weight"], w[f"conv{number}.bias"], dilation)
            rows += np.maximum(step, 0, out=step)
        return rows

    def _clauses(self, characters: FloatArray, features: Features) -> FloatArray:
        """Return (clauses, 2 * hidden): each clause by itself, and in its sentence, neighbourhood and document."""
        w = self.weights
        if not len(features.starts):
            return np.zeros((0, len(w["category.weight"])), np.float32)
        pooled = _pool(characters, features)
        own = np.maximum(pooled @ w["clause.weight"] + w["clause.bias"], 0)
        near = np.maximum(_convolve(own, w["context.weight"], w["context.bias"], 1), 0)
        near += _mean_by(own, features.sentences) @ w["sentence.weight"] + own.mean(0) @ w["document.weight"]
        near += w["document.bias"]
        return np.concatenate([own, np.maximum(near, 0)], 1)


def _pool(characters: FloatArray, features: Features) -> FloatArray:
    """Return (clauses, 2 * width + CLAUSE_FEATURES): mean and maximum of each clause's characters, and its place."""
    closed = np.concatenate([characters, np.zeros_like(characters[:1])])
    edges = np.stack([features.starts, features.ends], 1).ravel()
    means = np.add.reduceat(closed, edges)[::2] / (features.ends - features.starts)[:, None]
    highest = np.maximum.reduceat(closed, edges)[::2]
    return np.concatenate([means.astype(np.float32), highest, features.clauses], 1)


def _mean_by(rows: FloatArray, groups: np.typing.NDArray[np.int64]) -> FloatArray:
    """Return for each row the mean of the rows of its group; groups are runs."""
    opening = np.flatnonzero(np.diff(groups, prepend=-1))
    counts = np.diff(np.append(opening, len(rows)))
    return np.repeat(np.add.reduceat(rows, opening) / counts[:, None], counts, 0).astype(np.float32)


def shapes(config: Mapping[str, Any], tables: Mapping[str, int]) -> dict[str, tuple[int, ...]]:
    """Return the shape of every weight; `tables` are the rows of char, bigram, trigram and flag."""
    width, hidden = config["width"], config["hidden"]
    named: dict[str, tuple[int, ...]] = {table: (rows, width) for table, rows in tables.items()}
    for number in range(len(config["dilations"])):
        named |= {f"conv{number}.weight": (3, width, width), f"conv{number}.bias": (width,)}
    for layer, shape in {
        "clause": (2 * width + CLAUSE_FEATURES, hidden),
        "context": (5, hidden, hidden),
        "sentence": (hidden, hidden),
        "document": (hidden, hidden),
        "category": (2 * hidden, len(config["categories"])),
        "attribute": (2 * hidden, 9),
        "outer": (width, len(config["outer_tags"])),
        "inner": (width, len(config["inner_tags"])),
    }.items():
        named |= {f"{layer}.weight": shape, f"{layer}.bias": shape[-1:]}
    del named["sentence.bias"]
    return named


@lru_cache(maxsize=4)
def load_network(model: str) -> CharacterNetwork:
    """Return the network of a shipped model's name or of a model folder; components share it."""
    shipped = Path(str(files("policytext"))) / "models" / model
    return CharacterNetwork.load(shipped if shipped.is_dir() else Path(model))
