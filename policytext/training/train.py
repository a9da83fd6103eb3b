"""Gold and recipe in, model folder out."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from policytext.errors import UnreadableInputError
from policytext.formats.jsonl import read_annotations
from policytext.records import Annotation
from policytext.tagging.network import CharacterNetwork
from policytext.text.layout import Layout
from policytext.training.recipes import Recipe
from policytext.training.systems.thresholds import tune_thresholds


def read_split(data: Path, split: str) -> list[Annotation]:
    """Return the gold of one split, of every layer that has its text: data/annotations/gold/*-<split>.jsonl."""
    files = sorted((data / "annotations" / "gold").glob(f"*-{split}.jsonl"))
    gold = [annotation for file in files for annotation in read_annotations(file) if annotation.text is not None]
    if not gold:
        raise UnreadableInputError(
            f"no gold of the {split} split with text", "run `policytext hydrate` and give its folder", str(data)
        )
    return gold


def train_model(
    recipe: Recipe,
    train: Sequence[Annotation],
    dev: Sequence[Annotation],
    silver: Sequence[Annotation] = (),
    progress: Callable[[str], None] = lambda _: None,
) -> CharacterNetwork:
    """Return the network trained on `train` and a teacher's `silver`, its thresholds tuned on `dev`."""
    from policytext.training.charnet import network_config, train_network
    from policytext.training.examples import make_example

    config = network_config(recipe)
    examples = [make_example(each, config["outer_tags"], config["inner_tags"]) for each in (*train, *silver)]
    progress(f"{len(train)} gold and {len(silver)} silver documents, {sum(e.size for e in examples):,} characters")
    network = train_network(
        examples, recipe, lambda epoch, loss, _: progress(f"epoch {epoch + 1} of {recipe.epochs}: loss {loss:.3f}")
    )
    return with_thresholds(network, dev)


def with_thresholds(network: CharacterNetwork, dev: Sequence[Annotation]) -> CharacterNetwork:
    """Return the network with the thresholds that suit the dev split."""
    probabilities = [network.predict(Layout(each.text or "")).categories.astype(float) for each in dev]
    thresholds = tune_thresholds(dev, probabilities).tolist()
    named = dict(zip(network.config["categories"], (round(value, 3) for value in thresholds), strict=True))
    return CharacterNetwork(network.config | {"thresholds": named}, network.weights)


def silver_of(recipe: Recipe, folder: Path) -> tuple[Recipe, list[Annotation]]:
    """Return the recipe and the teacher's annotations it names, a path relative to `folder`."""
    if recipe.silver is None:
        return recipe, []
    return replace(recipe), list(read_annotations(folder / recipe.silver))
