"""What the linear systems read of a clause: itself, what stands around it, and its place in the document."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from policytext.text.layout import Layout

# Characters of a lead or heading that are read: its end names the speaker or what is ordered (…通告如下).
_LEAD = 30


class Context(NamedTuple):
    """The clause and its surroundings, in the aligned view; `place` is a few words that no text holds."""

    clause: str
    before: str
    after: str
    neighbours: str
    place: str


def clause_contexts(layouts: Sequence[Layout]) -> Iterator[Context]:
    """Yield the context of every clause, text by text.

    `before` and `after` are the rest of the sentence; `neighbours` the sentence before and the latest lead (a
    heading or a sentence that ends with a colon); `place` the kind of the sentence and where the clause stands in it.
    """
    for layout in layouts:
        view, sentences, kinds = layout.view, layout.sentences, layout.sentence_kinds
        leads = _leads(layout)
        for start, end, number in layout.clauses:
            first, last = sentences[number]
            previous = view[slice(*sentences[number - 1])] if number else ""
            place = [f"kind:{kinds[number]}", f"opens:{start == first}", f"closes:{last - end < 2}"]
            place += [f"notice:{any(n.start <= start < n.end for n in layout.notices)}", f"top:{number < 2}"]
            neighbours = f"{previous}\n{leads[number]}"
            yield Context(view[start:end], view[first:start], view[end:last], neighbours, " ".join(place))


def _leads(layout: Layout) -> list[str]:
    """Return for each sentence the end of the latest heading or sentence with a colon at its end before it."""
    leads, latest = [], ""
    for (start, end), kind in zip(layout.sentences, layout.sentence_kinds, strict=True):
        leads.append(latest)
        if kind == "heading" or layout.view[end - 1] == ":":
            latest = layout.view[max(start, end - _LEAD) : end]
    return leads
