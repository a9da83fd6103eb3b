"""The package's own character network as one of the systems, trained with its recipe."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, Self

import numpy as np

from policytext.errors import PolicytextError
from policytext.records import Annotation
from policytext.tagging.network import CharacterNetwork
from policytext.taxonomy import load_taxonomy
from policytext.text.layout import Layout
from policytext.training.systems.base import FloatArray, categories, gold_layouts

_FOLDER = "network"


class Network:
    """Trains `policytext.training.charnet`; predicts with `policytext.tagging.network`."""

    id = "network"

    def __init__(self, *, seed: int = 0, recipe: Any = None) -> None:
        self.seed, self.recipe = seed, recipe
        self.network: CharacterNetwork | None = None

    def fit(self, gold: Sequence[Annotation]) -> None:
        """Train the network from scratch; entities are learnt along where gold has them."""
        from policytext.training.charnet import network_config, train_network
        from policytext.training.examples import make_example
        from policytext.training.recipes import Recipe

        recipe = self.recipe or replace(Recipe(), seed=self.seed)
        config = network_config(recipe)
        annotations = [annotation for annotation, _ in gold_layouts(gold)]
        examples = [make_example(a, config["outer_tags"], config["inner_tags"]) for a in annotations]
        self.network = train_network(examples, recipe)

    def predict_proba(self, layouts: Sequence[Layout]) -> list[FloatArray]:
        """Return the probabilities of each text's clauses, in the order of the taxonomy."""
        network = self._trained()
        order = [network.config["categories"].index(category) for category in categories()]
        return [np.asarray(network.predict(layout).categories[:, order], dtype=np.float64) for layout in layouts]

    def attributes(self, layout: Layout, clauses: Sequence[int]) -> list[dict[str, str]]:
        """Return polarity, force and realis of the clauses, as the network sees them."""
        values = load_taxonomy().attributes
        best = self._trained().predict(layout).attributes[list(clauses)].argmax(-1)
        rows = best.reshape(-1, len(values)).tolist()
        return [{name: values[name][index] for name, index in zip(values, row, strict=True)} for row in rows]

    def save(self, folder: Path) -> None:
        """Write the network's own folder."""
        self._trained().save(folder / _FOLDER)

    @classmethod
    def load(cls, folder: Path) -> Self:
        """Return the system as it was saved."""
        system = cls()
        system.network = CharacterNetwork.load(folder / _FOLDER)
        return system

    def _trained(self) -> CharacterNetwork:
        if self.network is None:
            raise PolicytextError("the network has not been trained", "call fit() first")
        return self.network
