"""Score a system trained on 1/8, 1/4, 1/2 and all of the train documents: what more data would give.

python scripts/learning_curve.py hydrated --systems linear-char network -o docs/learning-curve.md
"""

from __future__ import annotations

import argparse
import random
import sys
from collections.abc import Sequence
from pathlib import Path

from compare_systems import read_splits

from policytext.commands.agreement import show_interval
from policytext.commands.tables import Table, markdown
from policytext.corpus.files import write_bytes
from policytext.errors import PolicytextError
from policytext.evaluation.evaluate import evaluate
from policytext.evaluation.predictions import predict
from policytext.records import Annotation
from policytext.training.systems import Classifier, make_system

SHARES = (1 / 8, 1 / 4, 1 / 2, 1.0)


def nested_samples(train: Sequence[Annotation], seed: int) -> list[list[Annotation]]:
    """Return a growing part of the documents for each share; each part holds the one before it."""
    order = random.Random(seed).sample(list(train), len(train))
    return [order[: max(1, round(share * len(order)))] for share in SHARES]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("gold", type=Path, help="hydrated gold: a checkout or a folder of *.jsonl")
    parser.add_argument("--systems", nargs="+", default=["linear-char"])
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("-o", "--output", type=Path, required=True)
    options = parser.parse_args()
    splits = read_splits(options.gold)
    rows = []
    for name in options.systems:
        for sample in nested_samples(splits["train"], options.seed):
            classifier = Classifier.train(make_system(name, seed=options.seed), sample, splits["dev"])
            found = evaluate(splits["dev"], predict(classifier, splits["dev"]), model=name, seed=options.seed)
            clauses = sum(len(annotation.clauses) for annotation in sample)
            scores = (found.intervals[f"measures.{key}"] for key in ("micro_f1", "macro_f1", "any_measure_f1"))
            rows.append((name, f"{len(sample):,}", f"{clauses:,}", *map(show_interval, scores)))
            print(" ".join(rows[-1]), file=sys.stderr)
    columns = ("system", "documents", "clauses", "micro-F1", "macro-F1", "measure or none")
    made = "Trained on parts of train, thresholds tuned and scores taken on dev, by `scripts/learning_curve.py`."
    recipe = f"Data of dev {found.recipe.data} · policytext {found.recipe.version} · seed {options.seed}"
    page = "\n\n".join(["# Learning curve", made, markdown(Table("Scores on dev", columns, rows)), recipe])
    write_bytes(options.output, f"{page}\n".encode())


if __name__ == "__main__":
    try:
        main()
    except PolicytextError as error:
        sys.exit(str(error))
