"""`policytext adjudicate`: list what two passes differ in, and apply decisions."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from policytext.formats.jsonl import read_annotations, write_annotations
from policytext.formats.texts import with_texts
from policytext.metrics.adjudicate import apply_decisions, read_decisions
from policytext.metrics.disagreements import Disagreement, disagreements
from policytext.records import Annotation


def run_adjudicate(
    pass_a: Path,
    pass_b: Path,
    *,
    decisions: Path | None = None,
    output: Path | None = None,
    text: Path | None = None,
) -> str:
    """Without `output`, return the open disagreements, one JSON object a line; with it, write what was decided.

    Each line has its key, what A and B say, and, where the text is known (`text`), what stands there and its sentence:
    the reader fills in decision, who, why and rule. What is written has text and quotes only if the passes have.
    """
    passes = [list(read_annotations(path)) for path in (pass_a, pass_b)]
    a, b = (with_texts(side, text) for side in passes)
    made = read_decisions(decisions) if decisions else []
    if output is None:
        settled = {decision.key for decision in made}
        still_open = [item for item in disagreements(a, b) if item.key not in settled]
        return "\n".join(_lines(still_open, {row.id: row for row in (*b, *a) if row.text is not None}))
    rows = apply_decisions(a, b, made)
    shipped_bare = {row.id for row in passes[0] if row.text is None}
    write_annotations(output, (row.without_text() if row.id in shipped_bare else row for row in rows))
    return _report(output, rows, len({row.id for row in (*a, *b)}))


def _lines(items: Sequence[Disagreement], known: dict[str, Annotation]) -> list[str]:
    return [json.dumps(_task(item, known.get(item.id)), ensure_ascii=False) for item in items]


def _task(item: Disagreement, article: Annotation | None) -> dict[str, Any]:
    task = {"key": item.key, **asdict(item), "decision": None, "who": "", "why": "", "rule": None}
    if article is None or article.text is None:
        return task
    sentence = next((s for s in article.sentences if s.start <= item.start < s.end), item)
    return task | {
        "quote": article.text[item.start : item.end],
        "sentence": article.text[sentence.start : max(sentence.end, item.end)],
    }


def _report(output: Path, rows: Sequence[Annotation], articles: int) -> str:
    made = [decision for row in rows for decision in getattr(row, "adjudication", [])]
    who = Counter(decision["who"] for decision in made)
    shares = ", ".join(f"{name} {count}" for name, count in sorted(who.items()))
    report = f"{output}: articles {len(rows)}, decisions {len(made)}" + (f" ({shares})" if shares else "")
    alone = articles - len(rows)
    return report + (f", left out because only one pass holds them {alone}" if alone else "")
