"""What a score was made from: data, split, model, version and seed, in one line that goes with every table."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass

from policytext import __version__
from policytext.records import Annotation, text_hash

_HASH_DIGITS = 12


@dataclass(frozen=True)
class Recipe:
    """All that has to be the same for a score to come out the same; `str(recipe)` is the line."""

    data: str
    split: str
    model: str
    seed: int
    resamples: int
    version: str = __version__

    def __str__(self) -> str:
        return (
            f"data {self.data} · split {self.split} · model {self.model} · policytext {self.version}"
            f" · 95 % document bootstrap, {self.resamples} resamples, seed {self.seed}"
        )


def make_recipe(gold: Sequence[Annotation], model: str, *, seed: int, resamples: int) -> Recipe:
    """Return the recipe of scoring `model` against `gold`."""
    return Recipe(data_hash(gold), name_splits(gold), model, seed, resamples)


def data_hash(gold: Sequence[Annotation]) -> str:
    """Return 12 hex digits that change with any text, clause or label of the gold; hydrated or not, they are the same.

    The order of the articles plays no part, nor do keys that no score looks at.
    """
    digest = hashlib.sha256()
    for annotation in sorted(gold, key=lambda annotation: annotation.id):
        digest.update(_judged(annotation).encode())
    return digest.hexdigest()[:_HASH_DIGITS]


def _judged(annotation: Annotation) -> str:
    text = annotation.sha256 if annotation.text is None else text_hash(annotation.text)
    clauses = [(clause.start, clause.end) for clause in annotation.clauses]
    measures = sorted((m.start, m.end, m.category, m.polarity, m.force, m.realis) for m in annotation.measures)
    entities = [(e.start, e.end, e.label, e.value) for e in annotation.entities]
    return json.dumps([annotation.id, text, clauses, measures, entities], ensure_ascii=True, sort_keys=True)


def name_splits(gold: Sequence[Annotation]) -> str:
    """Return the splits of the gold, joined by +; "unknown" where the records do not say."""
    splits = {str(annotation.source.get("split") or "unknown") for annotation in gold}
    return "+".join(sorted(splits, key=lambda split: ({"train": 0, "dev": 1, "test": 2}.get(split, 3), split)))
