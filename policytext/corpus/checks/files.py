"""Checks of files: bytes, lines, JSON and columns."""
# ruff: noqa: D401 -- the docstring of a check is the rule it holds

from __future__ import annotations

from collections.abc import Iterator

from policytext.corpus.checks.registry import DataFile, Row, register_file, register_row
from policytext.corpus.sources import Source


@register_file("utf8", "file", "save the file as UTF-8")
def utf8(file: DataFile) -> Iterator[tuple[int, str]]:
    """A file is UTF-8."""
    try:
        file.raw.decode("utf-8")
    except UnicodeDecodeError as error:
        yield (
            file.raw.count(b"\n", 0, error.start) + 1,
            f"byte {error.start} ({file.raw[error.start]:#04x}) is not UTF-8",
        )


@register_file("byte-order-mark", "file", "save the file as UTF-8 without a signature", "warning")
def byte_order_mark(file: DataFile) -> Iterator[tuple[int, str]]:
    """A file does not begin with a byte-order mark."""
    if file.raw.startswith(b"\xef\xbb\xbf"):
        yield 1, "begins with a byte-order mark"


@register_file("trailing-newline", "file", "end the last line with one line feed")
def trailing_newline(file: DataFile) -> Iterator[tuple[int, str]]:
    """The last line of a file of lines ends with a line feed, and no empty line follows it."""
    if file.path.suffix == ".json":
        return
    last = file.raw.count(b"\n")
    if file.raw and not file.raw.endswith(b"\n"):
        yield last + 1, "the last line does not end with a line feed"
    elif file.raw.endswith((b"\n\n", b"\n\r\n")):
        yield last, "an empty line stands at the end"


@register_file("line-break", "file", "save the file with line feeds (LF) only", "warning")
def line_break(file: DataFile) -> Iterator[tuple[int, str]]:
    """Lines end with a line feed, not with a carriage return."""
    if b"\r\n" in file.raw:
        yield file.raw[: file.raw.index(b"\r\n")].count(b"\n") + 1, "the line ends with CR LF"


@register_file("json", "file", "write one JSON object a line")
def json_rows(file: DataFile) -> Iterator[tuple[int, str]]:
    """Each line is one JSON object."""
    for row in file.rows:
        if row.data is None:
            yield row.line, f"no JSON object: {row.problem}"


@register_row("json-key", "file", "keep one of the values")
def json_key(row: Row) -> Iterator[str]:
    """No key stands twice in an object."""
    for key in row.repeated:
        yield f"the key {key!r} stands twice in one object"


@register_file("csv-header", "file", "give sources.csv the columns of annotations/schema/source.json")
def csv_header(file: DataFile) -> Iterator[tuple[int, str]]:
    """The register of sources has its columns, in order."""
    if file.form == "source" and file.text is not None:
        header = file.text.removeprefix("\ufeff").split("\n", 1)[0].rstrip("\r").split(",")
        if header != list(Source.model_fields):
            yield 1, f"the columns are {', '.join(header)}"
