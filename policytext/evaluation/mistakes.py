"""Where a prediction is wrong: confusions of categories and attributes, and the clauses, most confident first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from policytext.errors import InvalidRecordError
from policytext.metrics.measures import ATTRIBUTES, ClausePair, pair_clauses
from policytext.metrics.pairing import has_layer, pair_by_id
from policytext.records import Annotation, Measure
from policytext.text.layout import read_layout

# What stands opposite to a category that has no partner on the other side.
NONE = "none"


@dataclass(frozen=True)
class Mistake:
    """A clause on which the categories differ, between the parts of its sentence before and behind it."""

    article: str
    start: int
    end: int
    before: str
    clause: str
    after: str
    right: tuple[str, ...]
    missed: tuple[str, ...]
    wrong: tuple[Measure, ...]

    @property
    def confidence(self) -> float:
        """The highest score of a wrongly given category; 0 where nothing was given or the system gives no scores."""
        return max((measure.score or 0.0 for measure in self.wrong), default=0.0)


def judged_pairs(
    gold: Sequence[Annotation], predicted: Sequence[Annotation]
) -> Iterator[tuple[Annotation, ClausePair]]:
    """Yield the clauses of every article whose measures gold annotates, each with gold's article."""
    for a, b in pair_by_id(gold, predicted).pairs:
        for pair in pair_clauses(a, b) if has_layer(a, "measures") else ():
            yield a, pair


def confusions(gold: Sequence[Annotation], predicted: Sequence[Annotation]) -> Counter[tuple[str, str]]:
    """Return how often each (gold's category, predicted category) met on a clause; "none" where one has no partner.

    What both give is on the diagonal. Of the rest every missed category meets every wrongly given one.
    """
    found: Counter[tuple[str, str]] = Counter()
    for _, pair in judged_pairs(gold, predicted):
        wanted, given = pair.gold.keys(), pair.predicted.keys()
        found.update((category, category) for category in wanted & given)
        missed, wrong = sorted(wanted - given), sorted(given - wanted)
        if missed or wrong:
            found.update((one, other) for one in missed or [NONE] for other in wrong or [NONE])
    return found


def attribute_confusions(
    gold: Sequence[Annotation], predicted: Sequence[Annotation]
) -> dict[str, Counter[tuple[str, str]]]:
    """Return for each attribute how often each (gold's value, predicted value) met on a label that both give."""
    found: dict[str, Counter[tuple[str, str]]] = {name: Counter() for name in ATTRIBUTES}
    for _, pair in judged_pairs(gold, predicted):
        for category in pair.gold.keys() & pair.predicted.keys():
            for name in ATTRIBUTES:
                found[name][getattr(pair.gold[category], name), getattr(pair.predicted[category], name)] += 1
    return found


def find_mistakes(gold: Sequence[Annotation], predicted: Sequence[Annotation]) -> list[Mistake]:
    """Return the clauses whose categories differ, the most confident errors first, then in the order of the text.

    Raises InvalidRecordError where an article of gold has no text.
    """
    wrong = (
        _mistake(article, pair)
        for article, pair in judged_pairs(gold, predicted)
        if pair.gold.keys() != pair.predicted.keys()
    )
    return sorted(wrong, key=lambda mistake: -mistake.confidence)


def _mistake(article: Annotation, pair: ClausePair) -> Mistake:
    text = article.text
    if text is None:
        raise InvalidRecordError("there is no text to show", "run `policytext hydrate` first", article.id)
    start, end = _sentence(text, pair.start, pair.end)
    return Mistake(
        article.id,
        pair.start,
        pair.end,
        before=text[start : pair.start],
        clause=text[pair.start : pair.end],
        after=text[pair.end : end],
        right=tuple(sorted(pair.gold.keys() & pair.predicted.keys())),
        missed=tuple(sorted(pair.gold.keys() - pair.predicted.keys())),
        wrong=tuple(pair.predicted[category] for category in sorted(pair.predicted.keys() - pair.gold.keys())),
    )


def _sentence(text: str, start: int, end: int) -> tuple[int, int]:
    holding = (span for span in read_layout(text).sentences if span[0] <= start and end <= span[1])
    return next(holding, (start, end))
