"""Checks across records and files: ids, splits, and what one file says of another."""
# ruff: noqa: D401 -- the docstring of a check is the rule it holds

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from policytext.corpus.checks.registry import Address, DataFile, Report, Row, register
from policytext.corpus.splits import SPLITS, near_duplicates
from policytext.records import text_hash


def _rows(files: list[DataFile], *forms: str) -> Iterator[Row]:
    for file in files:
        if file.form in forms:
            yield from (row for row in file.rows if row.data is not None)


def _address(row: Row) -> Address:
    return row.file, row.line


@register("duplicate-id", "split", "give each document an id of its own")
def duplicate_id(files: list[DataFile]) -> Report:
    """An id stands once in a folder's files of one form."""
    seen: dict[tuple[str, ...], Row] = {}
    for row in _rows(files, "annotation", "article", "source"):
        key = (row.file.form, str(row.file.path.parent), row.string("id") or "")
        if key[-1] and key in seen:
            first = seen[key]
            yield _address(row), f"id {key[-1]!r} stands already in {first.file.path.name}:{first.line}"
        seen.setdefault(key, row)


def _split(row: Row) -> str | None:
    by_name = row.file.path.stem.rsplit("-", 1)[-1]
    return row.split or (by_name if by_name in SPLITS else None)


def _identities(row: Row) -> Iterator[tuple[str, str]]:
    group = row.string("group") if row.file.form == "source" else row.source.get("group")
    digest = row.string("sha256") or (text_hash(row.text) if row.text is not None else None)
    for kind, value in (("document", row.string("id")), ("text", digest), ("group", group)):
        if isinstance(value, str) and value:
            yield kind, value


@register("split-leak", "split", "keep a document and its near-duplicates in one split")
def split_leak(files: list[DataFile]) -> Report:
    """A document, a text and a group of near-duplicates stand in one split only."""
    seen: dict[tuple[str, str], tuple[str, Row]] = {}
    for row in _rows(files, "annotation", "article", "source"):
        split = _split(row)
        for kind, value in _identities(row) if split else ():
            other, first = seen.setdefault((kind, value), (split or "", row))
            if other != split:
                yield (
                    _address(row),
                    f"{kind} {value[:40]} is {split}, but {other} in {first.file.path.name}:{first.line}",
                )
                break


@register("split-file", "split", "move the row to the file of its split")
def split_file(files: list[DataFile]) -> Report:
    """A row stands in the file of the split it names."""
    for row in _rows(files, "annotation"):
        by_name = row.file.path.stem.rsplit("-", 1)[-1]
        if by_name in SPLITS and row.split in SPLITS and row.split != by_name:
            yield _address(row), f"a row of {row.split} stands in {row.file.path.name}"


@register("near-duplicate", "split", "move one of the documents to the other's split")
def near_duplicate(files: list[DataFile]) -> Report:
    """No document of one split repeats a document of another; looked at where the texts are there."""
    rows = {str(number): row for number, row in enumerate(_rows(files, "annotation")) if row.text and _split(row)}
    if len({_split(row) for row in rows.values()}) < 2:
        return
    for pair in near_duplicates({key: row.text or "" for key, row in rows.items()}):
        a, b = (rows[key] for key in sorted(pair, key=int))
        if _split(a) != _split(b) and a.string("id") != b.string("id") and a.text != b.text:
            yield _address(b), f"{b.string('id')} ({_split(b)}) repeats {a.string('id')} ({_split(a)})"


@register("source-unknown", "cross", "add the document to corpus/sources.csv")
def source_unknown(files: list[DataFile]) -> Report:
    """A document of the real layer stands in the register of sources with the same hash, where there is a register."""
    registered = {row.string("id"): row.string("sha256") for row in _rows(files, "source")}
    for row in _rows(files, "annotation") if registered else ():
        if row.source.get("layer") == "real" and registered.get(row.string("id")) != row.string("sha256"):
            problem = "has another hash" if row.string("id") in registered else "does not stand"
            yield _address(row), f"{row.string('id')} {problem} in the register of sources"


@register("article-text", "cross", "annotate the text of corpus/composed.jsonl as it stands there")
def article_text(files: list[DataFile]) -> Report:
    """An annotation of a composed article has the text of that article."""
    articles: dict[str, str] = {}
    for row in _rows(files, "article"):
        articles[row.string("id") or ""] = row.text or ""
    for row in _rows(files, "annotation"):
        if row.text is not None and articles.get(row.string("id") or "", row.text) != row.text:
            yield _address(row), f"{row.string('id')} has another text than the article"


@register("clauses-differ", "cross", "cut the clauses of all passes with one version of the unit rules")
def clauses_differ(files: list[DataFile]) -> Report:
    """Gold and passes cut a document into the same clauses."""
    cuts: dict[str, dict[tuple[tuple[int, int], ...], Row]] = defaultdict(dict)
    for row in _rows(files, "annotation"):
        cut = tuple((span["start"], span["end"]) for span in row.spans("clauses"))
        if cut:
            known = cuts[row.string("id") or ""]
            if known and cut not in known:
                first = next(iter(known.values()))
                yield _address(row), f"{row.string('id')} has other clauses than in {first.file.path}:{first.line}"
            known.setdefault(cut, row)
