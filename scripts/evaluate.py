"""Score a model or a predictions file against gold: the same as `policytext evaluate`, and it can set the gate anew.

python scripts/evaluate.py default annotations/gold --baseline tests/baseline_scores.json --tolerance 0.005
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from policytext.commands.evaluate import predict_with, run_evaluate
from policytext.errors import PolicytextError
from policytext.evaluation.evaluate import evaluate
from policytext.evaluation.gate import make_baseline, write_baseline
from policytext.formats.jsonl import read_annotations

# Scores repeat to the digit on one machine; this leaves room for the rounding of another.
TOLERANCE = 0.01


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("model", help="default, accurate, a model folder, or a *.jsonl file of predictions")
    parser.add_argument("gold", type=Path)
    parser.add_argument("--against")
    parser.add_argument("--report", type=Path)
    parser.add_argument("--fail-under", type=Path)
    parser.add_argument("--form", choices=("table", "json", "markdown"), default="table")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--baseline", type=Path, help="write the scores there, for --fail-under")
    parser.add_argument("--tolerance", type=float, default=TOLERANCE)
    options = parser.parse_args()
    if options.baseline:
        return set_baseline(options)
    shown, status = run_evaluate(
        options.model,
        options.gold,
        against=options.against,
        report=options.report,
        fail_under=options.fail_under,
        form=options.form,
        seed=options.seed,
    )
    print(shown)
    return status


def set_baseline(options: argparse.Namespace) -> int:
    gold = list(read_annotations(options.gold))
    found = predict_with(options.model, gold)
    baseline = make_baseline(evaluate(gold, found.annotations, model=found.model), options.tolerance)
    write_baseline(options.baseline, baseline)
    print(f"{options.baseline}: {len(baseline.scores)} scores on data {baseline.data}")
    return 0


if __name__ == "__main__":
    try:
        sys.exit(main())
    except PolicytextError as error:
        sys.exit(str(error))
