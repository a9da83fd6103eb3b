"""Load every configuration of the dataset from a folder, offline, and say how many rows each split has."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from datasets import load_dataset


def main(folder: str) -> None:
    with tempfile.TemporaryDirectory() as cache:
        for name in ("measures", "entities", "articles"):
            loaded = load_dataset(str(Path(folder).resolve()), name, cache_dir=cache)
            sizes = {split: len(rows) for split, rows in loaded.items()}
            if set(sizes) != {"train", "dev", "test"} or not all(sizes.values()):
                raise SystemExit(f"{name}: expected rows in train, dev and test, got {sizes}")
            print(name, sizes)


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else ".")
