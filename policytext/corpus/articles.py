"""The documents of the corpus as articles: the real layer's texts found by hash, the composed layer's as shipped."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from policytext.corpus.files import COMPOSED, SOURCES, read_lines
from policytext.corpus.hydrate import Search, search_folder
from policytext.corpus.sources import Source, read_sources
from policytext.errors import UnreadableInputError
from policytext.records import Article

# The first two months of 2020 are a time of their own: half of the real documents, and the first emergency orders.
_EARLY = ("2020-01", "2020-02")


def period_of(day: str) -> str:
    """Return the period that a document of that ISO day counts in: a year, 2020 in two parts; "" without a day."""
    if not day.startswith("2020"):
        return day[:4]
    return "2020-01/02" if day[:7] in _EARLY else "2020-03/12"


def read_articles(root: Path, folders: Iterable[Path]) -> dict[str, Article]:
    """Return the articles of the checkout `root` by id; the real layer's texts are looked for below `folders`.

    Raises UnreadableInputError naming the documents whose text is in none of them.
    """
    search = Search(read_sources(root / SOURCES))
    for folder in folders:
        search_folder(search, folder)
    if search.missing:
        names = ", ".join(source.id for source in search.missing[:5])
        raise UnreadableInputError(f"{len(search.missing)} documents without text: {names}", "name their folder")
    real = [_real(source, search.texts[source.sha256]) for source in search.sources]
    return {article.id: article for article in (*real, *_composed(root / COMPOSED))}


def _real(source: Source, text: str) -> Article:
    about = source.model_dump(include={"kind", "script", "period", "split", "group"})
    return Article(id=source.id, text=text, date=source.date or None, source={"layer": "real", **about})


def _composed(path: Path) -> list[Article]:
    return [Article.model_validate_json(line) for _, line in read_lines(path)] if path.exists() else []
