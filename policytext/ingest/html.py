"""The main text of a web page, without menus, footers and comments; title and date as the page states them."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Any

from policytext.errors import UnreadableInputError
from policytext.ingest.content import Content
from policytext.ingest.decode import Decoded, decode, decode_declared, find_mark

_CHARSET = re.compile(rb"""(?:charset|encoding)\s*=\s*["']?\s*([\w.:-]+)""", re.IGNORECASE)
# Where browsers look for the declaration, four times over: editors of government pages put comments before it.
_DECLARATION_BYTES = 4096
# Not links: by their density menus are told from text.
_INLINE = ("span", "font", "b", "strong", "i", "em", "u", "small", "big")
_BLOCKS = {
    "div", "p", "table", "ul", "ol", "dl", "section", "article", "h1", "h2", "h3", "h4", "h5", "h6",
    "pre", "blockquote", "form", "header", "footer", "nav", "main",
}  # fmt: skip
_BREAKING = {"lb", "p", "head", "item", "list", "quote", "row", "table", "div"}
_VISIBLE = "//body//text()[not(ancestor::script or ancestor::style or ancestor::noscript or ancestor::template)]"
_XML_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")
# The date that the page states in its metadata, not the likeliest of those in its text.
_DATES = {"extensive_search": False, "original_date": True}
_BLANK = re.compile(r"[ \t\r\n\f]+")


def read_html(data: bytes) -> Content:
    """Return the main text of a page, a line for each paragraph, heading and table row (its cells joined by tabs).

    Raises UnreadableInputError where the page has no text of its own. Source of the extraction: trafilatura.
    """
    from trafilatura import bare_extraction
    from trafilatura.utils import load_html

    settings = _settings()
    page = _decode_page(data)
    tree = load_html(_XML_DECLARATION.sub("", page.text))
    if tree is None:
        raise UnreadableInputError("the page is no HTML", "save it again from the browser")
    total = _count("".join(tree.xpath(_VISIBLE)))
    _straighten(tree)
    found: Any = bare_extraction(
        tree, include_comments=False, with_metadata=True, fast=True, date_extraction_params=_DATES, config=settings
    )
    text = "\n".join(_lines(found.body)) if found is not None else ""
    if not text:
        raise UnreadableInputError("no main text was found in the page", "copy its text into a .txt file")
    dropped = _describe_dropped(page, total - _count(text), total)
    return Content(text, page.encoding, found.title or None, found.date or None, dropped)


@lru_cache(maxsize=1)
def _settings() -> Any:
    from trafilatura.settings import use_config

    # Python shows the errors of a logger without handler on the terminal; ours are reported to the caller.
    for library in ("trafilatura", "htmldate"):
        logging.getLogger(library).addHandler(logging.NullHandler())
    settings = use_config()
    # By default a text under 250 characters is taken for a failure and replaced by the whole page, menus and all;
    # many notices are shorter.
    settings.set("DEFAULT", "MIN_EXTRACTED_SIZE", "1")
    settings.set("DEFAULT", "MIN_OUTPUT_SIZE", "1")
    return settings


def _decode_page(data: bytes) -> Decoded:
    """Decode a page: mark, strict UTF-8 (many UTF-8 pages are mislabelled), its own label, and only then a guess."""
    label = _CHARSET.search(data[:_DECLARATION_BYTES])
    if not find_mark(data)[0] and label:
        decoded = decode_declared(data, "utf-8") or decode_declared(data, label[1].decode("ascii"))
        if decoded:
            return decoded
    return decode(data)


def _straighten(tree: Any) -> None:
    """Make paragraphs of the innermost divisions and of loose text, and run inline marks together.

    Otherwise the extraction passes over text that stands directly in a `div`, and breaks lines at bold words.
    """
    for inline in tree.xpath("|".join(f"//{tag}" for tag in _INLINE)):
        inline.drop_tag()
    for division in tree.xpath("//div"):
        if any(child.tag in _BLOCKS for child in division):
            _wrap_loose(division)
        else:
            division.tag = "p"


def _wrap_loose(division: Any) -> None:
    """Put each stretch of text between the blocks of a division into a paragraph of its own."""
    paragraph = _wrap(division, 0, division.text)
    division.text = None
    for child in list(division):
        if paragraph is not None and child.tag not in _BLOCKS:
            paragraph.append(child)
        else:
            text, child.tail = child.tail, None
            paragraph = _wrap(division, division.index(child) + 1, text)


def _wrap(division: Any, place: int, text: str | None) -> Any:
    if not text or not text.strip():
        return None
    paragraph = division.makeelement("p")
    paragraph.text = text
    division.insert(place, paragraph)
    return paragraph


def _count(text: str) -> int:
    return len("".join(text.split()))


def _describe_dropped(page: Decoded, lost: int, total: int) -> str | None:
    furniture = f"{lost:,} of {total:,} characters of page furniture" if lost > 0 else None
    return "; ".join(part for part in (page.dropped, furniture) if part) or None


def _lines(body: Any) -> Iterator[str]:
    """Yield the lines of trafilatura's tree: its blocks, cut at line breaks; a row is one line."""
    for element in body:
        if element.tag == "table":
            for row in element.iter("row"):
                yield "\t".join(" ".join(_cut(_flow(cell))) for cell in row.iter("cell"))
        elif element.tag in {"list", "div"}:
            yield from _cut([element.text or ""])
            yield from _lines(element)
        else:
            yield from _cut(_flow(element))
        yield from _cut([element.tail or ""])


def _flow(element: Any) -> Iterator[str | None]:
    """Yield the strings of an element, None where a line ends: at breaks and at the edges of blocks inside it."""
    yield from _strings(element.text, element)
    for child in element:
        yield from [None] if child.tag in _BREAKING else []
        yield from _flow(child)
        yield from [None] if child.tag in _BREAKING else []
        yield from _strings(child.tail, element)


def _strings(text: str | None, element: Any) -> Iterator[str | None]:
    # Only preformatted text breaks at line feeds; elsewhere they are blanks.
    lines = (text or "").split("\n") if element.tag in {"quote", "code"} else [text or ""]
    for number, line in enumerate(lines):
        yield from [None, line] if number else [line]


def _cut(flow: Iterable[str | None]) -> Iterator[str]:
    """Yield the lines of a flow that hold anything; blanks count as in HTML, where a run of them is one."""
    line: list[str] = []
    for piece in (*flow, None):
        if piece is not None:
            line.append(piece)
            continue
        if text := _BLANK.sub(" ", "".join(line)).strip(" "):
            yield text
        line = []
