"""The entity network in numpy: tags of outermost and of nested entities for every character of a text.

Embeddings of characters, hashed bigrams and trigrams and finder flags are added; dilated convolutions give each
character its context. Trained by `policytext.training.entity_network`.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np

from policytext.tagging.features import FloatArray, extract_features
from policytext.tagging.model_folder import model_folder, read_part, write_part
from policytext.text.layout import Layout

PART = "entities"


def _convolve(rows: FloatArray, weight: FloatArray, bias: FloatArray, dilation: int) -> FloatArray:
    """Return the convolution of rows (n, in) with weight (width, in, out), padded so that n stays."""
    width = len(weight)
    reach = dilation * (width // 2)
    padded = np.pad(rows, ((reach, reach), (0, 0)))
    total = np.repeat(bias[None], len(rows), 0)
    for tap in range(width):
        total += padded[tap * dilation : tap * dilation + len(rows)] @ weight[tap]
    return total


class EntityNetwork:
    """A trained network; `predict` is all it does."""

    def __init__(self, config: Mapping[str, Any], weights: Mapping[str, FloatArray]) -> None:
        self.config = dict(config)
        self.weights = {name: np.ascontiguousarray(array, np.float32) for name, array in weights.items()}

    @classmethod
    def load(cls, folder: Path) -> EntityNetwork:
        """Return the network of a model folder; nothing in the folder is run."""
        return cls(*read_part(folder, PART))

    def save(self, folder: Path) -> None:
        """Write the model folder; weights are stored as half-precision numbers."""
        halves: dict[str, Any] = {name: array.astype(np.float16) for name, array in self.weights.items()}
        write_part(folder, PART, self.config, halves)

    def predict(self, layout: Layout) -> tuple[FloatArray, FloatArray]:
        """Return the scores of the outer and of the inner tags, each (characters, tags)."""
        features, w = extract_features(layout), self.weights
        rows = w["char"][features.chars] + w["bigram"][features.bigrams] + w["trigram"][features.trigrams]
        rows += w["flag"][features.flags] + w["word"][features.words] + w["name"][features.names]
        for number, dilation in enumerate(self.config["dilations"]):
            step = _convolve(rows, w[f"conv{number}.weight"], w[f"conv{number}.bias"], dilation)
            rows += np.maximum(step, 0, out=step)
        outer, inner = (rows @ w[f"{name}.weight"] + w[f"{name}.bias"] for name in ("outer", "inner"))
        return outer.astype(np.float32), inner.astype(np.float32)


def shapes(config: Mapping[str, Any], tables: Mapping[str, int]) -> dict[str, tuple[int, ...]]:
    """Return the shape of every weight; `tables` are the rows of char, bigram, trigram, flag, word and name."""
    width = config["width"]
    named: dict[str, tuple[int, ...]] = {table: (rows, width) for table, rows in tables.items()}
    for number in range(len(config["dilations"])):
        named |= {f"conv{number}.weight": (3, width, width), f"conv{number}.bias": (width,)}
    for layer in ("outer", "inner"):
        tags = len(config[f"{layer}_tags"])
        named |= {f"{layer}.weight": (width, tags), f"{layer}.bias": (tags,)}
    return named


@lru_cache(maxsize=4)
def load_entity_network(model: str) -> EntityNetwork:
    """Return the network of a shipped model's name or of a model folder."""
    return EntityNetwork.load(model_folder(model))
