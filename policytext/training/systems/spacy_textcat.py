"""spaCy's own text classifier, `textcat_multilabel` on a blank Chinese pipeline, one clause a text."""

from __future__ import annotations

import random
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Self

import numpy as np

from policytext.errors import UnreadableInputError
from policytext.records import Annotation
from policytext.text.layout import Layout
from policytext.training.systems.base import FloatArray, categories, split_rows, training_data

_BATCH = 128
_FOLDER = "textcat"


class SpacyTextcat:
    """Default settings of the component, characters as tokens; it sees the clause and nothing around it."""

    id = "spacy-textcat"

    def __init__(self, *, epochs: int = 6, seed: int = 0) -> None:
        self.epochs, self.seed = epochs, seed
        self.nlp: Any = _blank()

    def fit(self, gold: Sequence[Annotation]) -> None:
        """Train the component from scratch."""
        from spacy.training import Example
        from thinc.api import fix_random_seed

        fix_random_seed(self.seed)
        layouts, targets = training_data(gold)
        docs = (self.nlp.make_doc(clause) for clause in _clauses(layouts))
        examples = [
            Example.from_dict(doc, {"cats": dict(zip(categories(), row.astype(float).tolist(), strict=True))})
            for doc, row in zip(docs, targets, strict=True)
        ]
        optimizer = self.nlp.initialize(lambda: examples)
        rng = random.Random(self.seed)
        for _ in range(self.epochs):
            order = rng.sample(examples, len(examples))
            for first in range(0, len(order), _BATCH):
                self.nlp.update(order[first : first + _BATCH], sgd=optimizer)

    def predict_proba(self, layouts: Sequence[Layout]) -> list[FloatArray]:
        """Return the component's scores."""
        docs = self.nlp.pipe(_clauses(layouts), batch_size=_BATCH)
        rows = [[doc.cats[category] for category in categories()] for doc in docs]
        return split_rows(np.array(rows, dtype=np.float64).reshape(-1, len(categories())), layouts)

    def save(self, folder: Path) -> None:
        """Write the component's own files (JSON and msgpack)."""
        self.nlp.get_pipe(_FOLDER).to_disk(folder / _FOLDER, exclude=["vocab"])

    @classmethod
    def load(cls, folder: Path) -> Self:
        """Return the system as it was saved; the pipeline around the component is built here, not read from disk."""
        system = cls()
        try:
            system.nlp.get_pipe(_FOLDER).from_disk(folder / _FOLDER, exclude=["vocab"])
        except (OSError, ValueError) as error:
            cure = "name a folder that policytext wrote"
            raise UnreadableInputError("holds no spaCy component", cure, str(folder / _FOLDER)) from error
        return system


def _blank() -> Any:
    import spacy

    nlp = spacy.blank("zh")
    component: Any = nlp.add_pipe("textcat_multilabel", name=_FOLDER)
    for category in categories():
        component.add_label(category)
    return nlp


def _clauses(layouts: Sequence[Layout]) -> list[str]:
    return [layout.view[start:end] for layout in layouts for start, end, _ in layout.clauses]
