"""From files, folders, patterns and standard input to articles, one at a time, each text exactly as received."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from io import BytesIO
from itertools import chain
from pathlib import Path
from typing import BinaryIO

from policytext.errors import UnreadableInputError
from policytext.ingest.content import Content
from policytext.ingest.decode import decode
from policytext.ingest.docx import read_docx
from policytext.ingest.html import read_html
from policytext.ingest.kinds import HEAD_BYTES, SUFFIXES, Kind, find_kind
from policytext.ingest.paths import NO_PERMISSION, STDIN, Input, Report, find_inputs
from policytext.ingest.pdf import read_pdf
from policytext.ingest.rows import read_lines, read_values
from policytext.ingest.tables import read_table
from policytext.records import Article

__all__ = ["Report", "count_inputs", "read_articles"]


def read_articles(paths: Iterable[str | Path], *, report: Report) -> Iterator[Article]:
    """Yield the articles that the paths hold, in order, reading on as they are taken.

    `paths` name files, folders (with what is below them), glob patterns, or standard input (`-`). What cannot be
    read is handed to `report` as one error that names file, line and cure; the rest goes on.
    """
    for found in find_inputs(paths, report):
        try:
            yield from _read_input(found, report)
        except UnreadableInputError as error:
            report(UnreadableInputError(error.problem, error.cure, found.where))
        except PermissionError:
            report(UnreadableInputError(*NO_PERMISSION, found.where))
        except FileNotFoundError:
            report(UnreadableInputError("there is no such file", "check the spelling", found.where))
        except OSError as error:
            report(UnreadableInputError(f"cannot be read: {error.strerror}", "check the disk or the name", found.where))


def count_inputs(paths: Iterable[str | Path]) -> int | None:
    """Return how many articles the paths promise, for a progress bar; None where standard input is among them.

    A file counts as one, a file of rows as many as it has lines that hold anything (the rows of a JSON document by
    their keys `text`); files are read through for that, not parsed: about a second per gigabyte. What turns out to be
    unreadable is counted too, and so are the line breaks inside the cells of a table.
    """
    found = list(find_inputs(paths, lambda _: None))
    if any(item.path is None for item in found):
        return None
    return sum(_count_rows(item.path) for item in found if item.path)


def _count_rows(path: Path) -> int:
    kind = SUFFIXES.get(path.suffix.lower())
    if kind not in {"jsonl", "json", "csv", "tsv"}:
        return 1
    try:
        with path.open("rb") as stream:
            if kind == "json":
                return max(1, sum(line.count(b'"text"') for line in stream))
            return max(1, sum(not line.isspace() for line in stream) - (kind != "jsonl"))
    except OSError:
        return 1


def _read_input(found: Input, report: Report) -> Iterator[Article]:
    if found.path is None:
        # A suffix that says nothing: what comes in is told by its first bytes.
        yield from _read_stream(sys.stdin.buffer, found, STDIN, report)
        return
    with found.path.open("rb") as stream:
        yield from _read_stream(stream, found, found.path.suffix.lower(), report)


def _read_stream(stream: BinaryIO, found: Input, suffix: str, report: Report) -> Iterator[Article]:
    head = stream.read(HEAD_BYTES)
    if not head.strip():
        head += stream.read()
    if not head.strip():
        raise UnreadableInputError("the file is empty", "name a file that holds text")
    kind = find_kind(suffix, head)
    if kind == "jsonl":
        lines = chain(BytesIO(head + stream.readline()), stream)
        yield from read_lines(lines, found.name, found.where, report)
    elif kind == "json":
        yield from read_values(head + stream.read(), found.name, found.where, report)
    elif kind in {"csv", "tsv"}:
        stream.seek(0)
        yield from read_table(stream, kind, found.name, found.where, report)
    else:
        yield _to_article(_read_content(kind, head + stream.read()), kind, found.name)


def _read_content(kind: Kind, data: bytes) -> Content:
    """Read a whole file; each reader's libraries are imported when the first such file comes."""
    if kind == "html":
        return read_html(data)
    if kind == "pdf":
        return read_pdf(data)
    if kind == "docx":
        return read_docx(data)
    text, encoding, dropped = decode(data)
    return Content(text, encoding, dropped=dropped)


def _to_article(content: Content, kind: Kind, name: str) -> Article:
    if not content.text.strip():
        raise UnreadableInputError("the file holds no text", "name a file that holds text")
    source = {"path": name, "format": kind, "encoding": content.encoding, "dropped": content.dropped}
    return Article(
        id=name,
        text=content.text,
        title=content.title,
        date=content.date,
        source={key: value for key, value in source.items() if value is not None},
    )
