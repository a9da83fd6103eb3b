"""The gate of continuous integration: no score may fall below its baseline by more than the tolerance."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from policytext.corpus.files import write_bytes
from policytext.errors import InvalidRecordError, UnreadableInputError
from policytext.evaluation.evaluate import Evaluation
from policytext.records import describe

# What a baseline keeps unless it is told otherwise: the headlines, no single label, whose scores jump with one clause.
HEADLINES = (
    "measures.micro_f1",
    "measures.macro_f1",
    "measures.macro_f1_at_least_10",
    "measures.any_measure_f1",
    "measures.exact_set",
    "measures.polarity",
    "measures.force",
    "measures.realis",
    "entities.strict_f1",
    "entities.overlap_f1",
)


class Baseline(BaseModel):
    """The scores to hold: by name, how far each may fall, and the data and model that they were taken from."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    data: str
    model: str
    version: str
    tolerance: float = Field(ge=0, lt=1)
    scores: dict[str, float] = Field(min_length=1)
    tolerances: dict[str, float] = Field(default_factory=dict)


def make_baseline(evaluation: Evaluation, tolerance: float, names: Iterable[str] = HEADLINES) -> Baseline:
    """Return the baseline that the evaluation sets, over those of `names` that it has."""
    figures, recipe = evaluation.figures, evaluation.recipe
    scores = {name: round(figures[name], 4) for name in names if name in figures}
    return Baseline(data=recipe.data, model=recipe.model, version=recipe.version, tolerance=tolerance, scores=scores)


def read_baseline(path: Path) -> Baseline:
    """Return the baseline in a JSON file; raise an error that names the file where it holds none."""
    try:
        return Baseline.model_validate_json(path.read_bytes())
    except OSError as error:
        raise UnreadableInputError(
            "no baseline to read", "write one: scripts/evaluate.py --baseline", str(path)
        ) from error
    except ValidationError as error:
        raise InvalidRecordError(describe(error), "write it anew: scripts/evaluate.py --baseline", str(path)) from error


def write_baseline(path: Path, baseline: Baseline) -> None:
    """Write the baseline as JSON, whole or not at all."""
    write_bytes(path, f"{baseline.model_dump_json(indent=1, exclude_defaults=True)}\n".encode())


def find_drops(evaluation: Evaluation, baseline: Baseline) -> list[str]:
    """Return one line for each score that fell by more than its tolerance, or that is there no more."""
    figures = evaluation.figures
    drops = []
    for name, wanted in baseline.scores.items():
        allowed = baseline.tolerances.get(name, baseline.tolerance)
        found = figures.get(name)
        if found is None:
            drops.append(f"{name} was {wanted:.4f} and is not scored any more")
        elif found < wanted - allowed:
            drops.append(
                f"{name} dropped from {wanted:.4f} to {found:.4f}, {wanted - found:.4f} (allowed: {allowed:g})"
            )
    return drops


def changed_data(evaluation: Evaluation, baseline: Baseline) -> str:
    """Return a line that says so where the baseline was taken from other data, else an empty string."""
    if evaluation.recipe.data == baseline.data:
        return ""
    return f"the baseline was taken from data {baseline.data}, these scores from {evaluation.recipe.data}: set it anew"
