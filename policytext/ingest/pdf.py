"""The text of a PDF: its lines, which end where the paper ends, joined into paragraphs again."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from policytext.errors import UnreadableInputError
from policytext.ingest.content import Content
from policytext.text.structure import ITEM_MARK

_PAGE_NUMBER = re.compile(r"(?:第\s*)?[-—–·]*\s*\d{1,4}\s*(?:/\s*\d{1,4}|页(?:\s*[,，/]?\s*共\s*\d+\s*页)?)?\s*[-—–·]*")
_STOPS = "。！？；：!?;:…”」』）】"
# A full line ends at the margin; in justified Chinese text at most one character's width (punctuation) before it, in
# ragged text two. A new paragraph is indented by two characters.
_RAGGED = 2.0
_INDENT = 1.0
# pdfium's error for a document whose password is not the one given.
_PASSWORD_ERROR = 4


class Line(NamedTuple):
    """A printed line: its text, where it begins and ends on the page, and the height of its letters (points)."""

    text: str
    left: float
    right: float
    height: float


def read_pdf(data: bytes) -> Content:
    """Return the text of a PDF, a line for each paragraph, page numbers left out.

    Raises UnreadableInputError for a broken or password-protected file and for one without text layer.
    """
    from pypdfium2 import PdfiumError

    document = _open(data)
    try:
        pages = [list(_read_lines(page)) for page in document]
    except PdfiumError as error:
        raise UnreadableInputError("a page of the PDF is broken", "export it again") from error
    finally:
        document.close()
    numbered = [_without_number(page) for page in pages]
    text = "\n".join(_paragraphs(numbered))
    if not text:
        raise UnreadableInputError("a scanned PDF without text layer", "recognise its text (OCR) first")
    return Content(text, dropped=_describe_dropped(pages, numbered))


def _open(data: bytes) -> Any:
    from pypdfium2 import PdfDocument, PdfiumError

    try:
        return PdfDocument(data)
    except PdfiumError as error:
        if error.err_code == _PASSWORD_ERROR:
            cure = "save a copy without password"
            raise UnreadableInputError("the PDF is protected by a password", cure) from error
        raise UnreadableInputError("the PDF is broken", "export it again") from error


def _read_lines(page: Any) -> Iterator[Line]:
    from pypdfium2.raw import FPDFText_GetUnicode

    text_page = page.get_textpage()
    codes = [FPDFText_GetUnicode(text_page, index) for index in range(text_page.count_chars())]
    start = 0
    for end, code in enumerate([*codes, ord("\n")]):
        if code in {ord("\n"), ord("\r")}:
            places = [index for index in range(start, end) if not chr(codes[index]).isspace()]
            if places:
                first, last = (text_page.get_charbox(places[edge], loose=True) for edge in (0, -1))
                text = _to_text(codes[places[0] : places[-1] + 1])
                yield Line(text, first[0], last[2], max(first[3] - first[1], last[3] - last[1]))
            start = end + 1


def _to_text(codes: Iterable[int]) -> str:
    # pdfium gives UTF-16 units, and 2 or FFFE for a hyphen at the end of a line.
    units = b"".join((0x2D if code in {2, 0xFFFE} else code & 0xFFFF).to_bytes(2, "little") for code in codes)
    return units.decode("utf-16-le", "replace")


def _without_number(lines: list[Line]) -> list[Line]:
    """Leave out a page number at the foot or, failing that, at the head of the page."""
    if lines and _PAGE_NUMBER.fullmatch(lines[-1].text):
        return lines[:-1]
    if lines and _PAGE_NUMBER.fullmatch(lines[0].text):
        return lines[1:]
    return lines


def _paragraphs(pages: Iterable[list[Line]]) -> Iterator[str]:
    paragraph = ""
    before: tuple[Line, float] | None = None
    for lines in pages:
        left, right = min((line.left for line in lines), default=0), max((line.right for line in lines), default=0)
        for line in lines:
            if before and not _goes_on(*before, line, left):
                yield paragraph
                paragraph = ""
            paragraph = _join(paragraph, line.text)
            before = line, right
    if paragraph:
        yield paragraph


def _goes_on(before: Line, right: float, line: Line, left: float) -> bool:
    """Tell whether `line` continues the paragraph of the line `before`, whose page ends at `right`."""
    full = before.right > right - _RAGGED * before.height
    indented = line.left > left + _INDENT * line.height
    return full and not indented and before.text[-1] not in "。！？" and not ITEM_MARK.match(line.text)


def _join(head: str, tail: str) -> str:
    """Join two lines; between Latin words stands a blank, between Chinese characters none."""
    is_latin = head[-1:].isascii() and tail[:1].isascii() and head[-1:].isalpha() and tail[:1].isalpha()
    return f"{head} {tail}" if is_latin else head + tail


def _describe_dropped(pages: list[list[Line]], numbered: list[list[Line]]) -> str | None:
    numbers = sum(len(page) != len(rest) for page, rest in zip(pages, numbered, strict=True))
    empty = sum(not page for page in pages)
    parts = ((numbers, "page numbers"), (empty, "pages without text layer"))
    return "; ".join(f"{count:,} {what}" for count, what in parts if count) or None
