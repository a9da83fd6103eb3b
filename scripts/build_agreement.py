"""Write annotations/agreement.json: how far the passes agree that cover the same documents; the card reads it."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

from policytext.corpus.files import AGREEMENT, write_bytes
from policytext.errors import PolicytextError
from policytext.formats.jsonl import read_annotations
from policytext.metrics.agreement import agreement
from policytext.metrics.resampling import RESAMPLES

ROOT = Path(__file__).parents[1]
PASSES = Path("annotations/passes")
SEED = 0
PAIRS = {
    "measures of dev and test": ("measures-a", "measures-b"),
    "measures of train, a random part": ("measures-train", "measures-train-second"),
    "entities of dev and test": ("entities-a", "entities-b"),
}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--root", type=Path, default=ROOT)
    root = parser.parse_args().root
    found = {}
    for title, names in PAIRS.items():
        for layer in ("real", "composed"):
            paths = [root / PASSES / name / f"{layer}.jsonl" for name in names]
            if all(path.exists() for path in paths):
                a, b = (list(read_annotations(path)) for path in paths)
                recipe = f"{names[0]} and {names[1]}, {layer} layer · 95 % document bootstrap, {RESAMPLES} resamples, seed {SEED}"  # noqa: E501
                found[f"{title} ({layer})"] = agreement(a, b, seed=SEED, recipe=recipe).to_dict()
    write_bytes(root / AGREEMENT, (json.dumps(found, ensure_ascii=False, indent=1) + "\n").encode())
    print("\n".join(f"{title}: {scores['recipe']}" for title, scores in found.items()))
    return 0


if __name__ == "__main__":
    try:
        sys.exit(main())
    except PolicytextError as error:
        sys.exit(str(error))
