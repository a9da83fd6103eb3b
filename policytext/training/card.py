"""The model card that is written into a model folder."""

from __future__ import annotations

from collections.abc import Sequence

from policytext.records import Annotation
from policytext.tagging.network import CharacterNetwork


def _count(annotations: Sequence[Annotation]) -> str:
    clauses = sum(len(each.clauses) for each in annotations)
    measures = sum(len(each.measures) for each in annotations)
    return f"{len(annotations)} documents, {clauses:,} clauses, {measures:,} measures"


def model_card(
    network: CharacterNetwork, train: Sequence[Annotation], dev: Sequence[Annotation], silver: Sequence[Annotation]
) -> str:
    """Return the card in Markdown: what the model is, what it was trained on, its recipe."""
    plain = {key: value for key, value in network.config.items() if not isinstance(value, list | dict)}
    recipe = "\n".join(f"| {key} | {value} |" for key, value in plain.items())
    parameters = sum(array.size for array in network.weights.values())
    return f"""# policytext model: {network.id}

A character network (policytext.tagging.network) that finds control measures, their attributes and entities in
Chinese public-health policy text. {parameters:,} parameters, stored as half-precision arrays; loading runs no code.


| data | size |
|---|---|
| gold, train | {_count(train)} |
| gold, dev (thresholds) | {_count(dev)} |
| silver (a teacher's labels of other texts) | {_count(silver)} |

The gold was annotated by language models; see the dataset card. Scores: `policytext evaluate`, and the project's README.

| recipe | |
|---|---|
{recipe}
"""
