"""The model card that is written into a model folder."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict

from policytext.records import Annotation
from policytext.tagging.clause_model import ClauseModel
from policytext.tagging.entity_network import EntityNetwork
from policytext.training.examples import has_entities
from policytext.training.recipes import Recipe


def _count(annotations: Sequence[Annotation]) -> str:
    clauses = sum(len(each.clauses) for each in annotations)
    measures = sum(len(each.measures) for each in annotations)
    with_entities = [each for each in annotations if has_entities(each)]
    entities = sum(len(each.entities) for each in with_entities)
    return (
        f"{len(annotations)} documents, {clauses:,} clauses, {measures:,} measures; "
        f"{len(with_entities)} of them with {entities:,} entities"
    )


def model_card(
    recipe: Recipe,
    clauses: ClauseModel,
    entities: EntityNetwork,
    train: Sequence[Annotation],
    dev: Sequence[Annotation],
) -> str:
    """Return the card in Markdown: what the model is, what it was trained on, its recipe."""
    settings = "\n".join(f"| {key} | {value} |" for key, value in asdict(recipe).items())
    weights = (*clauses.weights.values(), *entities.weights.values())
    return f"""# policytext model: {clauses.id}

Finds control measures, their attributes and entities in Chinese public-health policy text: a two-stage clause
classifier (policytext.tagging.clause_model) and an entity network (policytext.tagging.entity_network), in numpy.
{sum(array.size for array in weights):,} numbers, stored as bytes and half-precision arrays; loading runs no code.

| data | |
|---|---|
| train | {_count(train)} |
| dev (thresholds only) | {_count(dev)} |

The gold was annotated by language models; see the dataset card. Scores: the project's README, `policytext evaluate`.

| recipe | |
|---|---|
{settings}
"""
