"""Scores of a prediction against gold: per-article counts, their sums, and what is divided from them at the end."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from policytext.metrics.counts import Counts, Key, add_tallies, ratio
from policytext.metrics.entities import tally_entities, tally_values
from policytext.metrics.measures import ATTRIBUTES, ClausePair, pair_clauses, tally_measures
from policytext.metrics.pairing import has_layer, pair_by_id
from policytext.records import Annotation

# A category with fewer positives moves by over ten points with one clause; the second macro leaves such out.
FREQUENT = 10


@dataclass(frozen=True)
class ArticleTally:
    """The counts of one article and the number of gold's clauses in it."""

    id: str
    clauses: int
    tally: dict[Key, Counts]


@dataclass(frozen=True)
class Scores:
    """Counts of all articles under one recipe (data, split, model, version, seed: whatever the caller states)."""

    articles: tuple[ArticleTally, ...]
    missing: tuple[str, ...] = ()
    recipe: str = ""

    @cached_property
    def total(self) -> dict[Key, Counts]:
        """The sum of the articles' counts."""
        return add_tallies(article.tally for article in self.articles)

    @property
    def clauses(self) -> int:
        """How many of gold's clauses were scored."""
        return sum(article.clauses for article in self.articles)

    @property
    def recipe_line(self) -> str:
        """The recipe with the numbers of documents and clauses."""
        size = f"n={len(self.articles):,} documents, {self.clauses:,} clauses"
        return " · ".join(part for part in (self.recipe, size) if part)

    def labels(self, kind: str) -> dict[str, Counts]:
        """Return the counts per label of one kind of decision, in alphabetical order."""
        return {label: self.total[name, label] for name, label in sorted(self.total) if name == kind}

    def micro(self, kind: str) -> Counts:
        """Return the sum of the labels' counts."""
        return sum(self.labels(kind).values(), Counts())

    def macro(self, kind: str, at_least: int = 0) -> float:
        """Return the mean F1 of the labels with that many positives; 0 where no label has them.

        Labels that neither gold nor the prediction uses are left out; one that only the prediction uses counts as 0.
        """
        scores = [counts.f1 for counts in self.labels(kind).values() if counts.positives >= at_least]
        return ratio(sum(scores), len(scores))

    def size(self) -> dict[str, Any]:
        """Return the recipe, what was scored and what the prediction lacked."""
        return {
            "recipe": self.recipe_line,
            "documents": len(self.articles),
            "clauses": self.clauses,
            "missing": list(self.missing),
        }


@dataclass(frozen=True)
class MeasureScores(Scores):
    """How well measures were found: per clause and category, and their attributes where the category is right."""

    @property
    def categories(self) -> dict[str, Counts]:
        """Counts per category that gold or the prediction uses."""
        return self.labels("category")

    @property
    def micro_f1(self) -> float:
        """F1 of clause × category."""
        return self.micro("category").f1

    @property
    def macro_f1(self) -> float:
        """Mean F1 of the categories that gold or the prediction uses."""
        return self.macro("category")

    @property
    def macro_f1_frequent(self) -> float:
        """Mean F1 of the categories with at least `FREQUENT` positives in gold."""
        return self.macro("category", FREQUENT)

    @property
    def any_measure(self) -> Counts:
        """Measure or none, per clause."""
        return self.total.get(("any", ""), Counts())

    @property
    def exact_set(self) -> Counts:
        """Clauses whose set of categories is right in full (accuracy), over all clauses."""
        return self.total.get(("set", "all"), Counts())

    @property
    def exact_set_labelled(self) -> Counts:
        """The same over the clauses where gold or the prediction states a measure."""
        return self.total.get(("set", "labelled"), Counts())

    @property
    def attributes(self) -> dict[str, Counts]:
        """Accuracy of polarity, force and realis over the labels that gold and the prediction share."""
        return {name: self.total.get(("attribute", name), Counts()) for name in ATTRIBUTES}

    def to_dict(self) -> dict[str, Any]:
        """Return all scores with their counts, for JSON."""
        return {
            **self.size(),
            "micro": as_dict(self.micro("category")),
            "macro_f1": self.macro_f1,
            f"macro_f1_at_least_{FREQUENT}": self.macro_f1_frequent,
            "any_measure": as_dict(self.any_measure),
            "exact_set": as_accuracy(self.exact_set),
            "exact_set_labelled": as_accuracy(self.exact_set_labelled),
            "attributes": {name: as_accuracy(counts) for name, counts in self.attributes.items()},
            "categories": {name: as_dict(counts) for name, counts in self.categories.items()},
        }


