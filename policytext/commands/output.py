"""Where `policytext tag` writes: a writer per format; what was written stays valid, whatever stops the run."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable
from io import FileIO
from pathlib import Path
from typing import BinaryIO, Literal, Protocol, Self

from policytext.errors import PolicytextError
from policytext.records import Annotation

Format = Literal["jsonl", "table", "conll", "docbin", "html"]
# What names an article's place in the input, and so in a run that is resumed.
Key = tuple[str, str]


class OutputError(PolicytextError):
    """The output cannot be written."""


def resume_key(annotation_id: str, source: dict[str, object]) -> Key:
    """Return what tells one article from another between two runs: its id, and the place it was read from."""
    return annotation_id, f"{source.get('path', '')}:{source.get('line', '')}"


class Writer(Protocol):
    """Takes annotations one by one."""

    def write(self, annotation: Annotation) -> None:
        """Write one article."""

    def close(self) -> None:
        """Finish the output."""


class TextWriter:
    """Writes each article as text, whole or not at all: an article cut off by a full disk is taken back."""

    def __init__(self, path: Path | None, render: Callable[[Annotation], str], head: str = "", tail: str = "") -> None:
        self.render, self.tail, self.path = render, tail, path
        # Unbuffered: what a failed write left in a buffer would be written after all when the file is closed.
        self.file: BinaryIO | FileIO = sys.stdout.buffer if path is None else path.open("ab", buffering=0)
        if head and (path is None or self.file.tell() == 0):
            self._put(head)

    def _put(self, text: str) -> None:
        data = text.encode("utf-8")
        begin = self.file.tell() if self.path else 0
        try:
            written = 0
            while written < len(data):
                written += self.file.write(data[written:]) or 0
            self.file.flush()
        except BaseException as error:
            if self.path:
                os.truncate(self.path, begin)
            if isinstance(error, OSError) and not isinstance(error, BrokenPipeError):
                problem = f"cannot write: {error.strerror}"
                raise OutputError(problem, "make room, then --resume", str(self.path)) from error
            raise

    def write(self, annotation: Annotation) -> None:
        """Write one article and flush it."""
        self._put(self.render(annotation))

    def close(self) -> None:
        """Write what ends the output."""
        if self.tail:
            self._put(self.tail)
        if self.path:
            self.file.close()


class TableWriter:
    """Prints a table per article; colours and width are the terminal's."""

    def __init__(self, path: Path | None, *, every_clause: bool) -> None:
        from rich.console import Console

        self.stream = path.open("w", encoding="utf-8") if path else None
        self.console = Console(file=self.stream, width=None if not path else 120)
        self.every_clause = every_clause

    def write(self, annotation: Annotation) -> None:
        """Print one article."""
        from policytext.formats.table import to_table

        to_table(annotation, self.console, every_clause=self.every_clause)

    def close(self) -> None:
        """Close the file, if it is one."""
        if self.stream:
            self.stream.close()


class DocBinWriter:
    """Collects the articles and writes one DocBin when all are there."""

    def __init__(self, path: Path | None) -> None:
        self.path, self.annotations = path, list[Annotation]()

    def write(self, annotation: Annotation) -> None:
        """Keep one article."""
        self.annotations.append(annotation)

    def close(self) -> None:
        """Write the file, whole or not at all."""
        from policytext.formats.docbin import to_docbin

        data = to_docbin(self.annotations)
        if self.path is None:
            sys.stdout.buffer.write(data)
            return
        part = self.path.with_name(f".{self.path.name}.part")
        part.write_bytes(data)
        part.replace(self.path)


def open_writer(format_: Format, path: Path | None, *, every_clause: bool = False) -> Writer:
    """Return the writer of a format to a file or, without a path, to standard output."""
    if format_ == "table":
        return TableWriter(path, every_clause=every_clause)
    if format_ == "docbin":
        return DocBinWriter(path)
    if format_ == "conll":
        from policytext.formats.conll import to_conll

        return TextWriter(path, to_conll)
    if format_ == "html":
        from policytext.formats.html import PAGE_END, article_html, page_start

        return TextWriter(path, article_html, page_start("policytext"), PAGE_END)
    return TextWriter(path, lambda annotation: annotation.to_json() + "\n")


class Resumed:
    """The articles that an earlier run has already written to a JSONL file."""

    def __init__(self, done: set[Key]) -> None:
        self.done = done

    @classmethod
    def read(cls, path: Path) -> Self:
        """Return what `path` holds; a last line that was cut off is taken from the file."""
        done: set[Key] = set()
        if not path.exists():
            return cls(done)
        valid = 0
        with path.open("rb") as lines:
            for line in lines:
                try:
                    record = json.loads(line)
                    done.add(resume_key(record["id"], record.get("source", {})))
                except (ValueError, KeyError, TypeError) as error:
                    if not line.endswith(b"\n"):
                        break
                    raise OutputError(
                        "is not a file of annotations", "name another --output, or leave --resume out", str(path)
                    ) from error
                if not line.endswith(b"\n"):
                    break
                valid += len(line)
        os.truncate(path, valid)
        return cls(done)
