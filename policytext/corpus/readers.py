"""Readers of the public sources: from a raw file's bytes to the texts of its records.

A reader yields the text of every record; the recorded SHA-256 says which one a document is. So neither a line number
nor a record id has to survive in the source, and a record changed there is never taken for the annotated one.
"""

from __future__ import annotations

import csv
import html
import io
import json
import re
from collections.abc import Callable, Iterator

Reader = Callable[[bytes], Iterator[str]]

_BREAK = re.compile(r"<br\s*/?>|</p>", re.IGNORECASE)
_TAG = re.compile(r"<[^>]+>")
# Private telephone numbers stand in some notices; the annotated texts have them masked.
_MOBILE = re.compile(r"(?<!\d)1[3-9]\d{9}(?!\d)")
_UNWANTED = str.maketrans({"\r": "\n", "\xa0": " ", "\u200b": None, "\ufeff": None})


def tidy(text: str) -> str:
    """Return `text` with white space normalised and mobile numbers masked.

    CR becomes LF and NBSP a blank; zero-width spaces, byte-order marks and blanks at line ends go; three or more
    line feeds become two.
    """
    text = text.replace("\r\n", "\n").translate(_UNWANTED)
    text = re.sub(r"[ \t]+\n", "\n", text)
    return _MOBILE.sub("1**********", re.sub(r"\n{3,}", "\n\n", text)).strip()


def _decode(raw: bytes) -> str:
    return raw.decode("utf-8-sig", "replace")


def read_datafountain(raw: bytes) -> Iterator[str]:
    """Yield the `context` of each line of JSON (DataFountain's epidemic policy pages)."""
    for line in _decode(raw).split("\n"):
        if line.strip():
            yield tidy(json.loads(line)["context"])


def read_dxy(raw: bytes) -> Iterator[str]:
    """Yield title and summary of each CSV row (DXY news)."""
    for row in csv.DictReader(io.StringIO(_decode(raw), newline="")):
        yield f"{(row['title'] or '').strip()}\n{tidy(row['summary'] or '')}"


_INSERT = re.compile(r"^INSERT INTO `\w+` VALUES \((.*)\);\s*$", re.MULTILINE)
_SQL_VALUE = re.compile(r"'((?:[^'\\]|\\.|'')*)'|[^',\s]+")
_SQL_ESCAPE = re.compile(r"\\(.)|''")
_SQL_CONTROL = {"n": "\n", "r": "\r", "t": "\t", "0": "\0"}
_POST = 4  # the column that holds the post


def read_weibo(raw: bytes) -> Iterator[str]:
    """Yield the post of each SQL INSERT (Weibo news): escapes undone, tags and short links removed."""
    for insert in _INSERT.finditer(_decode(raw)):
        values = [match.group(1) for match in _SQL_VALUE.finditer(insert.group(1))]
        if len(values) > _POST and values[_POST] is not None:
            yield _post_text(values[_POST])


def _post_text(value: str) -> str:
    text = _SQL_ESCAPE.sub(lambda match: _SQL_CONTROL.get(match[1], match[1]) if match[1] else "'", value)
    text = re.sub(r"(?:(?:<br\s*/?>|\n)[ \t]*)+", "\n", text)
    return tidy(re.sub(r"https?://t\.cn/\w+", "", html.unescape(_TAG.sub("", text))))


def read_cctv(raw: bytes) -> Iterator[str]:
    """Yield headline and paragraphs of each detailed item (CCTV evening news, one Markdown file a day)."""
    for item in re.split(r"^### ", _decode(raw), flags=re.MULTILINE)[1:]:
        text = html.unescape(_TAG.sub("", _BREAK.sub("\n", item)))
        yield re.sub(r"\s*\n\s*", "\n", tidy(text))


def read_hkcnews(raw: bytes) -> Iterator[str]:
    """Yield title and body of the article (HKCNews, one Markdown file each): no figures, links or emphasis."""
    body = _decode(raw).split("---\n", 2)[-1]
    body = re.sub(r"<figure>.*?</figure>", "", body, flags=re.DOTALL).strip().replace("**", "")
    body = _TAG.sub("", re.sub(r"^#+ ", "", body, flags=re.MULTILINE))
    title, _, rest = body.partition("\n")
    unlinked = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", rest)
    yield f"{title.strip()}\n{tidy(unlinked)}"


def read_plain(raw: bytes) -> Iterator[str]:
    """Yield the text of a plain file: as received, with line feeds only, and tidied."""
    text = _decode(raw)
    yield from dict.fromkeys((text, text.replace("\r\n", "\n"), tidy(text)))


def read_rows(raw: bytes) -> Iterator[str]:
    """Yield the `text` of each line of JSON that has one; other lines are passed over."""
    for line in _decode(raw).split("\n"):
        try:
            row = json.loads(line)
        except ValueError:
            continue
        if isinstance(row, dict) and isinstance(row.get("text"), str):
            yield row["text"]


READERS: dict[str, Reader] = {
    "wjunneng/2020-DataFountain-Outbreak-Assistant": read_datafountain,
    "yhpan/DXY-COVID-19-Data": read_dxy,
    "loong0306/2019-nCoV-news": read_weibo,
    "DuckBurnIncense/xin-wen-lian-bo": read_cctv,
    "hkarchivist/hkcnews-article-archive": read_hkcnews,
}
LOCAL_READERS: dict[str, Reader] = {".txt": read_plain, ".md": read_plain, ".jsonl": read_rows}
