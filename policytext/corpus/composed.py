"""Documents composed for the corpus: from a writer's file to articles with splits that never change."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from policytext.corpus.articles import period_of
from policytext.corpus.splits import draw_splits, duplicate_groups, split_of_new
from policytext.errors import InvalidRecordError
from policytext.records import Article
from policytext.text.layout import read_layout

_DOCUMENT = re.compile(r"^@@DOC\n(?P<head>.*?)\n---\n(?P<text>.*?)\n@@END$", re.DOTALL | re.MULTILINE)
_ABOUT = ("genre", "script", "issuer", "defects")
SHARE = {"dev": 0.12, "test": 0.12}
SEED = 20211207


def read_composed(content: str, writer: str, where: str = "") -> list[Article]:
    """Return the documents of a writer's file as articles composed-WRITERnn, numbered from 1 in their order.

    A document is `@@DOC`, lines `key: value` (genre, script, title, date, issuer, defects), `---`, its text, `@@END`.
    """
    found = list(_DOCUMENT.finditer(content))
    if not content.count("@@DOC") == len(found) == content.count("@@END"):
        raise InvalidRecordError("the marks @@DOC, --- and @@END do not match", "one of each to a document", where)
    return [_article(match, f"composed-{writer}{number:02d}", where) for number, match in enumerate(found, 1)]


def _article(match: re.Match[str], name: str, where: str) -> Article:
    lines = (line.partition(":") for line in match["head"].split("\n"))
    head = {key.strip(): value.strip() for key, _, value in lines}
    if lacking := [key for key in ("genre", "script", "title", "date") if not head.get(key)]:
        raise InvalidRecordError(f"{name} has no {', '.join(lacking)}", "give it in the lines before ---", where)
    about = {key: head[key] for key in _ABOUT if head.get(key)}
    source = {"layer": "composed", **about, "period": period_of(head["date"])}
    return Article(id=name, text=match["text"].strip("\n"), title=head["title"], date=head["date"], source=source)


def assign_splits(articles: Iterable[Article], known: Mapping[str, str]) -> list[Article]:
    """Return the articles with split and group in their source; whatever is in `known` ({id: split}) stays there.

    Without anything known the splits are drawn, stratified by genre and script; later documents go with their group.
    """
    rows = {article.id: article for article in sorted(articles, key=lambda article: article.id)}
    groups = duplicate_groups({key: article.text for key, article in rows.items()})
    members = {group: [key for key in rows if groups[key] == group] for group in groups.values()}
    if known:
        splits = {key: known.get(key) or split_of_new(groups[key], known, members[groups[key]], SHARE) for key in rows}
    else:
        strata = {key: (article.source["genre"], article.source["script"]) for key, article in rows.items()}
        sizes = {key: len(read_layout(article.text).clauses) for key, article in rows.items()}
        splits = draw_splits(strata, groups, sizes, SHARE, SEED)
    return [_placed(article, splits[key], groups[key]) for key, article in rows.items()]


def _placed(article: Article, split: str, group: str) -> Article:
    return article.model_copy(update={"source": article.source | {"split": split, "group": group}})
