"""The text of a Word document: paragraphs and tables in their order, insertions in, deletions out."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from typing import Any

from policytext.errors import UnreadableInputError
from policytext.ingest.content import Content

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_STRINGS = {f"{_W}tab": "\t", f"{_W}br": "\n", f"{_W}cr": "\n", f"{_W}noBreakHyphen": "-"}
# A text box stands beside the text, and a fallback says again what stands before it.
_ASIDE = {f"{_W}txbxContent", "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"}
# What holds paragraphs without being one: content controls, and insertions of whole paragraphs.
_WRAPPERS = {f"{_W}sdt", f"{_W}sdtContent", f"{_W}ins", f"{_W}customXml", f"{_W}smartTag"}
# python-docx answers "Word Document" for a file that states no properties at all.
_NO_TITLES = {"", "Word Document"}
# A fallback repeats its text box.
_BOXES = ".//w:txbxContent[not(ancestor::*[local-name()='Fallback'])]//w:t"


def read_docx(data: bytes) -> Content:
    """Return the text of a .docx, a line for each paragraph and table row (its cells joined by tabs), and its title.

    Numbers that Word counts itself are not part of the text. Raises UnreadableInputError where the file is broken.
    """
    try:
        content = _read(data)
    except Exception as error:  # a broken archive fails in zipfile, zlib, lxml or python-docx, each in its own way
        problem = "the file is broken, or no Word document"
        raise UnreadableInputError(problem, "open it in Word and save it again as .docx") from error
    if not content.text.strip():
        raise UnreadableInputError("the document holds no text", "if it is a scan, recognise its text (OCR) first")
    return content


def _read(data: bytes) -> Content:
    from docx import Document

    document = Document(BytesIO(data))
    title = document.core_properties.title.strip()
    return Content(
        "\n".join(_lines(document.element.body)),
        title=None if title in _NO_TITLES else title,
        dropped=_describe_dropped(document),
    )


def _lines(parent: Any) -> Iterator[str]:
    for child in parent:
        if child.tag == f"{_W}p":
            yield "".join(_strings(child))
        elif child.tag == f"{_W}tbl":
            for row in child.iter(f"{_W}tr"):
                yield "\t".join("\n".join(_lines(cell)) for cell in row.iterchildren(f"{_W}tc"))
        elif child.tag in _WRAPPERS:
            yield from _lines(child)


def _strings(element: Any) -> Iterator[str]:
    for child in element:
        if child.tag == f"{_W}t":
            yield child.text or ""
        elif child.tag in _STRINGS:
            yield _STRINGS[child.tag]
        elif child.tag not in _ASIDE and child.tag != f"{_W}pPr":  # its tab stops are no text
            yield from _strings(child)


def _describe_dropped(document: Any) -> str | None:
    boxes = "".join(node.text or "" for node in document.element.body.xpath(_BOXES))
    margins = "".join(
        paragraph.text
        for section in document.sections
        for part in (section.header, section.footer)
        if not part.is_linked_to_previous
        for paragraph in part.paragraphs
    )
    parts = ((len(margins.strip()), "headers and footers"), (len(boxes.strip()), "text boxes"))
    return "; ".join(f"{count:,} characters of {what}" for count, what in parts if count) or None
