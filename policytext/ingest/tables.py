"""Articles out of tables: CSV and TSV."""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Iterator
from typing import BinaryIO

from policytext.errors import InvalidRecordError, UnreadableInputError
from policytext.ingest.decode import SAVE_AS_UTF8, find_mark, guess_encoding
from policytext.ingest.paths import Report
from policytext.ingest.rows import addressed, to_article
from policytext.records import Article

# The csv module refuses longer fields, 128 KiB unless told; an annual report is longer.
_FIELD_LIMIT = 2**31 - 1
_BLOCK = 1 << 20


def read_table(stream: BinaryIO, kind: str, name: str, where: str, report: Report) -> Iterator[Article]:
    """Yield the articles of a CSV or TSV table, whose first line names the columns; one is `text`.

    A row that holds no article is reported with the line it begins on. Raises UnreadableInputError, without address,
    where the table has no such column, or no rows.
    """
    encoding, mark = _table_encoding(stream)
    stream.seek(len(mark))
    csv.field_size_limit(_FIELD_LIMIT)
    lines = io.TextIOWrapper(stream, encoding, newline="")
    reader = csv.reader(lines, delimiter="\t" if kind == "tsv" else ",")
    columns = [column.strip() for column in next(_readable(reader), [])]
    if "text" not in columns:
        raise UnreadableInputError("the table has no column `text`", "name the column that holds the text so")
    first = line = reader.line_num + 1
    for cells in _readable(reader):
        if cells:
            row = {column: cell for column, cell in zip(columns, cells, strict=False) if cell}
            try:
                yield to_article(row, name, {"line": line, "format": kind, "encoding": encoding})
            except InvalidRecordError as error:
                report(addressed(error, where, line))
        line = reader.line_num + 1
    if line == first:
        raise UnreadableInputError("the table holds no rows", "name a table that has some below its column names")


def _readable(reader: Iterator[list[str]]) -> Iterator[list[str]]:
    try:
        yield from reader
    except UnicodeDecodeError as error:
        raise UnreadableInputError(
            f"a byte is not {error.encoding}, as its byte-order mark says", SAVE_AS_UTF8
        ) from error
    except csv.Error as error:
        raise UnreadableInputError(f"the table is broken: {error}", "save it again as CSV") from error


def _table_encoding(stream: BinaryIO) -> tuple[str, bytes]:
    """Return a table's encoding and mark; only one that is not UTF-8 is held whole in memory for that."""
    head = stream.read(4)
    mark, encoding = find_mark(head)
    if mark:
        return encoding, mark
    stream.seek(0)
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        for block in iter(lambda: stream.read(_BLOCK), b""):
            decoder.decode(block)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        stream.seek(0)
        return guess_encoding(stream.read()), b""
    return "utf-8", b""
