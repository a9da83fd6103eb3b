"""Write corpus/composed.jsonl from writers' files NAME<n>.txt; documents that stand there already keep their split."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

from policytext.corpus.composed import assign_splits, read_composed
from policytext.corpus.files import COMPOSED, read_lines, write_lines
from policytext.errors import PolicytextError

ROOT = Path(__file__).parents[1]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("files", nargs="+", type=Path, help="the writer's number is what follows the first letter")
    parser.add_argument("--root", type=Path, default=ROOT)
    given = parser.parse_args()
    target = given.root / COMPOSED
    kept = [json.loads(line) for _, line in read_lines(target)] if target.exists() else []
    articles = [
        article
        for path in sorted(given.files)
        for article in read_composed(path.read_text("utf-8"), path.stem[1:], str(path))
    ]
    placed = assign_splits(articles, {row["id"]: row["source"]["split"] for row in kept})
    write_lines(target, (json.dumps(article.model_dump(exclude_none=True), ensure_ascii=False) for article in placed))
    return 0


if __name__ == "__main__":
    try:
        sys.exit(main())
    except PolicytextError as error:
        sys.exit(str(error))
