"""Checks of one record: its form, dates, text and hash."""
# ruff: noqa: D401 -- the docstring of a check is the rule it holds

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from policytext.corpus.checks.registry import Row, register_row
from policytext.records import text_hash

# What a check of its own reports with a better address, or a better word, than the schema does.
_ELSEWHERE = {"value_error", "literal_error"}
_SOURCE_VALUES = {"layer": ("real", "composed"), "script": ("Hans", "Hant"), "split": ("train", "dev", "test")}


@register_row("schema", "record", "see annotations/schema")
def schema(row: Row) -> Iterator[str]:
    """A record has the fields and types of its schema."""
    for fault in row.faults:
        if fault["type"] not in _ELSEWHERE or row.file.form != "annotation":
            yield f"{'.'.join(map(str, fault['loc'])) or 'record'}: {fault['msg'].removeprefix('Value error, ')}"


@register_row("date-iso", "record", "write the day as YYYY-MM-DD, or leave the date out")
def date_iso(row: Row) -> Iterator[str]:
    """The dates of a document and its sections are days of the calendar in ISO 8601."""
    for place in (row.data or {}, *row.spans("sections")):
        day = place.get("date")
        if isinstance(day, str) and not _is_day(day) and not (day == "" and row.file.form == "source"):
            yield f"date {day!r} is no day"


def _is_day(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


@register_row("text-or-hash", "record", "give the text, or its SHA-256 as `sha256`")
def text_or_hash(row: Row) -> Iterator[str]:
    """An annotation has its text or the hash of it."""
    if row.file.form == "annotation" and row.text is None and row.string("sha256") is None:
        yield "neither text nor sha256"


@register_row("text-hash", "record", "annotate the text that has the hash; a changed text needs a new annotation")
def text_hash_fits(row: Row) -> Iterator[str]:
    """A text has the SHA-256 that stands beside it."""
    recorded = row.string("sha256")
    if row.text is not None and recorded is not None and text_hash(row.text) != recorded:
        yield f"the text's SHA-256 is {text_hash(row.text)[:12]}…, record says {recorded[:12]}…"


@register_row("text-shipped", "record", "ship the row without text: Annotation.without_text()")
def text_shipped(row: Row) -> Iterator[str]:
    """A document of the real layer stands in the repository without text, title or quotes."""
    if row.source.get("layer") != "real" or (row.data or {}).get("hydrated") is True:
        return
    held = [key for key in ("text", "title") if row.string(key) is not None]
    held += ["quote"] * any(span.get("quote") is not None for span in row.spans("entities", "measures"))
    held += ["section title or issuer"] * any(_is_named(section) for section in row.spans("sections"))
    if held:
        yield f"a document of the real layer holds its {', '.join(held)}"


def _is_named(section: dict[str, Any]) -> bool:
    return section.get("title") is not None or section.get("issuer") is not None


@register_row("source-value", "record", "see the guidelines on `source`")
def source_value(row: Row) -> Iterator[str]:
    """Layer, script and split of a source have known values."""
    for key, values in _SOURCE_VALUES.items():
        if key in row.source and row.source[key] not in values:
            yield f"source.{key} is {row.source[key]!r}, not one of {', '.join(values)}"
