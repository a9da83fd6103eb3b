"""Fit the systems on gold train, tune their thresholds on dev, and write one table of their scores on a split.

python scripts/compare_systems.py hydrated --split dev -o docs/systems-dev.md
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from policytext.commands.agreement import show_interval
from policytext.commands.tables import Table, markdown
from policytext.corpus.files import write_bytes
from policytext.corpus.gold import read_gold
from policytext.errors import PolicytextError
from policytext.evaluation.evaluate import Evaluation, compare_two, evaluate
from policytext.evaluation.predictions import predict, predict_pipeline
from policytext.records import Annotation
from policytext.training.systems import SYSTEMS, Classifier, make_system

COLUMNS = {
    "micro-F1": "micro_f1",
    "macro-F1": "macro_f1",
    "macro-F1, ≥ 10": "macro_f1_at_least_10",
    "measure or none": "any_measure_f1",
    "exact set": "exact_set",
    "polarity": "polarity",
    "force": "force",
    "realis": "realis",
}
Split = dict[str, list[Annotation]]


def read_splits(path: Path) -> Split:
    """Return the articles of each split."""
    splits: Split = {}
    for gold in read_gold(path):
        splits.setdefault(gold.split, []).append(gold.annotation)
    return splits


def score_systems(names: Sequence[str], splits: Split, split: str, seed: int) -> dict[str, tuple[Evaluation, float]]:
    """Return each system's scores on the split and the seconds its training took."""
    scores = {}
    for name in names:
        begin = time.perf_counter()
        classifier = Classifier.train(make_system(name, seed=seed), splits["train"], splits["dev"])
        seconds = time.perf_counter() - begin
        scores[name] = (evaluate(splits[split], predict(classifier, splits[split]), model=name, seed=seed), seconds)
        print(f"{name}: micro-F1 {scores[name][0].figures['measures.micro_f1']:.3f}, {seconds:.0f} s", file=sys.stderr)
    return scores


def cells(found: Evaluation) -> list[str]:
    """Return the scores of one system as a row; a dash where a score is undefined."""
    intervals = (found.intervals.get(f"measures.{key}") for key in COLUMNS.values())
    return [show_interval(interval) if interval else "–" for interval in intervals]


def tables(scores: dict[str, tuple[Evaluation, float]]) -> list[Table]:
    """Return the scores with their intervals, and the significance of each system's distance from the best."""
    found = {name: evaluation for name, (evaluation, _) in scores.items()}
    rows = [(name, *cells(e), f"{scores[name][1]:.0f}") for name, e in found.items()]
    best = max(found, key=lambda name: found[name].figures["measures.micro_f1"])
    away = [
        (name, f"{c.difference:+.3f} [{c.low:+.3f}, {c.high:+.3f}]", f"{c.p_value:.3f}")
        for name, e in found.items()
        if name != best and (c := compare_two(found[best], e)["measures.micro_f1"])
    ]
    return [
        Table("Systems", ("system", *COLUMNS, "training, s"), rows),
        Table(f"{best} less the others, micro-F1", ("system", "difference [95 %]", "p"), away),
    ]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("gold", type=Path, help="hydrated gold: a checkout or a folder of *.jsonl")
    parser.add_argument("--systems", nargs="+", default=[name for name in SYSTEMS if name != "transformer"])
    parser.add_argument("--models", nargs="*", default=[], help="pipelines that are trained already: default, accurate")
    parser.add_argument("--split", default="dev")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("-o", "--output", type=Path, required=True)
    options = parser.parse_args()
    splits = read_splits(options.gold)
    if missing := {"train", "dev", options.split} - splits.keys():
        raise PolicytextError(f"no articles of {', '.join(sorted(missing))}", "hydrate the gold", str(options.gold))
    scores = score_systems(options.systems, splits, options.split, options.seed)
    for model in options.models:
        found = predict_pipeline(model, splits[options.split])
        scores[model] = (evaluate(splits[options.split], found.annotations, model=model, seed=options.seed), 0.0)
    recipe = next(iter(scores.values()))[0].recipe
    title = f"# Systems compared on {options.split}"
    made = "Trained on train, thresholds tuned on dev, by `scripts/compare_systems.py`."
    data = f"Data {recipe.data} · policytext {recipe.version}"
    drawn = f"95 % document bootstrap, {recipe.resamples} resamples, seed {recipe.seed}"
    page = "\n\n".join([title, made, *map(markdown, tables(scores)), f"{data} · {drawn}"])
    write_bytes(options.output, f"{page}\n".encode())
    print(options.output)


if __name__ == "__main__":
    try:
        main()
    except PolicytextError as error:
        sys.exit(str(error))
