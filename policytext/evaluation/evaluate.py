"""Every score of a prediction against gold, with intervals, calibration and breakdowns, under one recipe."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from policytext.errors import PolicytextError
from policytext.evaluation.recipe import Recipe, make_recipe
from policytext.metrics.breakdown import score_entities_by, score_measures_by, section_kind, sentence_kind
from policytext.metrics.calibration import Calibration, calibrate_measures
from policytext.metrics.pairing import has_layer
from policytext.metrics.resampling import RESAMPLES, Comparison, Interval, compare, intervals
from policytext.metrics.scores import EntityScores, MeasureScores, Scores, score_entities, score_measures
from policytext.metrics.sums import Statistic, accuracy, entity_statistics, measure_statistics
from policytext.records import Annotation


def _source(*names: str) -> Callable[..., str]:
    """Return a key that groups by the first of these fields of the article's source that says anything."""
    return lambda annotation, *_: next(
        (str(annotation.source[n]) for n in names if annotation.source.get(n)), "unknown"
    )


ARTICLE_GROUPS = {
    "layer": _source("layer"),
    "script": _source("script"),
    "genre": _source("genre", "kind"),
    "period": _source("period"),
}
CLAUSE_GROUPS = ARTICLE_GROUPS | {"section kind": section_kind, "sentence kind": sentence_kind}


@dataclass(frozen=True)
class Evaluation:
    """The scores of one system; `measures` or `entities` is None where gold or the system has no such layer.

    `intervals` and the figures of the gate bear the names of `policytext.metrics.sums`, after "measures." or
    "entities."; `entities.value_DATE` is the share of right values on the gold spans that were found.
    """

    recipe: Recipe
    measures: MeasureScores | None
    entities: EntityScores | None
    intervals: dict[str, Interval]
    calibration: Calibration | None = None
    measures_by: dict[str, dict[str, MeasureScores]] = field(default_factory=dict)
    entities_by: dict[str, dict[str, EntityScores]] = field(default_factory=dict)

    @property
    def figures(self) -> dict[str, float]:
        """The scores that are defined, by name."""
        return {name: i.value for name, i in self.intervals.items() if not math.isnan(i.value)}

    def to_dict(self) -> dict[str, Any]:
        """Return everything for JSON; an interval is {value, low, high}, what is undefined is null."""
        return {
            "recipe": asdict(self.recipe),
            "measures": self.measures and self.measures.to_dict(),
            "entities": self.entities and self.entities.to_dict(),
            "intervals": {name: _plain(interval) for name, interval in self.intervals.items()},
            "calibration": self.calibration and {"ece": self.calibration.ece, **asdict(self.calibration)},
            "measures_by": _by_group(self.measures_by, measure_headline),
            "entities_by": _by_group(self.entities_by, entity_headline),
        }


def evaluate(
    gold: Sequence[Annotation],
    predicted: Sequence[Annotation],
    *,
    model: str,
    seed: int = 0,
    resamples: int = RESAMPLES,
) -> Evaluation:
    """Return the scores of `predicted` against `gold`; articles are paired by id, those not predicted count as empty.

    A layer is scored where gold annotates it (see `has_layer`) and the prediction does not say that it lacks it.
    Raises InvalidRecordError where the prediction has ids that gold lacks, PolicytextError where nothing can be scored.
    """
    recipe = make_recipe(gold, model, seed=seed, resamples=resamples)
    measured, tagged = (_scored(gold, predicted, layer) for layer in ("measures", "entities"))
    if not measured and not tagged:
        raise PolicytextError("gold and prediction share no layer", "score measures against measures")
    measures = score_measures(gold, predicted, recipe=str(recipe)) if measured else None
    entities = score_entities(gold, predicted, recipe=str(recipe)) if tagged else None
    return Evaluation(
        recipe,
        measures,
        entities,
        {
            f"{layer}.{name}": interval
            for layer, scores in (("measures", measures), ("entities", entities))
            if scores is not None
            for name, interval in intervals(scores, statistics(scores), seed=seed, resamples=resamples).items()
        },
        _calibrate(gold, predicted) if measured else None,
        {name: score_measures_by(key, gold, predicted) for name, key in CLAUSE_GROUPS.items()} if measured else {},
        {name: score_entities_by(key, gold, predicted) for name, key in ARTICLE_GROUPS.items()} if tagged else {},
    )


def compare_two(first: Evaluation, second: Evaluation) -> dict[str, Comparison]:
    """Return how much better the first system is, headline by headline, by the first one's seed and resamples.

    Raises PolicytextError where the two were scored on different data.
    """
    if first.recipe.data != second.recipe.data:
        raise PolicytextError("the two systems were scored on different data", "score both against one gold")
    found: dict[str, Comparison] = {}
    for layer in ("measures", "entities"):
        one, other = getattr(first, layer), getattr(second, layer)
        if one is not None and other is not None:
            for name, statistic in _shared_statistics(one, other).items():
                found[f"{layer}.{name}"] = compare(
                    one, other, statistic, seed=first.recipe.seed, resamples=first.recipe.resamples
                )
    return found


def statistics(scores: Scores) -> dict[str, Statistic]:
    """Return the scores that get an interval, as functions of summed counts."""
    if isinstance(scores, MeasureScores):
        return measure_statistics(scores)
    if isinstance(scores, EntityScores):
        values = {f"value_{label}": Statistic((("value", label),), accuracy) for label in scores.labels("value")}
        return entity_statistics(scores) | values
    raise TypeError(type(scores))


def _shared_statistics(one: Scores, other: Scores) -> dict[str, Statistic]:
    """Return the scores that both systems have, each over all labels that either uses."""
    first, second = statistics(one), statistics(other)
    return {
        name: Statistic(tuple(dict.fromkeys((*first[name].keys, *second[name].keys))), first[name].score)
        for name in first
        if name in second
    }


def _scored(gold: Sequence[Annotation], predicted: Sequence[Annotation], layer: str) -> bool:
    wanted = any(has_layer(annotation, layer) for annotation in gold)
    return wanted and (not predicted or any(has_layer(annotation, layer) for annotation in predicted))


def _calibrate(gold: Sequence[Annotation], predicted: Sequence[Annotation]) -> Calibration | None:
    scored = any(measure.score is not None for annotation in predicted for measure in annotation.measures)
    return calibrate_measures(gold, predicted) if scored else None


def measure_headline(scores: MeasureScores) -> dict[str, float]:
    """Return the figures that a breakdown shows of each group."""
    return {
        "documents": len(scores.articles),
        "clauses": scores.clauses,
        "positives": scores.micro("category").positives,
        "micro_f1": scores.micro_f1,
        "macro_f1": scores.macro_f1,
        "any_measure_f1": scores.any_measure.f1,
    }


def entity_headline(scores: EntityScores) -> dict[str, float]:
    """Return the figures that a breakdown shows of each group."""
    return {
        "documents": len(scores.articles),
        "positives": scores.micro("strict").positives,
        "strict_f1": scores.micro_f1,
        "overlap_f1": scores.overlap_f1,
    }


def _by_group(
    breakdowns: Mapping[str, Mapping[str, Any]], headline: Callable[[Any], dict[str, float]]
) -> dict[str, Any]:
    return {name: {group: headline(s) for group, s in groups.items()} for name, groups in breakdowns.items()}


def _plain(interval: Interval) -> dict[str, float | None]:
    return {name: None if math.isnan(value) else value for name, value in interval._asdict().items()}
