"""Hashed character n-grams of stretches of a text, weighted and summed: the linear model's whole arithmetic.

A stretch (a clause, a sentence) is the n-grams in it. Its feature vector is their inverse document frequencies,
divided by the vector's length; a score is the product with a table of weights. Both sums run over positions, so a text
is scored with a handful of array operations and no vocabulary.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

IntArray = npt.NDArray[np.int64]
FloatArray = npt.NDArray[np.float32]

# Odd 64-bit multipliers, one per place in an n-gram (the fractional digits of the golden ratio, and those of splitmix64
# and its kin): neighbouring code points come to lie far apart.
_MULTIPLIERS = np.array(
    [
        0x9E3779B97F4A7C15, 0xBF58476D1CE4E5B9, 0x94D049BB133111EB, 0xD6E8FEB86659FD93, 0xA0761D6478BD642F,
    ],
    np.uint64,
)  # fmt: skip
# Every digit counts as the same character: which number it is says nothing about the measure.
_DIGITS = (0x30, 0x39)
# Stands before and behind each stretch, so that its first and last n-grams know where they are.
_EDGE = 0x2016


@dataclass(frozen=True)
class Field:
    """N-grams of some orders, hashed into 2**bits buckets."""

    name: str
    orders: tuple[int, ...]
    bits: int


def code_points(view: str) -> npt.NDArray[np.uint64]:
    """Return the code points of an aligned view, digits made equal."""
    points = np.frombuffer(view.encode("utf-32-le", "surrogatepass"), np.uint32).astype(np.uint64)
    points[(points >= _DIGITS[0]) & (points <= _DIGITS[1])] = _DIGITS[0]
    return points


def gather(points: npt.NDArray[np.uint64], starts: IntArray, ends: IntArray) -> tuple[npt.NDArray[np.uint64], IntArray]:
    """Return the characters of all stretches, an edge mark around each, and where each begins (at last: the end)."""
    lengths = ends - starts + 2
    begins = np.concatenate([[0], np.cumsum(lengths)])
    places = np.arange(begins[-1]) - np.repeat(begins[:-1] - starts + 1, lengths)
    joined = points[np.clip(places, 0, max(len(points) - 1, 0))] if len(points) else np.zeros(begins[-1], np.uint64)
    joined[begins[:-1]] = _EDGE
    joined[begins[1:] - 1] = _EDGE
    return joined, begins


def buckets(joined: npt.NDArray[np.uint64], begins: IntArray, field: Field) -> tuple[IntArray, IntArray]:
    """Return the buckets of all n-grams, stretch by stretch, and the stretch that each belongs to."""
    owner = np.repeat(np.arange(len(begins) - 1), np.diff(begins))
    left = begins[owner + 1] - np.arange(len(owner))  # characters from here to the stretch's end
    found, owners = [], []
    mixed = np.zeros(len(joined), np.uint64)
    for order in range(1, max(field.orders) + 1):
        shifted = np.zeros(len(joined), np.uint64)
        if len(joined) >= order:
            shifted[: len(joined) - order + 1] = joined[order - 1 :]
        mixed = mixed + shifted * _MULTIPLIERS[order - 1]
        if order in field.orders:
            inside = left >= order
            spread = (mixed ^ (mixed >> np.uint64(29))) * _MULTIPLIERS[-1]
            found.append((spread >> np.uint64(64 - field.bits)).astype(np.int64)[inside])
            owners.append(owner[inside])
    owners_all = np.concatenate(owners)
    order_of = np.argsort(owners_all, kind="stable")
    return np.concatenate(found)[order_of], owners_all[order_of]


def score(bucket: IntArray, owner: IntArray, count: int, weights: FloatArray, idf: FloatArray) -> FloatArray:
    """Return (stretches, columns): each stretch's normalised sum of its n-grams' weights (which hold the idf)."""
    totals = np.zeros((count, weights.shape[1]), np.float32)
    if not len(bucket):
        return totals
    opening = np.flatnonzero(np.diff(owner, prepend=-1))
    present = owner[opening]
    squares = np.add.reduceat(idf[bucket] ** 2, opening)
    totals[present] = np.add.reduceat(weights[bucket], opening) / np.sqrt(np.maximum(squares, 1e-9))[:, None]
    return totals


def as_sparse(bucket: IntArray, owner: IntArray, count: int, idf: FloatArray) -> Any:
    """Return the same feature vectors as a scipy CSR matrix (stretches, buckets), for training."""
    from scipy.sparse import csr_matrix

    values = idf[bucket]
    squares = np.bincount(owner, values**2, minlength=count)
    normed = values / np.sqrt(np.maximum(squares, 1e-9))[owner]
    return csr_matrix((normed.astype(np.float32), (owner, bucket)), shape=(count, len(idf)))
