"""Near-duplicate groups and the train, dev and test splits that keep them whole."""

from __future__ import annotations

import hashlib
import random
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence

from policytext.text.view import aligned_view

SPLITS = ("train", "dev", "test")

# Characters of a shingle, and the share of the shorter document's shingles that makes two documents near-duplicates.
# Found on the real layer: wire stories retold by several outlets share 45-100 %, unrelated ones under 20 %.
SHINGLE = 8
CONTAINMENT = 0.4


def shingles(text: str) -> set[str]:
    """Return the 8-character shingles of the letters and digits in the aligned view of `text`."""
    letters = "".join(char for char in aligned_view(text) if char.isalnum())
    return {letters[i : i + SHINGLE] for i in range(max(1, len(letters) - SHINGLE + 1))}


def near_duplicates(texts: Mapping[str, str]) -> list[tuple[str, str]]:
    """Return the pairs of ids whose shorter text has `CONTAINMENT` of its shingles in the other."""
    owned = {key: shingles(text) for key, text in texts.items()}
    holders: dict[str, list[str]] = defaultdict(list)
    for key, grams in owned.items():
        for gram in grams:
            holders[gram].append(key)
    shared: Counter[tuple[str, str]] = Counter()
    for keys in holders.values():
        shared.update((a, b) for i, a in enumerate(keys) for b in keys[i + 1 :])
    return [pair for pair, n in shared.items() if n >= CONTAINMENT * min(len(owned[pair[0]]), len(owned[pair[1]]))]


def duplicate_groups(texts: Mapping[str, str]) -> dict[str, str]:
    """Return for each id the id that names its group: the smallest one reachable over near-duplicate pairs."""
    parent = {key: key for key in texts}

    def root(key: str) -> str:
        while parent[key] != key:
            parent[key] = parent[parent[key]]
            key = parent[key]
        return key

    for a, b in near_duplicates(texts):
        first, second = sorted((root(a), root(b)))
        parent[second] = first
    return {key: root(key) for key in texts}


def draw_splits(
    strata: Mapping[str, tuple[str, ...]],
    groups: Mapping[str, str],
    sizes: Mapping[str, int],
    share: Mapping[str, float],
    seed: int,
) -> dict[str, str]:
    """Draw dev and test at random within strata, whole groups at a time; the rest is train.

    `sizes` are the documents' clauses, `share` the part of each stratum's clauses that "dev" and "test" get.
    A group belongs to the stratum of the document that names it.
    """
    members: dict[str, list[str]] = defaultdict(list)
    for key, group in groups.items():
        members[group].append(key)
    layers: dict[tuple[str, ...], list[str]] = defaultdict(list)
    for group in sorted(members):
        layers[strata[group]].append(group)
    drawn: dict[str, str] = {}
    for stratum in sorted(layers):
        # A draw that anybody can repeat; nothing is kept secret with it.
        drawn |= _draw_stratum(layers[stratum], members, sizes, share, random.Random(f"{seed} {stratum}"))
    return drawn


def _draw_stratum(
    layer: Sequence[str],
    members: Mapping[str, Sequence[str]],
    sizes: Mapping[str, int],
    share: Mapping[str, float],
    rng: random.Random,
) -> dict[str, str]:
    weight = {group: sum(sizes[key] for key in members[group]) for group in layer}
    wanted = {split: share[split] * sum(weight.values()) for split in ("dev", "test")}
    order = rng.sample(list(layer), len(layer))
    drawn: dict[str, str] = {}
    for group in order:
        # The split that lacks most takes the group if that brings it nearer to what it wants; otherwise train does.
        split = max(wanted, key=wanted.__getitem__)
        if wanted[split] < weight[group] / 2:
            split = "train"
        else:
            wanted[split] -= weight[group]
        drawn |= dict.fromkeys(members[group], split)
    return drawn


def split_of_new(group: str, known: Mapping[str, str], members: Iterable[str], share: Mapping[str, float]) -> str:
    """Return the split of a document added later: its group's if one member has one, else by the group id's hash."""
    for member in members:
        if member in known:
            return known[member]
    point = int(hashlib.sha256(group.encode()).hexdigest()[:8], 16) / 16**8
    return "dev" if point < share["dev"] else "test" if point < share["dev"] + share["test"] else "train"
