"""Tag every real text beside the checkout and hold what must hold: nothing lost, quotes in place, both scripts alike.

python scripts/check_realtext.py ../shared/realtext
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

import policytext
from policytext.records import Annotation, Article
from policytext.tagging.pipeline import tag_each
from policytext.text.view import aligned_view


def spans(annotation: Annotation) -> list[tuple[object, ...]]:
    """Return what two scripts of one text must share."""
    found: list[tuple[object, ...]] = [(e.start, e.end, e.label, str(e.value)) for e in annotation.entities]
    return found + [(m.start, m.end, m.category, m.polarity, m.force, m.realis) for m in annotation.measures]


def main() -> None:
    rows = [json.loads(line) for path in sorted(Path(sys.argv[1]).glob("*.jsonl")) for line in path.open("rb")]
    nlp = policytext.load()
    traditional = wrong = unlike = tagged = 0
    for row, annotation in zip(rows, tag_each(nlp, [Article(id=r["id"], text=r["text"]) for r in rows]), strict=True):
        if not isinstance(annotation, Annotation):
            raise SystemExit(f"{row['id']}: {annotation}")
        tagged += 1
        quoted = [*annotation.entities, *annotation.measures]
        wrong += sum(row["text"][span.start : span.end] != span.quote for span in quoted)
        view = aligned_view(row["text"])
        if row.get("script") == "Hant":
            traditional += 1
            (other,) = tag_each(nlp, [Article(id=row["id"], text=view)])
            unlike += not isinstance(other, Annotation) or spans(other) != spans(annotation)
    print(f"{tagged} of {len(rows)} documents tagged, {wrong} misquotes")
    print(f"{traditional} Traditional documents, {unlike} tagged unlike their Simplified view")
    if wrong or unlike:
        raise SystemExit(1)


if __name__ == "__main__":
    main()
