"""An evaluation, or a comparison of two, as small tables."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from policytext.commands.agreement import show_interval
from policytext.commands.tables import Table
from policytext.evaluation.evaluate import Evaluation, entity_headline, measure_headline
from policytext.metrics.counts import Counts
from policytext.metrics.resampling import Comparison, Interval
from policytext.metrics.scores import FREQUENT, EntityScores, MeasureScores

HEADLINES = {
    "measures.micro_f1": "micro-F1, clause × category",
    "measures.macro_f1": "macro-F1, all categories in use",
    f"measures.macro_f1_at_least_{FREQUENT}": f"macro-F1, categories with ≥ {FREQUENT} positives",
    "measures.any_measure_f1": "F1, measure or none",
    "measures.exact_set": "exact set of categories, all clauses",
    "measures.polarity": "polarity, on matched labels",
    "measures.force": "force, on matched labels",
    "measures.realis": "realis, on matched labels",
    "entities.strict_f1": "entities, F1 of exact span and label",
    "entities.overlap_f1": "entities, F1 of overlap and label",
    "entities.ent_type_f1": "entities, F1 of label on paired spans",
}
_COUNTS = ("gold", "right", "wrong", "missed", "P", "R")


def evaluation_tables(found: Evaluation) -> list[Table]:
    """Return the headlines, the labels, calibration and the breakdowns; empty tables are left out."""
    tables = [_headlines(found)]
    if found.measures:
        tables += _measure_tables(found, found.measures)
    if found.entities:
        tables += _entity_tables(found, found.entities)
    return [table for table in tables if table.rows]


def comparison_table(found: Mapping[str, Comparison], first: str, second: str) -> Table:
    """Return the differences of the headlines, each with its interval and p."""
    rows = [
        (name, f"{c.difference:+.3f} [{c.low:+.3f}, {c.high:+.3f}]", f"{c.p_value:.4f}")
        for key, name in HEADLINES.items()
        if (c := found.get(key)) is not None
    ]
    return Table(f"{first} less {second}", ("", "difference [95 %]", "p"), rows)


def _headlines(found: Evaluation) -> Table:
    rows = [(name, show_interval(found.intervals[key])) for key, name in HEADLINES.items() if key in found.intervals]
    if found.calibration:
        rows.append(("expected calibration error of given labels", show_score(found.calibration.ece)))
    return Table("Scores", ("", "value [95 %]"), rows)


def _measure_tables(found: Evaluation, scores: MeasureScores) -> list[Table]:
    return [
        _labels("Categories", "measures.{}", scores.categories, found.intervals, "F1 [95 %]"),
        _labels(
            "Measure or none",
            "measures.any_measure_f1",
            {"any measure": scores.any_measure},
            found.intervals,
            "F1 [95 %]",
        ),
        *_breakdowns("Measures", found.measures_by, measure_headline),
        _reliability(found),
    ]


def _entity_tables(found: Evaluation, scores: EntityScores) -> list[Table]:
    overlap, types = scores.labels("overlap"), scores.labels("ent_type")
    exact = _labels("Entities", "entities.strict_{}_f1", scores.labels("strict"), found.intervals, "exact F1 [95 %]")
    rows = [(*row, show_score(overlap[row[0]].f1), show_score(types[row[0]].f1)) for row in exact.rows]
    every = scores.labels("value_all")
    values = [
        (
            label,
            f"{c.total:g}",
            show_interval(found.intervals[f"entities.value_{label}"]),
            show_score(every[label].accuracy),
        )
        for label, c in scores.labels("value").items()
    ]
    return [
        Table("Entities", (*exact.columns, "overlap F1", "type F1"), rows),
        Table("Values (linking, normalisation)", ("", "n", "right of found spans [95 %]", "right of all"), values),
        *_breakdowns("Entities", found.entities_by, entity_headline),
    ]


def _labels(title: str, key: str, labels: Mapping[str, Counts], intervals: Mapping[str, Interval], score: str) -> Table:
    """Return a row per label, by falling number of positives; `key` is its interval's name with {} for the label."""
    rows = [
        (name, *show_counts(counts), show_interval(intervals[key.format(name)]))
        for name, counts in sorted(labels.items(), key=lambda item: (-item[1].positives, item[0]))
    ]
    return Table(title, ("", *_COUNTS, score), rows)


def show_counts(counts: Counts) -> tuple[str, ...]:
    """Return positives, tp, fp, fn, precision and recall as cells."""
    whole = (f"{n:g}" for n in (counts.positives, counts.tp, counts.fp, counts.fn))
    return (*whole, show_score(counts.precision), show_score(counts.recall))


def show_score(score: float) -> str:
    """Return `.912`, or `1.000`."""
    return f"{score:.3f}".replace("0.", ".", 1) if score < 1 else f"{score:.3f}"


def _breakdowns(
    title: str, breakdowns: Mapping[str, Mapping[str, Any]], headline: Callable[[Any], dict[str, float]]
) -> Iterable[Table]:
    for name, groups in breakdowns.items():
        figures = {group: headline(scores) for group, scores in groups.items()}
        columns = next(iter(figures.values()), {})
        rows = [(group, *(_figure(key, value) for key, value in row.items())) for group, row in figures.items()]
        yield Table(f"{title} by {name}", ("", *(key.replace("_f1", " F1").replace("_", " ") for key in columns)), rows)


def _figure(key: str, value: float) -> str:
    return show_score(value) if key.endswith("_f1") else f"{value:,.0f}"


def _reliability(found: Evaluation) -> Table:
    bins = found.calibration.bins if found.calibration else ()
    rows = [(f"{b.low:.1f}–{b.high:.1f}", str(b.n), show_score(b.score), show_score(b.accuracy)) for b in bins if b.n]
    return Table("Reliability of given labels", ("score", "n", "mean score", "right"), rows)
