"""JSON Lines: one annotation a line, UTF-8; the format of gold, of every pass and of model output."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from pathlib import Path

from policytext.errors import InvalidRecordError, UnreadableInputError
from policytext.records import Annotation


def read_annotations(path: Path) -> Iterator[Annotation]:
    """Yield the annotations of a file, or of every *.jsonl file in a folder in the order of their names.

    Blank lines are passed over. Raises UnreadableInputError where there is no file, InvalidRecordError with
    `file:line` where a line is no annotation.
    """
    for file in _files(path):
        yield from _read_file(file)


def _files(path: Path) -> list[Path]:
    if path.is_dir():
        if files := sorted(path.glob("*.jsonl")):
            return files
        raise UnreadableInputError(
            "the folder holds no *.jsonl file", "name a file or folder of annotations", str(path)
        )
    if not path.is_file():
        raise UnreadableInputError("there is no such file", "name a file or folder of annotations", str(path))
    return [path]


def _read_file(file: Path) -> Iterator[Annotation]:
    # Split at line feeds alone: str.splitlines would also cut at U+2028 inside a text.
    with file.open("rb") as lines:
        for number, line in enumerate(lines, 1):
            if line := line.removeprefix(b"\xef\xbb\xbf" if number == 1 else b"").strip():
                try:
                    yield Annotation.from_json(line)
                except InvalidRecordError as error:
                    raise InvalidRecordError(error.problem, error.cure, f"{file}:{number}") from error


def write_annotations(path: Path, annotations: Iterable[Annotation]) -> None:
    """Write the annotations, one a line; the file appears whole or, if anything fails, stays as it was."""
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        with part.open("w", encoding="utf-8", newline="\n") as out:
            out.writelines(annotation.to_json() + "\n" for annotation in annotations)
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)
