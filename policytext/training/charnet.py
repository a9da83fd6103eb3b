"""Training of the character network (see `policytext.tagging.network`) with PyTorch."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict
from typing import Any

import numpy as np

from policytext.errors import MissingExtraError
from policytext.tagging.entity_tags import tag_names
from policytext.tagging.features import BUCKETS, FLAGS, Features, character_count
from policytext.tagging.network import CharacterNetwork, shapes
from policytext.taxonomy import load_taxonomy
from policytext.training.examples import UNKNOWN, Example, join
from policytext.training.recipes import Recipe

try:
    import torch
    from torch import Tensor, nn
    from torch.nn import functional
except ImportError as error:
    raise MissingExtraError("neural", "training the character network") from error

_INNER_LABELS = ("ADMIN", "ORG")
_TABLES = {"char": character_count(), "bigram": BUCKETS, "trigram": BUCKETS, "flag": FLAGS}
# Unknown characters between two documents of a batch: more than the convolutions reach.
_GAP = 16
# A category is on in one clause of a hundred; starting there, training is spent on telling clauses apart.
_RARE = -4.5


def network_config(recipe: Recipe) -> dict[str, Any]:
    """Return the config of the network that a recipe trains."""
    taxonomy = load_taxonomy()
    return asdict(recipe) | {
        "categories": list(taxonomy.category_ids),
        "outer_tags": tag_names(taxonomy.entity_labels),
        "inner_tags": tag_names(_INNER_LABELS),
        "taxonomy": taxonomy.version,
    }


class CharNet(nn.Module):
    """The same function as CharacterNetwork, with gradients and dropout."""

    def __init__(self, recipe: Recipe) -> None:
        super().__init__()
        self.recipe = recipe
        self.names = {name: name.replace(".", "_") for name in shapes(network_config(recipe), _TABLES)}
        for name, shape in shapes(network_config(recipe), _TABLES).items():
            self.register_parameter(self.names[name], nn.Parameter(_initial(name, shape)))

    def get(self, name: str) -> Tensor:
        """Return the weight of that name."""
        weight: Tensor = getattr(self, self.names[name])
        return weight

    def linear(self, rows: Tensor, layer: str) -> Tensor:
        """Return rows @ weight + bias."""
        return rows @ self.get(f"{layer}.weight") + self.get(f"{layer}.bias")

    def drop(self, rows: Tensor) -> Tensor:
        """Return rows with dropout while training."""
        return functional.dropout(rows, self.recipe.dropout, self.training)

    def convolve(self, rows: Tensor, layer: str, dilation: int) -> Tensor:
        """Return the convolution along the first axis, padded so that the length stays."""
        weight = self.get(f"{layer}.weight")
        reach = dilation * (len(weight) // 2)
        padded = functional.pad(rows, (0, 0, reach, reach))
        taps = [padded[tap * dilation : tap * dilation + len(rows)] @ weight[tap] for tap in range(len(weight))]
        total: Tensor = sum(taps[1:], taps[0]) + self.get(f"{layer}.bias")
        return total

    def characters(self, features: Features) -> Tensor:
        """Return (characters, width)."""
        arrays = (features.chars, features.bigrams, features.trigrams, features.flags)
        tables = zip(("char", "bigram", "trigram", "flag"), arrays, strict=True)
        parts = [functional.embedding(torch.from_numpy(ids), self.get(table)) for table, ids in tables]
        rows = self.drop(sum(parts[1:], parts[0]))
        for number, dilation in enumerate(self.recipe.dilations):
            rows = rows + functional.relu(self.convolve(rows, f"conv{number}", dilation))
        return rows

    def clauses(self, characters: Tensor, features: Features, rows: Sequence[np.ndarray[Any, Any]]) -> Tensor:
        """Return (clauses, 2 * hidden); `rows` are the clause rows of each document of the batch."""
        place = torch.from_numpy(features.clauses)
        own = functional.relu(self.linear(self.drop(torch.cat([*_pool(characters, features), place], 1)), "clause"))
        dropped = self.drop(own)
        near = torch.cat([functional.relu(self.convolve(dropped[r[0] : r[-1] + 1], "context", 1)) for r in rows])
        near = near + _mean_by(own, features.sentences) @ self.get("sentence.weight")
        documents = np.repeat(np.arange(len(rows)), [len(r) for r in rows])
        near = near + self.linear(_mean_by(own, documents), "document")
        return self.drop(torch.cat([own, functional.relu(near)], 1))

    def exported(self, config: dict[str, Any]) -> CharacterNetwork:
        """Return the numpy network with these weights."""
        weights = {name: self.get(name).detach().numpy().copy() for name in self.names}
        return CharacterNetwork(config, weights)


def _initial(name: str, shape: tuple[int, ...]) -> Tensor:
    if name.endswith(".bias"):
        return torch.full(shape, _RARE if name == "category.bias" else 0.0)
    if "." not in name:
        return torch.randn(shape) * 0.1
    fan_in = int(np.prod(shape[:-1]))
    return torch.randn(shape) * (1.0 / fan_in) ** 0.5


def _pool(characters: Tensor, features: Features) -> tuple[Tensor, Tensor]:
    lengths = features.ends - features.starts
    owner = torch.from_numpy(np.repeat(np.arange(len(lengths)), lengths))
    inside = np.repeat(features.starts - np.cumsum([0, *lengths[:-1]]), lengths) + np.arange(lengths.sum())
    members = characters[torch.from_numpy(inside)]
    index = owner[:, None].expand_as(members)
    blank = torch.zeros(len(lengths), characters.shape[1])
    mean = blank.scatter_add(0, index, members) / torch.from_numpy(lengths)[:, None]
    return mean, blank.scatter_reduce(0, index, members, "amax", include_self=False)


def _mean_by(rows: Tensor, groups: np.ndarray[Any, Any]) -> Tensor:
    _, index, counts = np.unique(groups, return_inverse=True, return_counts=True)
    sums = torch.zeros(len(counts), rows.shape[1]).index_add(0, torch.from_numpy(index), rows)
    return (sums / torch.from_numpy(counts)[:, None].float())[torch.from_numpy(index)]


def _loss(net: CharNet, batch: Sequence[Example]) -> Tensor:
    features, rows = join(batch, _GAP)
    characters = net.characters(features)
    clauses = net.clauses(characters, features, rows)
    target = torch.from_numpy(np.concatenate([example.categories for example in batch]))
    loss = functional.binary_cross_entropy_with_logits(net.linear(clauses, "category"), target, reduction="sum")
    loss = loss / len(target)
    attributes = torch.from_numpy(np.concatenate([example.attributes for example in batch]))
    if (attributes >= 0).any():
        scores = net.linear(clauses, "attribute").reshape(-1, 3)
        weight = net.recipe.attribute_weight * 3
        loss = loss + weight * functional.cross_entropy(scores, attributes.reshape(-1), ignore_index=UNKNOWN)
    return loss + net.recipe.entity_weight * _entity_loss(net, characters, batch)


def _entity_loss(net: CharNet, characters: Tensor, batch: Sequence[Example]) -> Tensor:
    if all(example.outer is None for example in batch):
        return torch.zeros(())
    total = torch.zeros(())
    for layer, name in (("outer", "outer"), ("inner", "inner")):
        tags = np.concatenate([_padded(getattr(example, name), example.size) for example in batch])
        scores = net.linear(net.drop(characters), layer)
        total = total + functional.cross_entropy(scores, torch.from_numpy(tags), ignore_index=UNKNOWN)
    return total


def _padded(tags: np.ndarray[Any, Any] | None, size: int) -> np.ndarray[Any, Any]:
    known = np.full(size, UNKNOWN) if tags is None else tags
    return np.concatenate([known, np.full(_GAP, UNKNOWN)])


def _batches(examples: list[Example], characters: int, rng: random.Random) -> Iterator[list[Example]]:
    batch: list[Example] = []
    size = 0
    for example in rng.sample(examples, len(examples)):
        if batch and size + example.size > characters:
            yield batch
            batch, size = [], 0
        batch.append(example)
        size += example.size
    yield batch


def train_network(
    examples: Sequence[Example], recipe: Recipe, progress: Callable[[int, float, CharNet], None] = lambda *_: None
) -> CharacterNetwork:
    """Return the network trained on the examples; the same recipe and examples give the same weights.

    `progress` is called after each epoch with its number, its mean loss and the network so far.
    """
    torch.manual_seed(recipe.seed)
    rng = random.Random(recipe.seed)
    usable = [example for example in examples if len(example.features.starts)]
    net = CharNet(recipe)
    optimizer = torch.optim.AdamW(net.parameters(), lr=recipe.learning_rate, weight_decay=recipe.weight_decay)
    steps = recipe.epochs * (sum(example.size for example in usable) // recipe.batch_characters + 1)
    schedule = torch.optim.lr_scheduler.LambdaLR(optimizer, lambda step: _rate(step / steps))
    for epoch in range(recipe.epochs):
        net.train()
        losses = []
        for batch in _batches(usable, recipe.batch_characters, rng):
            loss = _loss(net, batch)
            optimizer.zero_grad()
            loss.backward()  # type: ignore[no-untyped-call]
            nn.utils.clip_grad_norm_(net.parameters(), 2.0)
            optimizer.step()
            schedule.step()
            losses.append(float(loss.detach()))
        net.eval()
        progress(epoch, float(np.mean(losses)), net)
    return net.exported(network_config(recipe))


def _rate(share: float) -> float:
    """Return the learning rate's factor when `share` of the steps are done: up over 5 %, then down to 2 %."""
    return min(1.0, share / 0.05 + 0.01) * max(0.02, 1 - share)
