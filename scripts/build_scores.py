"""Write the score table of the READMEs: the default model on the test splits, with document-bootstrap intervals.

python scripts/build_scores.py hydrated
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

from policytext.evaluation.evaluate import Evaluation, evaluate
from policytext.evaluation.predictions import predict_pipeline
from policytext.formats.jsonl import read_annotations

ROOT = Path(__file__).resolve().parents[1]
ROWS = {
    "measures.micro_f1": "measures: micro-F1 (clause x category)",
    "measures.macro_f1_at_least_10": "measures: macro-F1, categories with 10 or more positives",
    "measures.any_measure_f1": "measure or none: F1",
    "measures.exact_set": "exact set of labels per clause",
    "measures.polarity": "polarity, on matched labels",
    "measures.force": "force, on matched labels",
    "measures.realis": "realis, on matched labels",
    "entities.strict_f1": "entities: exact micro-F1",
    "entities.overlap_f1": "entities: overlap F1",
}


def score(path: Path) -> Evaluation:
    """Return the evaluation of the default model on one file of gold."""
    gold = list(read_annotations(path))
    found = predict_pipeline("default", gold)
    return evaluate(gold, found.annotations, model=found.model, seed=0, resamples=1000)


def table(columns: dict[str, Evaluation]) -> str:
    """Return the Markdown table, a column for each split."""
    lines = ["| | " + " | ".join(columns) + " |", "|---|" + "---|" * len(columns)]
    for key, name in ROWS.items():
        cells = [_cell(found, key) for found in columns.values()]
        lines.append(f"| {name} | " + " | ".join(cells) + " |")
    return "\n".join(lines)


def _cell(found: Evaluation, key: str) -> str:
    if key not in found.figures:
        return "-"
    interval = found.intervals.get(key)
    shown = f"{found.figures[key]:.3f}"
    return shown + (f" [{interval.low:.3f}, {interval.high:.3f}]" if interval else "")


def main() -> None:
    gold = Path(sys.argv[1]) / "annotations" / "gold"
    columns = {f"{layer} test": score(gold / f"{layer}-test.jsonl") for layer in ("real", "composed")}
    recipes = "\n".join(f"- {name}: `{found.recipe}`" for name, found in columns.items())
    block = f"<!-- scores:begin -->\n{table(columns)}\n\n{recipes}\n<!-- scores:end -->"
    for name in ("README.md", "README.zh.md"):
        path = ROOT / name
        text = re.sub(
            r"<!-- scores:begin -->.*?<!-- scores:end -->", lambda _: block, path.read_text("utf-8"), flags=re.S
        )
        path.write_text(text, "utf-8")
    print(block)


if __name__ == "__main__":
    main()
