"""What kind of file it is: the suffix says it, the first bytes have the last word."""

from __future__ import annotations

import re
from typing import Literal

from policytext.errors import UnreadableInputError
from policytext.ingest.decode import find_mark

Kind = Literal["text", "html", "pdf", "docx", "jsonl", "json", "csv", "tsv"]

SUFFIXES: dict[str, Kind] = {
    "": "text",
    ".txt": "text",
    ".text": "text",
    ".md": "text",
    ".htm": "html",
    ".html": "html",
    ".xhtml": "html",
    ".pdf": "pdf",
    ".docx": "docx",
    ".doc": "docx",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".json": "json",
    ".csv": "csv",
    ".tsv": "tsv",
}
HEAD_BYTES = 1024

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
# Formats met beside notices that hold no text, or hold it in a form that is not read here.
_BINARY = {
    b"\x89PNG": "PNG picture",
    b"\xff\xd8\xff": "JPEG picture",
    b"GIF8": "GIF picture",
    b"\x1f\x8b": "gzip archive",
    b"7z\xbc\xaf": "7z archive",
    b"Rar!": "RAR archive",
    b"\x7fELF": "program",
    b"SQLite format 3": "SQLite database",
    b"PAR1": "Parquet table",
}
_ROW = re.compile(rb'(?:\xef\xbb\xbf)?\s*\{\s*"')
_ARRAY = re.compile(rb"(?:\xef\xbb\xbf)?\s*\[\s*\{")
_HTML = re.compile(rb"\s*(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE | re.DOTALL)


def find_kind(suffix: str, head: bytes) -> Kind:
    """Return how a file is read, by its suffix (lower case, with the dot) and its first HEAD_BYTES bytes.

    A file is what its first bytes say, whatever its name. Raises UnreadableInputError for what holds no text.
    """
    if head.lstrip(b"\0\t\r\n ").startswith(b"%PDF-"):
        return "pdf"
    if head.startswith(b"PK\x03\x04"):
        return _zip_kind(suffix)
    if head.startswith(_OLE):
        raise UnreadableInputError("an old Word, Excel or protected Office file", "save it as .docx without password")
    for magic, name in _BINARY.items():
        if head.startswith(magic):
            raise UnreadableInputError(f"a {name} holds no text to read", "name a file of text")
    return _text_kind(suffix, head)


def _zip_kind(suffix: str) -> Kind:
    if suffix in {".xlsx", ".pptx", ".odt", ".zip", ".epub", ".ofd", ".wps"}:
        raise UnreadableInputError(f"{suffix} files are not read", "unpack it, or save it as .docx or .csv")
    return "docx"


def _text_kind(suffix: str, head: bytes) -> Kind:
    kind = SUFFIXES.get(suffix)
    if kind in {"pdf", "docx"}:
        cure = "open it and save it again as .docx" if kind == "docx" else "export it again"
        raise UnreadableInputError(f"the file is named {suffix} but is none, or is broken", cure)
    if kind in {None, "text"} and not find_mark(head)[0] and _HTML.match(head):
        return "html"
    if kind is None:
        return _unnamed_kind(head)
    return kind


def _unnamed_kind(head: bytes) -> Kind:
    """Tell what standard input, or a file with a suffix that says nothing, is."""
    if b"\0" in head and not find_mark(head)[0]:
        raise UnreadableInputError("an unknown binary format", "save it as .txt, .docx or .pdf")
    if _ROW.match(head):
        # A first line that is whole, or longer than what is seen of it, is a row; else one object is spread over lines.
        line = head.lstrip().split(b"\n", 1)[0].rstrip()
        return "jsonl" if line.endswith(b"}") or len(line) >= HEAD_BYTES // 2 else "json"
    return "json" if _ARRAY.match(head) else "text"
