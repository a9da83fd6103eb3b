"""Annotations that were shipped without their text, brought together with it."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path

from pydantic import ValidationError

from policytext.errors import InvalidRecordError, UnreadableInputError
from policytext.records import Annotation, describe, text_hash


def with_texts(annotations: Sequence[Annotation], path: Path | None) -> list[Annotation]:
    """Return the annotations with the texts of a JSONL file (or folder of them) whose rows have `id` and `text`.

    Every span's hash is verified and its quote filled in. Without `path`, and where the file lacks an article, an
    annotation stays as it is. Raises InvalidRecordError where a text is not the annotated one.
    """
    if path is None:
        return list(annotations)
    wanted = {annotation.id for annotation in annotations if annotation.text is None}
    texts = dict(_read_texts(path, wanted))
    return [_complete(a, texts[a.id]) if a.id in texts else a for a in annotations]


def _read_texts(path: Path, wanted: set[str]) -> Iterator[tuple[str, str]]:
    files = sorted(path.glob("*.jsonl")) if path.is_dir() else [path]
    for file in files:
        try:
            lines = file.read_bytes().split(b"\n")
        except OSError as error:
            raise UnreadableInputError(
                "there is no such file", "name a JSONL file with id and text", str(file)
            ) from error
        for number, line in enumerate(lines, 1):
            if line.strip():
                yield from _read_row(line, f"{file}:{number}", wanted)


def _read_row(line: bytes, where: str, wanted: set[str]) -> Iterator[tuple[str, str]]:
    try:
        row = json.loads(line)
        if row["id"] in wanted and row.get("text") is not None:
            yield row["id"], row["text"]
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise InvalidRecordError("no JSON object with id and text", "see annotations/schema", where) from error


def _complete(annotation: Annotation, text: str) -> Annotation:
    if annotation.sha256 is not None and text_hash(text) != annotation.sha256:
        raise InvalidRecordError("the text is not the annotated one", "its SHA-256 differs", annotation.id)
    fields = annotation.model_dump(exclude_none=True) | {"text": text}
    for layer in ("entities", "measures"):
        fields[layer] = [span | {"quote": text[span["start"] : span["end"]]} for span in fields[layer]]
    try:
        return Annotation.model_validate(fields)
    except ValidationError as error:
        raise InvalidRecordError(describe(error), "see `policytext validate`", annotation.id) from error
