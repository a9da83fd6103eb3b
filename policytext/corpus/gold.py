"""Reading gold: the annotations of a checkout or a hydrated folder, each with its layer and split."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from policytext.corpus.files import GOLD, read_lines
from policytext.corpus.splits import SPLITS
from policytext.errors import InvalidRecordError, UnreadableInputError
from policytext.records import Annotation


class Gold(NamedTuple):
    """An annotation with the split and layer it stands in and the layers (measures, entities) it was annotated for."""

    annotation: Annotation
    split: str
    layer: str
    annotated: tuple[str, ...]

    @property
    def genre(self) -> str:
        """The document's genre or kind, "unknown" where none is recorded."""
        source = self.annotation.source
        return str(source.get("genre") or source.get("kind") or "unknown")

    def of(self, key: str) -> str:
        """Return a value of the document's source, "unknown" where none is recorded."""
        return str(self.annotation.source.get(key) or "unknown")


def read_gold(path: Path) -> list[Gold]:
    """Return the gold of a checkout, a folder of *.jsonl or one file, in the order of files and lines."""
    folder = path / GOLD if (path / GOLD).is_dir() else path
    files = [path] if path.is_file() else sorted(folder.glob("*.jsonl"))
    if not files:
        raise UnreadableInputError(
            "holds no annotations", "name a checkout, a folder of *.jsonl or one file", str(path)
        )
    return [gold for file in files for gold in _read_file(file)]


def _read_file(file: Path) -> Iterator[Gold]:
    by_name = file.stem.rsplit("-", 1)[-1]
    for number, line in read_lines(file):
        try:
            annotation = Annotation.from_json(line)
        except InvalidRecordError as error:
            raise InvalidRecordError(error.problem, error.cure, f"{file}:{number}") from error
        split = by_name if by_name in SPLITS else str(annotation.source.get("split") or "unknown")
        layer = str(annotation.source.get("layer") or "unknown")
        yield Gold(annotation, split, layer, _annotated(annotation))


def _annotated(annotation: Annotation) -> tuple[str, ...]:
    declared = (annotation.model_extra or {}).get("layers")
    if declared is None:
        return ("measures", "entities") if annotation.entities else ("measures",)
    return tuple(map(str, declared))
