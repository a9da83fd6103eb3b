"""`policytext train`: a model folder from gold and a recipe."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path


def run_train(output: Path, data: Path, config: Path | None, *, progress: Callable[[str], None]) -> str:
    """Train, tune and save; return what was made."""
    from policytext.training.card import model_card
    from policytext.training.recipes import Recipe, read_recipe
    from policytext.training.train import read_split, silver_of, train_model

    recipe = read_recipe(config) if config else Recipe()
    recipe, silver = silver_of(recipe, config.parent if config else Path())
    train, dev = read_split(data, "train"), read_split(data, "dev")
    begun = time.monotonic()
    network = train_model(recipe, train, dev, silver, progress)
    network.save(output)
    (output / "README.md").write_text(model_card(network, train, dev, silver), "utf-8")
    return f"{output}: model {network.id} trained in {time.monotonic() - begun:.0f} s"
