"""Articles out of JSON: a row a line, or a document of rows."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from typing import Any

from policytext.errors import InvalidRecordError, UnreadableInputError
from policytext.ingest.decode import SAVE_AS_UTF8, decode, find_mark, guess_encoding
from policytext.ingest.paths import Report
from policytext.records import Article

_OWN = {"id", "text", "title", "date", "source"}
# A row of ours may bear annotations; they are made anew, and would be taken for its source.
_LAYERS = {"sections", "sentences", "clauses", "entities", "measures"}
_SURROGATE = re.compile("[\ud800-\udfff]")
_UTF8_MARK = b"\xef\xbb\xbf"
_ARRAY_CURE = 'write [{"text": "…"}, …]'
_BETWEEN = re.compile(r"[\s,\[\]]*")


def read_lines(lines: Iterable[bytes], name: str, where: str, report: Report) -> Iterator[Article]:
    """Yield the article of each line of JSON; a line that holds none is reported with its number, blank ones passed.

    Raises UnreadableInputError, without address, where the rows as a whole are in another encoding than JSON's.
    """
    for number, line in enumerate(lines, 1):
        data = line.removeprefix(_UTF8_MARK) if number == 1 else line
        if number == 1:
            _refuse_other_encoding(data)
        if data.strip():
            try:
                yield to_article(_parse(data), name, {"line": number, "format": "jsonl", "encoding": "utf-8"})
            except InvalidRecordError as error:
                report(addressed(error, where, number))


def addressed(error: InvalidRecordError, where: str, number: int) -> InvalidRecordError:
    """Return the error with the address of its row: file and line."""
    return InvalidRecordError(error.problem, error.cure, f"{where}:{number}")


def _refuse_other_encoding(line: bytes) -> None:
    """Refuse the file for its first line, rather than every row of it in turn."""
    encoding = find_mark(line)[1]
    if not encoding:
        try:
            encoding = guess_encoding(line)
        except UnreadableInputError:
            return
    if encoding != "utf-8":
        raise UnreadableInputError(f"the rows are in {encoding}, JSON is in UTF-8", SAVE_AS_UTF8)


def _parse(line: bytes) -> object:
    try:
        return json.loads(line.decode("utf-8").rstrip())
    except UnicodeDecodeError as error:
        raise InvalidRecordError(f"byte {error.start} of the line is not UTF-8", SAVE_AS_UTF8) from error
    except json.JSONDecodeError as error:
        problem = f"invalid JSON at column {error.colno}: {error.msg}"
        raise InvalidRecordError(problem, "write one JSON object a line") from error
    except RecursionError as error:
        raise InvalidRecordError("JSON nested too deeply", 'write {"text": "…"}') from error


def read_values(data: bytes, name: str, where: str, report: Report) -> Iterator[Article]:
    """Yield the articles of a JSON document: an array of rows, one row, or rows behind each other.

    A row that holds no article is reported with the line it begins on; invalid JSON ends the reading.
    """
    decoded = decode(data)
    form = {"format": "json", "encoding": decoded.encoding}
    for item, (line, value) in enumerate(_values(decoded.text, where, report), 1):
        try:
            yield to_article(value, name, {"item": item, **form})
        except InvalidRecordError as error:
            report(addressed(error, where, line))


def _values(text: str, where: str, report: Report) -> Iterator[tuple[int, object]]:
    """Yield (line, value) one by one, so that a large array is never held as objects; report what is no JSON."""
    decoder = json.JSONDecoder()
    place, line, counted = _next_place(text, 0), 1, 0
    if place == len(text):
        report(InvalidRecordError("the file holds no rows", _ARRAY_CURE, where))
        return
    while place < len(text):
        line, counted = line + text.count("\n", counted, place), place
        try:
            value, end = decoder.raw_decode(text, place)
        except json.JSONDecodeError as error:
            report(InvalidRecordError(f"invalid JSON: {error.msg}", _ARRAY_CURE, f"{where}:{error.lineno}"))
            return
        except RecursionError:
            report(InvalidRecordError("JSON nested too deeply", _ARRAY_CURE, f"{where}:{line}"))
            return
        yield line, value
        place = _next_place(text, end)
    if text.lstrip().startswith("[") and not text.rstrip().endswith("]"):
        report(InvalidRecordError("invalid JSON: the array is not closed", _ARRAY_CURE, where))


def _next_place(text: str, place: int) -> int:
    # The brackets and commas of the outer array stand between rows.
    found = _BETWEEN.match(text, place)
    return found.end() if found else place


def to_article(row: object, name: str, place: dict[str, Any]) -> Article:
    """Return the article that a row holds; `name` is its file's, `place` says where in the file and in what form.

    Keys that an article does not have are kept in its source, under `row_…` where the source has such a key already.
    Raises InvalidRecordError, without address, where the row holds no text.
    """
    if not isinstance(row, dict):
        raise InvalidRecordError("the row is no JSON object", 'write {"text": "…"}')
    source = {"path": name, **place}
    for key, value in _remainder(row).items():
        source[f"row_{key}" if key in source else key] = value
    identity = row.get("id")
    return Article(
        id=f"{name}:{place.get('line', place.get('item'))}" if identity in (None, "") else str(identity),
        text=_text_of(row),
        title=row.get("title") if _is_named(row, "title") else None,
        date=row.get("date") if _is_named(row, "date") else None,
        source=source,
    )


def _is_named(row: dict[str, Any], key: str) -> bool:
    return isinstance(row.get(key), str) and bool(row[key])


def _remainder(row: dict[str, Any]) -> dict[str, Any]:
    """Return what of a row is kept in the source of its article: its own source, and what has no other place."""
    given = row.get("source")
    rest = {key: value for key, value in row.items() if key not in _OWN | _LAYERS}
    rest |= {key: row.get(key) for key in ("title", "date") if not _is_named(row, key)}
    return {
        key: value
        for key, value in ((given if isinstance(given, dict) else {"source": given}) | rest).items()
        if value not in (None, "")
    }


def _text_of(row: dict[str, Any]) -> str:
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
