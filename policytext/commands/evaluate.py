"""`policytext evaluate`: a model, or any system's predictions, against gold."""

from __future__ import annotations

import json
import math
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Literal

from policytext.commands.scoreboard import comparison_table, evaluation_tables
from policytext.commands.tables import markdown, terminal
from policytext.evaluation.evaluate import Evaluation, compare_two, evaluate
from policytext.evaluation.predictions import Predictions, predict, predict_pipeline, read_predictions
from policytext.formats.jsonl import read_annotations
from policytext.metrics.pairing import name_ids
from policytext.metrics.resampling import RESAMPLES, Comparison
from policytext.records import Annotation

Form = Literal["table", "json", "markdown"]


def run_evaluate(
    model_or_predictions: str,
    gold: Path,
    *,
    predictions: bool = False,
    against: str | None = None,
    report: Path | None = None,
    fail_under: Path | None = None,
    form: Form = "table",
    seed: int = 0,
    resamples: int = RESAMPLES,
) -> tuple[str, int]:
    """Return the scores as tables, JSON or Markdown, and the exit code: 1 where a score fell below `fail_under`.

    The first argument is a model (default, accurate, a folder) or, with `predictions` or where it names a *.jsonl file,
    what a system wrote: one annotation a line. `against` is a second one, compared on the same articles. `report`
    writes the page of errors, which quotes the texts.
    """
    annotations = list(read_annotations(gold))
    first = predict_with(model_or_predictions, annotations, predictions=predictions, explain=report is not None)
    found = evaluate(annotations, first.annotations, model=first.model, seed=seed, resamples=resamples)
    second = _second(against, annotations, seed, resamples) if against else None
    if report is not None:
        _write_report(report, found, annotations, first.annotations)
    drops, notes = _gate(found, fail_under)
    compared = compare_two(found, second) if second else {}
    if form == "json":
        shown = _as_json(found, second, compared, drops)
    else:
        shown = "\n\n".join([*_tables(found, second, compared, form), *_notes(found), *notes, *drops])
    return shown, 1 if drops else 0


def predict_with(
    name: str, gold: Sequence[Annotation], *, predictions: bool = False, explain: bool = False
) -> Predictions:
    """Return what a model, a system's folder or a file of predictions says of the gold's articles."""
    path = Path(name)
    if predictions or (path.suffix == ".jsonl" and path.is_file()):
        return read_predictions(path)
    if (path / "system.json").is_file():
        from policytext.training.systems import load_classifier

        classifier = load_classifier(path)
        return Predictions(f"{path.name}:{classifier.system.id}", predict(classifier, gold))
    return predict_pipeline(name, gold, explain=explain)


def _second(against: str, gold: Sequence[Annotation], seed: int, resamples: int) -> Evaluation:
    other = predict_with(against, gold)
    return evaluate(gold, other.annotations, model=other.model, seed=seed, resamples=resamples)


def _write_report(path: Path, found: Evaluation, gold: Sequence[Annotation], predicted: Sequence[Annotation]) -> None:
    from policytext.corpus.files import write_bytes
    from policytext.evaluation.report import error_report

    write_bytes(path, error_report(found, gold, predicted).encode("utf-8", "surrogatepass"))


def _gate(found: Evaluation, path: Path | None) -> tuple[list[str], list[str]]:
    """Return what dropped below the baseline in `path`, and notes: other data, or that all held."""
    if path is None:
        return [], []
    from policytext.evaluation.gate import changed_data, find_drops, read_baseline

    baseline = read_baseline(path)
    drops = find_drops(found, baseline)
    held = [] if drops else [f"No score fell below {path.name}: {len(baseline.scores)} held."]
    return drops, [*filter(None, [changed_data(found, baseline)]), *held]


def _tables(found: Evaluation, second: Evaluation | None, compared: dict[str, Comparison], form: Form) -> list[str]:
    tables = evaluation_tables(found)
    if second:
        tables.append(comparison_table(compared, found.recipe.model, second.recipe.model))
    return [(markdown if form == "markdown" else terminal)(table) for table in tables]


def _notes(found: Evaluation) -> list[str]:
    scores = [s for s in (found.measures, found.entities) if s is not None]
    missing = sorted({key for s in scores for key in s.missing})
    notes = [f"{len(missing)} articles were not predicted and count as empty: {name_ids(missing)}"] if missing else []
    kinds = [kind for kind in ("measures", "entities") if getattr(found, kind) is not None]
    return [*notes, *(f"{kind}: {s.recipe_line}" for kind, s in zip(kinds, scores, strict=True))]


def _as_json(
    found: Evaluation, second: Evaluation | None, compared: dict[str, Comparison], drops: Sequence[str]
) -> str:
    everything: dict[str, Any] = found.to_dict()
    if second:
        everything["against"] = {
            "recipe": second.to_dict()["recipe"],
            "differences": {name: _defined(comparison._asdict()) for name, comparison in compared.items()},
        }
    everything["drops"] = list(drops)
    return json.dumps(everything, ensure_ascii=False, indent=1, allow_nan=False)


def _defined(figures: dict[str, float]) -> dict[str, float | None]:
    return {name: None if math.isnan(value) else value for name, value in figures.items()}
