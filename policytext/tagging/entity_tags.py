"""BIOES tags of characters, and spans of entities: one from the other."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise

import numpy as np
import numpy.typing as npt

# start, end (code points), label
Found = tuple[int, int, str]

# What each label may nest in (guidelines, section 5).
CONTAINERS = {"ADMIN": ("ORG", "DOC", "PLACE"), "ORG": ("DOC",)}


def tag_names(labels: Iterable[str]) -> list[str]:
    """Return the tags of some labels: O, then B, I, E and S of each."""
    return ["O", *(f"{place}-{label}" for label in labels for place in "BIES")]


def encode(spans: Iterable[Found], length: int, tags: Sequence[str]) -> npt.NDArray[np.int64]:
    """Return the tag number of each of `length` characters; the spans do not overlap."""
    number = {tag: index for index, tag in enumerate(tags)}
    encoded = np.zeros(length, np.int64)
    for start, end, label in spans:
        if end - start == 1:
            encoded[start] = number[f"S-{label}"]
            continue
        encoded[start:end] = number[f"I-{label}"]
        encoded[start], encoded[end - 1] = number[f"B-{label}"], number[f"E-{label}"]
    return encoded


def decode(scores: npt.NDArray[np.float32], tags: Sequence[str]) -> list[Found]:
    """Return the spans that the best tags spell, mended where they break the order B I E.

    A run of one label's tags is cut before each B or S and behind each E or S; what is left is a span, whatever its
    first tag is.
    """
    if not len(scores):
        return []
    best = scores.argmax(1)
    inside = np.flatnonzero(best)
    if not len(inside):
        return []
    label, place = (best - 1) // 4, (best - 1) % 4  # places: 0 B, 1 I, 2 E, 3 S
    before, here = inside[:-1], inside[1:]
    cut = (here != before + 1) | (label[here] != label[before]) | np.isin(place[here], (0, 3)) | (place[before] >= 2)
    edges = [0, *(np.flatnonzero(cut) + 1).tolist(), len(inside)]
    names = [tag[2:] for tag in tags[1::4]]
    return [(int(inside[a]), int(inside[b - 1]) + 1, names[label[inside[a]]]) for a, b in pairwise(edges)]
