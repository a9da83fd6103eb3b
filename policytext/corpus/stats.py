"""What a corpus holds, in tables: documents, clauses and labels by layer, split, script, period and genre."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations
from statistics import mean, median
from typing import Any

from policytext.corpus.gold import Gold
from policytext.corpus.splits import SPLITS
from policytext.taxonomy import load_taxonomy

Cell = str | int | float
_PAIRS_SHOWN = 15


@dataclass(frozen=True)
class Table:
    """A titled table; `rows` have one cell per column."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]

    def to_dict(self) -> dict[str, Any]:
        """Return the table as {title, rows: [{column: cell}]}."""
        return {"title": self.title, "rows": [dict(zip(self.columns, row, strict=True)) for row in self.rows]}

    def to_markdown(self) -> str:
        """Return the table in Markdown, numbers to the right, under its title in bold."""
        right = [all(not isinstance(row[i], str) for row in self.rows) for i in range(len(self.columns))]
        lines = [self.columns, tuple("---:" if flag else "---" for flag in right)]
        lines += [tuple(map(show, row)) for row in self.rows]
        return f"**{self.title}**\n\n" + "\n".join(f"| {' | '.join(line)} |" for line in lines)


def show(cell: Cell) -> str:
    """Return a cell as a reader wants it: thousands set off, one decimal, no upright stroke."""
    if isinstance(cell, int):
        return f"{cell:,}"
    return f"{cell:,.1f}" if isinstance(cell, float) else cell.replace("|", "\\|")


def tables(corpus: Sequence[Gold]) -> list[Table]:
    """Return all tables of a corpus, the overview first."""
    return [
        overview(corpus),
        *(_sizes(f"By {name}", name, corpus, key) for name, key in _GROUPS.items()),
        categories(corpus),
        attributes(corpus),
        entities(corpus),
        co_occurrence(corpus),
        lengths(corpus),
    ]


_GROUPS: dict[str, Callable[[Gold], str]] = {
    "script": lambda gold: gold.of("script"),
    "period": lambda gold: gold.of("period"),
    "genre": lambda gold: gold.genre,
}
_SIZES = (
    "documents",
    "clauses",
    "labelled clauses",
    "measures",
    "documents with entities",
    "clauses with entities",
    "entities",
)


def _size(corpus: Iterable[Gold]) -> tuple[int, ...]:
    sizes: Counter[str] = Counter()
    for gold in corpus:
        row = gold.annotation
        sizes["documents"] += 1
        sizes["clauses"] += len(row.clauses)
        sizes["labelled clauses"] += len({(measure.start, measure.end) for measure in row.measures})
        sizes["measures"] += len(row.measures)
        if "entities" in gold.annotated:
            sizes["documents with entities"] += 1
            sizes["clauses with entities"] += len(row.clauses)
            sizes["entities"] += len(row.entities)
    return tuple(sizes[name] for name in _SIZES)


def overview(corpus: Sequence[Gold]) -> Table:
    """Return sizes by layer and split, and in all."""
    keys = sorted({(gold.layer, gold.split) for gold in corpus}, key=lambda key: (key[0], _split_order(key[1])))
    rows: list[tuple[Cell, ...]] = [
        (*key, *_size(gold for gold in corpus if (gold.layer, gold.split) == key)) for key in keys
    ]
    return Table("Size", ("layer", "split", *_SIZES), (*rows, ("all", "all", *_size(corpus))))


def _split_order(split: str) -> int:
    return SPLITS.index(split) if split in SPLITS else len(SPLITS)


def _sizes(title: str, column: str, corpus: Sequence[Gold], key: Callable[[Gold], str]) -> Table:
    names = sorted({key(gold) for gold in corpus})
    rows: list[tuple[Cell, ...]] = [(name, *_size(gold for gold in corpus if key(gold) == name)) for name in names]
    return Table(title, (column, *_SIZES), tuple(rows))


def _places(corpus: Sequence[Gold]) -> tuple[tuple[str, ...], Callable[[Gold], tuple[str, ...]]]:
    """Return the columns "all", each layer and each split, and which of them a document counts in."""
    layers = sorted({gold.layer for gold in corpus})
    splits = sorted({gold.split for gold in corpus}, key=_split_order)
    return ("all", *layers, *splits), lambda gold: ("all", gold.layer, gold.split)


def _counted(title: str, heads: Sequence[tuple[str, ...]], names: tuple[str, ...], corpus: Sequence[Gold],
             labels: Callable[[Gold], Iterable[str]]) -> Table:  # fmt: skip
    """Count `labels` of each document in its places; `heads` are the label and what else the row begins with."""
    columns, places = _places(corpus)
    counts: Counter[tuple[str, str]] = Counter()
    for gold in corpus:
        counts.update((label, place) for label in labels(gold) for place in places(gold))
    rows: list[tuple[Cell, ...]] = [(*head, *(counts[head[0], column] for column in columns)) for head in heads]
    return Table(title, (*names, *columns), tuple(rows))


def categories(corpus: Sequence[Gold]) -> Table:
    """Return how often each category stands, in all, by layer and by split."""
    heads = [(category.id, category.zh) for category in load_taxonomy().categories]
    return _counted(
        "Measures", heads, ("category", "name"), corpus, lambda gold: (m.category for m in gold.annotation.measures)
    )


def attributes(corpus: Sequence[Gold]) -> Table:
    """Return how often each value of polarity, force and realis stands."""
    known = load_taxonomy().attributes
    heads = [(f"{name}: {value}",) for name, values in known.items() for value in values]
    return _counted(
        "Attributes of measures", heads, ("value",), corpus,
        lambda gold: (f"{name}: {getattr(m, name)}" for m in gold.annotation.measures for name in known),
    )  # fmt: skip


def entities(corpus: Sequence[Gold]) -> Table:
    """Return how often each entity label stands, in the documents annotated for entities."""
    heads = [(label,) for label in load_taxonomy().entity_labels]
    tagged = [gold for gold in corpus if "entities" in gold.annotated]
    return _counted("Entities", heads, ("label",), tagged, lambda gold: (e.label for e in gold.annotation.entities))


def co_occurrence(corpus: Sequence[Gold]) -> Table:
    """Return the pairs of categories that stand together on a clause most often."""
    pairs: Counter[tuple[str, str]] = Counter()
    for gold in corpus:
        clauses: dict[tuple[int, int], set[str]] = {}
        for measure in gold.annotation.measures:
            clauses.setdefault((measure.start, measure.end), set()).add(measure.category)
        pairs.update(pair for found in clauses.values() for pair in combinations(sorted(found), 2))
    ranked = sorted(pairs.items(), key=lambda item: (-item[1], item[0]))[:_PAIRS_SHOWN]
    return Table("Categories on one clause", ("category", "with", "clauses"), tuple((*pair, n) for pair, n in ranked))


def lengths(corpus: Sequence[Gold]) -> Table:
    """Return how long documents (in clauses) and clauses (in characters) are."""
    measured = {
        "clauses of a document": [len(gold.annotation.clauses) for gold in corpus],
        "characters of a clause": [clause.end - clause.start for gold in corpus for clause in gold.annotation.clauses],
    }
    rows = [
        (name, min(values), float(median(values)), float(mean(values)), max(values))
        for name, values in measured.items()
        if values
    ]
    return Table("Length", ("length", "least", "median", "mean", "most"), tuple(rows))
