"""The entity tagger: what the network's tags spell, with the codebook's rules on edges and nesting."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Self

from policytext.tagging.areas import find_areas
from policytext.tagging.entity_network import EntityNetwork, load_entity_network
from policytext.tagging.entity_tags import CONTAINERS, Found, decode
from policytext.text.layout import Layout

# What never stands at an entity's edge.
_EDGE = " \t\n\r\f\v,。!?;:、.·\"'“”‘’《》〈〉「」『』…—-"
_BREAK = re.compile(r"[\n\r。!?;]")
_PAIRS = (("(", ")"), ("[", "]"), ("〔", "〕"), ("【", "】"))


def _trim(view: str, start: int, end: int) -> tuple[int, int]:
    """Return the span without marks at its edges; half a pair of brackets belongs to the text around it."""
    for opening, closing in _PAIRS:
        quote = view[start:end]
        end -= quote.endswith(closing) and opening not in quote
        start += quote.startswith(opening) and closing not in quote
    quote = view[start:end]
    start += len(quote) - len(quote.lstrip(_EDGE))
    return start, start + len(quote.strip(_EDGE))


class EntityTagger:
    """Finds entities with the network of a model folder."""

    def __init__(self, network: EntityNetwork) -> None:
        self.network = network

    @classmethod
    def load(cls, model: str) -> Self:
        """Return the tagger of a shipped model's name or of a model folder."""
        return cls(load_entity_network(model))

    def save(self, folder: Path) -> None:
        """Write the model folder."""
        self.network.save(folder)

    def tag(self, layout: Layout) -> list[Found]:
        """Return (start, end, label) of each entity in order, a container before what nests in it."""
        (outer_scores, inner_scores), config = self.network.predict(layout), self.network.config
        outer = _clean(layout.view, decode(outer_scores, config["outer_tags"]))
        inner = _clean(layout.view, decode(inner_scores, config["inner_tags"]))
        return sorted({*outer, *_nested(layout.view, outer, inner)}, key=lambda span: (span[0], -span[1], span[2]))


def _clean(view: str, spans: list[Found]) -> list[Found]:
    trimmed = [(*_trim(view, start, end), label) for start, end, label in spans]
    return [span for span in trimmed if span[0] < span[1] and not _BREAK.search(view, span[0], span[1])]


def _nested(view: str, outer: list[Found], inner: list[Found]) -> list[Found]:
    """Return the inner spans that lie in a container the guidelines allow, and the areas that open a body's name."""
    kept: list[Found] = []
    places = iter(sorted(inner))
    current = next(places, None)
    for start, end, label in outer:
        while current and current[0] < start:
            current = next(places, None)
        while current and current[1] <= end:
            if label in CONTAINERS.get(current[2], ()) and (current[0], current[1]) != (start, end):
                kept.append(current)
            current = next(places, None)
        if label == "ORG" and not any(span[0] == start for span in kept):
            areas = find_areas(view[start:end])[:1]
            kept += [(start, start + last, "ADMIN") for first, last in areas if not first and last < end - start]
    return kept
