"""Articles out of rows: JSON Lines, a JSON array, CSV and TSV."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterable, Iterator
from typing import Any

from policytext.errors import InvalidRecordError, UnreadableInputError
from policytext.ingest.decode import SAVE_AS_UTF8
from policytext.ingest.paths import Report
from policytext.records import Article

_OWN = {"id", "text", "title", "date", "source"}
# A row of ours may bear annotations; they are made anew, and would be taken for its source.
_LAYERS = {"sections", "sentences", "clauses", "entities", "measures"}
_SURROGATE = re.compile("[\ud800-\udfff]")
# The csv module refuses longer fields, 128 KiB unless told; an annual report is longer.
_FIELD_LIMIT = 2**31 - 1


def read_lines(lines: Iterable[bytes], name: str, where: str, report: Report) -> Iterator[Article]:
    """Yield the article of each line of JSON; a line that holds none is reported with its number, blank ones passed."""
    empty = True
    for number, line in enumerate(lines, 1):
        line = line.removeprefix(b"\xef\xbb\xbf") if number == 1 else line
        if line.strip():
            empty = False
            try:
                yield to_article(_parse(line), name, {"line": number, "format": "jsonl", "encoding": "utf-8"})
            except InvalidRecordError as error:
                report(InvalidRecordError(error.problem, error.cure, f"{where}:{number}"))
    if empty:
        raise UnreadableInputError("the file is empty", "name a file that holds rows")


def _parse(line: bytes) -> Any:
    try:
        return json.loads(line.decode("utf-8"))
    except UnicodeDecodeError as error:
        raise InvalidRecordError(f"byte {error.start} of the line is not UTF-8", SAVE_AS_UTF8) from error
    except json.JSONDecodeError as error:
        problem = f"invalid JSON at column {error.colno}: {error.msg}"
        raise InvalidRecordError(problem, "write one JSON object a line") from error
    except RecursionError as error:
        raise InvalidRecordError("JSON nested too deeply", 'write {"text": "…"}') from error


def to_article(row: Any, name: str, place: dict[str, Any]) -> Article:
    """Return the article that a row holds; `name` is its file's, `place` says where in the file and in what form.

    Keys that an article does not have are kept in its source, under `row_…` where the source has such a key already.
    Raises InvalidRecordError, without address, where the row holds no text.
    """
    text = _text_of(row)
    source = {"path": name, **place}
    given = row.get("source")
    others = given if isinstance(given, dict) else {"source": given}
    others = others | {key: value for key, value in row.items() if key not in _OWN | _LAYERS}
    for key in ("title", "date"):
        if row.get(key) is not None and not isinstance(row[key], str):
            others[key] = row[key]
    for key, value in others.items():
        if value is not None:
            source[f"row_{key}" if key in source else key] = value
    number = place.get("line", place.get("item"))
    identity = row.get("id")
    return Article(
        id=str(identity) if identity not in (None, "") else f"{name}:{number}",
        text=text,
        title=_string(row, "title"),
        date=_string(row, "date"),
        source=source,
    )


def _string(row: dict[str, Any], key: str) -> str | None:
    value = row.get(key)
    return value if isinstance(value, str) and value else None


def _text_of(row: Any) -> str:
    if not isinstance(row, dict):
        raise InvalidRecordError("the row is no JSON object", 'write {"text": "…"}')
    text = row.get("text")
    if text is None and row.get("sha256"):
        raise InvalidRecordError("the row ships without its text", "fetch it with `policytext hydrate`")
    if not isinstance(text, str):
        raise InvalidRecordError("the row has no text", "give it a key `text` that holds a string")
    if not text.strip():
        raise InvalidRecordError("the row's text is empty", "fill it in or remove the row")
    if _SURROGATE.search(json.dumps(row, ensure_ascii=False)):
        raise InvalidRecordError(
            "the row holds half of a surrogate pair", "write the character itself, or both halves of its escape"
        )
    return text
