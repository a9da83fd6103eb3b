"""Gold and recipe in, model folder out."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from policytext.errors import UnreadableInputError
from policytext.formats.jsonl import read_annotations
from policytext.records import Annotation
from policytext.tagging.clause_model import ClauseModel
from policytext.tagging.entity_network import EntityNetwork
from policytext.text.layout import Layout
from policytext.training.recipes import Recipe
from policytext.training.systems.thresholds import tune_thresholds

Progress = Callable[[str], None]


def read_split(data: Path, split: str) -> list[Annotation]:
    """Return the gold of one split, of every layer that has its text: data/annotations/gold/*-<split>.jsonl."""
    files = sorted((data / "annotations" / "gold").glob(f"*-{split}.jsonl"))
    gold = [annotation for file in files for annotation in read_annotations(file) if annotation.text is not None]
    if not gold:
        raise UnreadableInputError(
            f"no gold of the {split} split with text", "run `policytext hydrate` and give its folder", str(data)
        )
    return gold


def train_clauses(
    recipe: Recipe, train: Sequence[Annotation], dev: Sequence[Annotation], progress: Progress = lambda _: None
) -> ClauseModel:
    """Return the clause classifier trained on `train`, its thresholds tuned on `dev`."""
    from policytext.training.clause_model import train_clause_model

    return with_thresholds(train_clause_model(train, recipe, progress), dev)


def train_entities(recipe: Recipe, train: Sequence[Annotation], progress: Progress = lambda _: None) -> EntityNetwork:
    """Return the entity network trained on those documents whose entities were annotated; needs PyTorch."""
    from policytext.training.entity_network import network_config, train_entity_network
    from policytext.training.examples import has_entities, make_example

    config = network_config(recipe)
    chosen = [annotation for annotation in train if has_entities(annotation)]
    examples = [make_example(each, config["outer_tags"], config["inner_tags"]) for each in chosen]
    progress(f"entities: {len(examples)} documents, {sum(example.size for example in examples):,} characters")
    return train_entity_network(
        examples,
        recipe,
        lambda epoch, loss, _: progress(f"entities: epoch {epoch + 1}/{recipe.epochs}, loss {loss:.3f}"),
    )


def with_thresholds(model: ClauseModel, dev: Sequence[Annotation]) -> ClauseModel:
    """Return the classifier with the thresholds that suit the dev split."""
    probabilities = [model.predict(Layout(each.text or "")).categories.astype(float) for each in dev]
    thresholds = tune_thresholds(dev, probabilities).tolist()
    named = dict(zip(model.categories, (round(value, 3) for value in thresholds), strict=True))
    return ClauseModel(model.config | {"thresholds": named}, model.weights)
