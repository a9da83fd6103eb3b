"""From files, folders, patterns and standard input to articles, one at a time, each text exactly as received."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from itertools import chain
from pathlib import Path
from typing import BinaryIO

from policytext.errors import UnreadableInputError
from policytext.ingest.content import Content
from policytext.ingest.decode import decode
from policytext.ingest.kinds import HEAD_BYTES, Kind, find_kind
from policytext.ingest.paths import Input, Report, find_inputs
from policytext.ingest.rows import read_lines
from policytext.records import Article

__all__ = ["Report", "read_articles"]


def read_articles(paths: Iterable[str | Path], *, report: Report) -> Iterator[Article]:
    """Yield the articles that the paths hold, in order, reading on as they are taken.

    `paths` name files, folders (with what is below them), glob patterns, or standard input (`-`). What cannot be read is
    handed to `report` as one error that names the file, the line where there is one, and the cure; the rest goes on.
    """
    for found in find_inputs(paths, report):
        try:
            yield from _read_input(found, report)
        except UnreadableInputError as error:
            report(UnreadableInputError(error.problem, error.cure, found.where))
        except PermissionError:
            report(UnreadableInputError("may not be opened", "give yourself the right to read it", found.where))
        except FileNotFoundError:
            report(UnreadableInputError("there is no such file", "check the spelling", found.where))
        except OSError as error:
            report(UnreadableInputError(f"cannot be read: {error.strerror}", "check the disk or the name", found.where))


def _read_input(found: Input, report: Report) -> Iterator[Article]:
    if found.path is None:
        yield from _read_stream(sys.stdin.buffer, found, "", report)
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
        head += stream.readline()
        yield from read_lines(chain(head.splitlines(keepends=True), stream), found.name, found.where, report)
    else:
        yield _to_article(_read_content(kind, head + stream.read()), kind, found.name)


def _read_content(kind: Kind, data: bytes) -> Content:
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
