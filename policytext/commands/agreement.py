"""`policytext agreement`: how far two passes agree."""

from __future__ import annotations

import json
import math
from collections.abc import Sequence
from pathlib import Path
from typing import Literal

from policytext.commands.tables import Table, markdown, terminal
from policytext.formats.jsonl import read_annotations
from policytext.formats.texts import with_texts
from policytext.metrics.agreement import FREQUENT, Agreement, LabelAgreement, agreement
from policytext.metrics.pairing import name_ids
from policytext.metrics.resampling import Interval

_OVERALL = {
    "kappa": "κ, clause × category",
    "f1": "F1, clause × category",
    "macro_kappa": f"macro-κ, categories on {FREQUENT} clauses or more",
    "rest_kappa": "pooled κ of the other categories",
    "labelled_kappa": "κ, measure or none",
    "labelled_f1": "F1, measure or none",
}
_ENTITIES = {"exact": "F1, exact span and label", "overlap": "F1, overlap and label", "position": "F1, exact span"}


def run_agreement(
    pass_a: Path,
    pass_b: Path,
    *,
    text: Path | None = None,
    format: Literal["table", "json", "markdown"] = "table",  # noqa: A002
    seed: int = 0,
    resamples: int = 1000,
) -> str:
    """Return the agreement of two passes as tables, Markdown or JSON; `text` verifies offsets by texts of its rows."""
    a, b = (with_texts(list(read_annotations(path)), text) for path in (pass_a, pass_b))
    recipe = f"{pass_a.name} and {pass_b.name} · 95 % document bootstrap, {resamples} resamples, seed {seed}"
    found = agreement(a, b, seed=seed, resamples=resamples, recipe=recipe)
    if format == "json":
        return json.dumps(found.to_dict(), ensure_ascii=False, indent=1)
    show = markdown if format == "markdown" else terminal
    return "\n\n".join([*map(show, _tables(found)), *_notes(found)])


def _tables(found: Agreement) -> list[Table]:
    tables = [
        _summary("Measures", _OVERALL, found.overall),
        _per_label("Categories", found.categories, ("kappa", "f1")),
        _per_label("Attributes, where both give the category", found.attributes, ("accuracy", "kappa")),
        _summary(f"Entities, {found.entity_documents:,} documents", _ENTITIES, found.entity_overall),
        _per_label("Entity labels", found.entities, ("exact", "overlap")),
    ]
    return [table for table in tables if table.rows]


def _summary(title: str, names: dict[str, str], scores: dict[str, Interval]) -> Table:
    rows = [(names[name], show_interval(interval)) for name, interval in scores.items()]
    return Table(title, ("", "value [95 %]"), rows)


def _per_label(title: str, rows: Sequence[LabelAgreement], scores: tuple[str, str]) -> Table:
    cells = [(row.label, str(row.a), str(row.b), *(show_interval(row.scores[name]) for name in scores)) for row in rows]
    return Table(title, ("", "A", "B", *(name.replace("kappa", "κ").replace("f1", "F1") for name in scores)), cells)


def show_interval(interval: Interval) -> str:
    """Return `.912 [.88, .94]`, or a dash where the score is undefined."""
    value, low, high = (f"{number:.3f}".replace("0.", ".", 1) for number in interval)
    return "–" if math.isnan(interval.value) else f"{value} [{low}, {high}]"


def _notes(found: Agreement) -> list[str]:
    left_out = f"Left out because only one pass holds them: {name_ids(found.left_out)}" if found.left_out else ""
    return [note for note in (left_out, found.recipe_line) if note]
