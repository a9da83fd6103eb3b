"""`policytext train`: a model folder from gold and a recipe."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path


def run_train(output: Path, data: Path, config: Path | None, *, progress: Callable[[str], None]) -> str:
    """Train, tune and save; return what was made.

    The clause classifier needs the extra `train`. The entity network needs PyTorch too; without it, the network of the
    shipped model is copied into the folder and the progress says so.
    """
    from policytext.errors import MissingExtraError
    from policytext.tagging.entity_network import load_entity_network
    from policytext.training.card import model_card
    from policytext.training.recipes import Recipe, read_recipe
    from policytext.training.train import read_split, train_clauses, train_entities

    recipe = read_recipe(config) if config else Recipe()
    train, dev = read_split(data, "train"), read_split(data, "dev")
    begun = time.monotonic()
    clauses = train_clauses(recipe, train, dev, progress)
    spent = time.monotonic() - begun
    try:
        entities = train_entities(recipe, train, progress)
    except MissingExtraError as error:
        progress(f"{error}; the entity network of the shipped model is used")
        entities = load_entity_network("default")
    clauses.save(output)
    entities.save(output)
    (output / "README.md").write_text(model_card(recipe, clauses, entities, train, dev), "utf-8")
    return f"{output}: clause classifier trained in {spent:.0f} s, all in {time.monotonic() - begun:.0f} s"
