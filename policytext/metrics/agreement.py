"""How far two passes over the same articles agree: κ and F1, with intervals that resample documents."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, Any, get_args

from policytext.metrics import sums
from policytext.metrics.counts import Counts, Key, add_tallies, decision
from policytext.metrics.entities import tally_entities
from policytext.metrics.measures import ClausePair, pair_clauses
from policytext.metrics.pairing import has_layer, pair_passes
from policytext.metrics.resampling import RESAMPLES, Interval, Resampler
from policytext.metrics.sums import Statistic, count_array
from policytext.records import Annotation, Force, Polarity, Realis

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Array = NDArray[np.float64]

# Guidelines, section 7: with fewer positives one clause moves κ by several points.
FREQUENT = 20

VALUES: dict[str, tuple[str, ...]] = {
    "polarity": get_args(Polarity),
    "force": get_args(Force),
    "realis": get_args(Realis),
}


@dataclass(frozen=True)
class LabelAgreement:
    """Agreement on one label: how often each pass gives it, and how well they agree that it stands there."""

    label: str
    a: int
    b: int
    either: int
    scores: dict[str, Interval]


@dataclass(frozen=True)
class Agreement:
    """Agreement of two passes; every score is (value, low, high), NaN where it is undefined.

    `overall`: κ and F1 of clause × category and of labelled-or-not, macro-κ over the categories with at least
    `FREQUENT` clauses labelled by either pass, pooled κ of the rest. `categories`: κ and f1. `attributes`: accuracy and
    κ over the labels both passes gave. `entities`: F1 by exact span and label (`exact`) and by overlap and label
    (`overlap`); `position` in `entity_overall` is F1 of exact spans, labels ignored.
    """

    documents: int
    clauses: int
    overall: dict[str, Interval]
    categories: tuple[LabelAgreement, ...]
    attributes: tuple[LabelAgreement, ...]
    entity_documents: int = 0
    entity_overall: dict[str, Interval] = field(default_factory=dict)
    entities: tuple[LabelAgreement, ...] = ()
    left_out: tuple[str, ...] = ()
    recipe: str = ""

    @property
    def recipe_line(self) -> str:
        """The recipe with the numbers of documents and clauses."""
        size = f"n={self.documents:,} documents, {self.clauses:,} clauses"
        return " · ".join(part for part in (self.recipe, size) if part)

    def to_dict(self) -> dict[str, Any]:
        """Return everything for JSON: an interval as {value, low, high}, undefined numbers as null."""
        everything = {**asdict(self), "recipe": self.recipe_line}
        return {name: _plain(item) for name, item in everything.items()}


def agreement(
    a: Sequence[Annotation],
    b: Sequence[Annotation],
    *,
    seed: int = 0,
    resamples: int = RESAMPLES,
    recipe: str = "",
) -> Agreement:
    """Return the agreement of two passes over the articles that both hold; the others are listed in `left_out`.

    Intervals are 95 % document-bootstrap intervals. Raises InvalidRecordError where clauses or texts differ.
    """
    pairs = pair_passes(a, b)
    held = {one.id for one, _ in pairs}
    measured = [pair_clauses(*pair) for pair in pairs if all(has_layer(side, "measures") for side in pair)]
    tagged = [tally_entities(x.entities, y.entities) for x, y in pairs if _both_tag(x, y)]
    overall, categories, attributes = _measure_part(measured, seed, resamples)
    entity_overall, entities = _entity_part(tagged, seed, resamples)
    return Agreement(
        documents=len(pairs),
        clauses=sum(map(len, measured)),
        overall=overall,
        categories=categories,
        attributes=attributes,
        entity_documents=len(tagged),
        entity_overall=entity_overall,
        entities=entities,
        left_out=tuple(sorted({row.id for row in (*a, *b)} - held)),
        recipe=recipe,
    )


def _both_tag(a: Annotation, b: Annotation) -> bool:
    return has_layer(a, "entities") and has_layer(b, "entities")


class _Table:
    """Tallies of the articles with one set of resamples for all scores."""

    def __init__(self, tallies: Sequence[Mapping[Key, Counts]], seed: int, resamples: int) -> None:
        self.tallies, self.total = tallies, add_tallies(tallies)
        self.resampler = Resampler(len(tallies), seed=seed, resamples=resamples)

    def labels(self, kind: str) -> list[str]:
        return sorted(label for name, label in self.total if name == kind)

    def score(self, keys: Sequence[Key], score: Callable[[Array], Array]) -> Interval:
        return self.resampler.interval(count_array(self.tallies, keys), Statistic(tuple(keys), score))

    def agreed(self, key: Key, scores: dict[str, Interval]) -> LabelAgreement:
        counts = self.total[key]
        a, b = int(counts.tp + counts.fn), int(counts.tp + counts.fp)
        return LabelAgreement(key[1], a, b, int(counts.tp + counts.fp + counts.fn), scores)


_Part = tuple[dict[str, Interval], tuple[LabelAgreement, ...], tuple[LabelAgreement, ...]]


def _measure_part(articles: Sequence[Sequence[ClausePair]], seed: int, resamples: int) -> _Part:
    if not articles:
        return {}, (), ()
    used = sorted({category for pairs in articles for pair in pairs for category in pair.gold | pair.predicted})
    table = _Table([_tally(pairs, used) for pairs in articles], seed, resamples)
    keys = [("category", category) for category in used]
    rows = tuple(
        table.agreed(key, {"kappa": table.score([key], sums.pooled_kappa), "f1": table.score([key], sums.micro_f1)})
        for key in keys
    )
    frequent = [("category", row.label) for row in rows if row.either >= FREQUENT]
    overall = {
        "kappa": table.score(keys, sums.pooled_kappa),
        "f1": table.score(keys, sums.micro_f1),
        "macro_kappa": table.score(frequent, sums.macro_kappa),
        "rest_kappa": table.score([key for key in keys if key not in frequent], sums.pooled_kappa),
        "labelled_kappa": table.score([("any", "")], sums.pooled_kappa),
        "labelled_f1": table.score([("any", "")], sums.micro_f1),
    }
    return overall, rows, tuple(_attribute(table, name) for name in VALUES)


def _tally(pairs: Sequence[ClausePair], categories: Sequence[str]) -> dict[Key, Counts]:
    tallies: list[dict[Key, Counts]] = []
    for pair in pairs:
        tallies.append({("any", ""): decision(bool(pair.gold), bool(pair.predicted))})
        tallies.append({("category", c): decision(c in pair.gold, c in pair.predicted) for c in categories})
        for category in pair.gold.keys() & pair.predicted.keys():
            a, b = pair.gold[category], pair.predicted[category]
            tallies += [{(name, f"{getattr(a, name)} {getattr(b, name)}"): Counts(tp=1)} for name in VALUES]
    return add_tallies(tallies)


def _attribute(table: _Table, name: str) -> LabelAgreement:
    keys = [(name, f"{one} {other}") for one in VALUES[name] for other in VALUES[name]]
    n = int(sum((table.total.get(key, Counts()).tp for key in keys), 0))
    scores = {"accuracy": table.score(keys, sums.square_accuracy), "kappa": table.score(keys, sums.square_kappa)}
    return LabelAgreement(name, n, n, n, scores)


def _entity_part(
    tallies: Sequence[Mapping[Key, Counts]], seed: int, resamples: int
) -> tuple[dict[str, Interval], tuple[LabelAgreement, ...]]:
    if not tallies:
        return {}, ()
    table = _Table(tallies, seed, resamples)
    schemes = {"exact": "strict", "overlap": "overlap"}
    labels = table.labels("strict")
    overall = {name: table.score([(kind, label) for label in labels], sums.micro_f1) for name, kind in schemes.items()}
    overall["position"] = table.score([("exact", "")], sums.micro_f1)
    rows = tuple(
        table.agreed(
            ("strict", label),
            {name: table.score([(kind, label)], sums.micro_f1) for name, kind in schemes.items()},
        )
        for label in labels
    )
    return overall, rows


def _plain(item: object) -> object:
    if isinstance(item, Interval):
        return {name: None if math.isnan(value) else value for name, value in item._asdict().items()}
    if isinstance(item, dict):
        return {key: _plain(value) for key, value in item.items()}
    return [_plain(value) for value in item] if isinstance(item, list | tuple) else item