@dataclass(frozen=True)
class EntityScores(Scores):
    """How well entities were found, by the ways of matching of `tally_entities`, and how well they were resolved."""

    @property
    def micro_f1(self) -> float:
        """F1 of exact spans with the right label."""
        return self.micro("strict").f1

    @property
    def overlap_f1(self) -> float:
        """F1 of overlapping spans with the right label."""
        return self.micro("overlap").f1

    def to_dict(self) -> dict[str, Any]:
        """Return all scores with their counts, for JSON."""
        labelled = ("strict", "overlap", "ent_type")
        return {
            **self.size(),
            "micro": {kind: as_dict(self.micro(kind)) for kind in (*labelled, "exact", "partial")},
            "macro_f1": {kind: self.macro(kind) for kind in labelled},
            "labels": {
                label: {kind: as_dict(self.labels(kind)[label]) for kind in labelled} for label in self.labels("strict")
            },
            "values": {
                kind: {label: as_accuracy(counts) for label, counts in self.labels(key).items()}
                for kind, key in (("found_spans", "value"), ("all_spans", "value_all"))
            },
        }


def as_dict(counts: Counts) -> dict[str, float]:
    """Return precision, recall and F1 with their counts, for JSON."""
    return {
        "precision": counts.precision,
        "recall": counts.recall,
        "f1": counts.f1,
        "positives": counts.positives,
        "tp": counts.tp,
        "fp": counts.fp,
        "fn": counts.fn,
    }


def as_accuracy(counts: Counts) -> dict[str, float]:
    """Return an accuracy with its counts, for JSON."""
    return {"accuracy": counts.accuracy, "right": counts.tp + counts.tn, "n": counts.total}


def score_measures(gold: Sequence[Annotation], predicted: Sequence[Annotation], *, recipe: str = "") -> MeasureScores:
    """Return the scores of the predicted measures; articles are paired by id, those without prediction count as empty.

    Raises InvalidRecordError where the prediction has ids that gold lacks.
    """
    pairs, missing = pair_by_id(gold, predicted)
    articles = (tally_article(a.id, pair_clauses(a, b)) for a, b in pairs if has_layer(a, "measures"))
    return MeasureScores(tuple(articles), missing, recipe)


def tally_article(key: str, clauses: Sequence[ClausePair]) -> ArticleTally:
    """Return the counts of these clauses of the article `key`."""
    return ArticleTally(key, sum(pair.in_gold for pair in clauses), tally_measures(clauses))


def score_entities(gold: Sequence[Annotation], predicted: Sequence[Annotation], *, recipe: str = "") -> EntityScores:
    """Return the scores of the predicted entities over the articles whose entities gold annotates (see `has_layer`).

    Raises InvalidRecordError where the prediction has ids that gold lacks.
    """
    pairs, missing = pair_by_id(gold, predicted)
    articles = (
        ArticleTally(
            a.id, len(a.clauses), tally_entities(a.entities, b.entities) | tally_values(a.entities, b.entities)
        )
        for a, b in pairs
        if has_layer(a, "entities")
    )
    annotated = {annotation.id for annotation in gold if has_layer(annotation, "entities")}
    return EntityScores(tuple(articles), tuple(key for key in missing if key in annotated), recipe)
