"""What a system says of the gold's articles: run a model on their texts, or read what any system wrote."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple, Protocol

from policytext.errors import InvalidRecordError, PolicytextError
from policytext.formats.jsonl import read_annotations
from policytext.records import Annotation, Article


class Tagger(Protocol):
    """Anything that annotates texts, in their order."""

    def tag(self, texts: Sequence[str]) -> Sequence[Annotation]:
        """Return one annotation for each text."""


class Predictions(NamedTuple):
    """The name of a system, for the recipe, and its annotations."""

    model: str
    annotations: list[Annotation]


def predict(tagger: Tagger, gold: Sequence[Annotation]) -> list[Annotation]:
    """Return what the tagger says of the gold's texts, under the gold's ids; it sees nothing but the texts.

    Raises InvalidRecordError where an article has no text.
    """
    found = tagger.tag([_text(annotation) for annotation in gold])
    return [a.model_copy(update={"id": own.id}) for own, a in zip(gold, found, strict=True)]


def predict_pipeline(model: str, gold: Sequence[Annotation], *, explain: bool = False) -> Predictions:
    """Return what `policytext.load(model)` says of the gold's articles, given text, title and date.

    With `explain` each measure carries its evidence. Raises the first error that an article meets.
    """
    from policytext.tagging.pipeline import load, tag_each

    articles = [Article(id=a.id, text=_text(a), title=a.title, date=a.date) for a in gold]
    annotations = []
    for outcome in tag_each(load(model), articles, explain=explain):
        if isinstance(outcome, PolicytextError):
            raise outcome
        annotations.append(outcome)
    return Predictions(Path(model).name, annotations)


def read_predictions(path: Path) -> Predictions:
    """Return the annotations in a JSONL file, under the file's name and the first digits of its SHA-256."""
    annotations = list(read_annotations(path))
    files = sorted(path.glob("*.jsonl")) if path.is_dir() else [path]
    digest = hashlib.sha256(b"".join(file.read_bytes() for file in files)).hexdigest()
    return Predictions(f"{path.name}@{digest[:8]}", annotations)


def _text(annotation: Annotation) -> str:
    if annotation.text is None:
        raise InvalidRecordError("there is no text to tag", "run `policytext hydrate` first", annotation.id)
    return annotation.text
