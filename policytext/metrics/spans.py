"""Which spans of one annotation lie on which of another; offsets are code points, end exclusive."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection, Iterator, Sequence

SpanKey = tuple[int, int]


def overlap_length(a: SpanKey, b: SpanKey) -> int:
    """Return how many characters the spans share."""
    return max(0, min(a[1], b[1]) - max(a[0], b[0]))


def overlapping_pairs(left: Sequence[SpanKey], right: Sequence[SpanKey]) -> Iterator[tuple[int, int, int]]:
    """Yield (index in left, index in right, shared characters) of every two spans that overlap; they may nest."""
    order = sorted(range(len(right)), key=lambda j: right[j])
    starts = [right[j][0] for j in order]
    longest = max((end - start for start, end in right), default=0)
    for i, span in enumerate(left):
        for j in order[bisect_left(starts, span[0] - longest + 1) : bisect_left(starts, span[1])]:
            if shared := overlap_length(span, right[j]):
                yield i, j, shared


def match_spans(spans: Collection[SpanKey], targets: Collection[SpanKey]) -> dict[SpanKey, SpanKey | None]:
    """Return for each span the target it stands for: itself, else the one it overlaps most, else None.

    An overlap counts if it is at least half of the shorter span; of equal ones the first in the text is taken.
    """
    wanted = sorted(targets)
    home: dict[SpanKey, SpanKey | None] = {span: span if span in targets else None for span in spans}
    moved = sorted(span for span, target in home.items() if target is None)
    best: dict[SpanKey, int] = {}
    for i, j, shared in overlapping_pairs(moved, wanted):
        span, target = moved[i], wanted[j]
        shorter = min(span[1] - span[0], target[1] - target[0])
        if 2 * shared >= shorter and shared > best.get(span, 0):
            home[span], best[span] = target, shared
    return home
