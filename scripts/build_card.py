"""Write annotations/hf/*.jsonl, croissant.json and the README's card from the gold; --check only reports drift."""

from __future__ import annotations

import sys
from pathlib import Path

from policytext.corpus.card import publish, with_card
from policytext.corpus.croissant import croissant
from policytext.corpus.files import CROISSANT
from policytext.corpus.flat import stale_files

ROOT = Path(__file__).parents[1]


def main(root: Path, check: bool) -> int:
    readme = (root / "README.md").read_text("utf-8")
    if not check:
        publish(root, readme)
        return 0
    stale = [str(path) for path in stale_files(root)]
    stale += [str(CROISSANT)] * (
        not (root / CROISSANT).exists() or (root / CROISSANT).read_text("utf-8") != croissant(root)
    )
    stale += ["README.md"] * (with_card(readme, root) != readme)
    for path in stale:
        print(f"{path}: not what the data say; run scripts/build_card.py")
    return 1 if stale else 0


if __name__ == "__main__":
    sys.exit(main(ROOT, "--check" in sys.argv))
