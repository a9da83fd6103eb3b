"""Where a clause stands: what its sentence is, its place in sentence, notice and document."""

from __future__ import annotations

from typing import get_args

import numpy as np
import numpy.typing as npt

from policytext.records import SentenceKind
from policytext.text.layout import Layout

SENTENCE_KINDS: tuple[str, ...] = get_args(SentenceKind)
PLACE_FEATURES = len(SENTENCE_KINDS) + 8
FloatArray = npt.NDArray[np.float32]


def place_features(layout: Layout) -> FloatArray:
    """Return (clauses, PLACE_FEATURES): the sentence's kind, and where in sentence, notice and document a clause is."""
    clauses, kinds = layout.clauses, layout.sentence_kinds
    count = len(clauses)
    features = np.zeros((count, PLACE_FEATURES), np.float32)
    notices = [notice[:2] for notice in layout.notices]
    base = len(SENTENCE_KINDS)
    for number, (start, end, sentence) in enumerate(clauses):
        row = features[number]
        row[SENTENCE_KINDS.index(kinds[sentence])] = 1
        row[base] = number == 0 or clauses[number - 1].sentence != sentence
        row[base + 1] = number + 1 == count or clauses[number + 1].sentence != sentence
        row[base + 2] = any(first <= start < last for first, last in notices)
        row[base + 3] = min(1.0, (end - start) / 30)
        row[base + 4] = number < 3
        row[base + 5] = number / count
        row[base + 6] = min(1.0, count / 60)
        row[base + 7] = layout.view[end : end + 1] in {"。", ";"}
    return features
