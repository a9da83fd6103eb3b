"""Training of the entity network (see `policytext.tagging.entity_network`) with PyTorch."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import numpy as np

from policytext.errors import MissingExtraError
from policytext.tagging.entity_network import EntityNetwork, shapes
from policytext.tagging.entity_tags import tag_names
from policytext.tagging.features import BUCKETS, FLAGS, character_count
from policytext.taxonomy import load_taxonomy
from policytext.training.examples import UNKNOWN, Example
from policytext.training.recipes import Recipe

try:
    import torch
    from torch import Tensor, nn
    from torch.nn import functional
except ImportError as error:
    raise MissingExtraError("neural", "training the entity network") from error

_INNER_LABELS = ("ADMIN", "ORG")
_TABLES = {
    "char": character_count(),
    "bigram": BUCKETS,
    "trigram": BUCKETS,
    "flag": FLAGS,
    "word": FLAGS,
    "name": FLAGS,
}
# Unknown characters between two documents of a batch: more than the convolutions reach.
_GAP = 16


def network_config(recipe: Recipe) -> dict[str, Any]:
    """Return the config of the network that a recipe trains."""
    return {
        "width": recipe.width,
        "dilations": list(recipe.dilations),
        "outer_tags": tag_names(load_taxonomy().entity_labels),
        "inner_tags": tag_names(_INNER_LABELS),
    }


class TrainableNetwork(nn.Module):
    """The same function as EntityNetwork, with gradients and dropout."""

    def __init__(self, recipe: Recipe) -> None:
        super().__init__()
        self.recipe = recipe
        named = shapes(network_config(recipe), _TABLES)
        self.names = {name: name.replace(".", "_") for name in named}
        for name, shape in named.items():
            self.register_parameter(self.names[name], nn.Parameter(_initial(name, shape)))

    def get(self, name: str) -> Tensor:
        """Return the weight of that name."""
        weight: Tensor = getattr(self, self.names[name])
        return weight

    def drop(self, rows: Tensor) -> Tensor:
        """Return rows with dropout while training."""
        kept: Tensor = functional.dropout(rows, self.recipe.dropout, self.training)
        return kept

    def convolve(self, rows: Tensor, layer: str, dilation: int) -> Tensor:
        """Return the convolution along the first axis, padded so that the length stays."""
        weight = self.get(f"{layer}.weight")
        reach = dilation * (len(weight) // 2)
        padded = functional.pad(rows, (0, 0, reach, reach))
        taps = [padded[tap * dilation : tap * dilation + len(rows)] @ weight[tap] for tap in range(len(weight))]
        total: Tensor = sum(taps[1:], taps[0]) + self.get(f"{layer}.bias")
        return total

    def forward(self, batch: Sequence[Example]) -> tuple[Tensor, Tensor]:
        """Return the scores of outer and inner tags of the characters of all texts, gaps included."""
        blank = np.zeros(_GAP, np.int64)
        rows: Tensor | None = None
        for table in _TABLES:
            name = f"{table}s"
            ids = np.concatenate([part for e in batch for part in (getattr(e.features, name), blank)])
            found = functional.embedding(torch.from_numpy(ids), self.get(table))
            rows = found if rows is None else rows + found
        assert rows is not None  # noqa: S101  # the tables are not none
        rows = self.drop(rows)
        for number, dilation in enumerate(self.recipe.dilations):
            rows = rows + functional.relu(self.convolve(rows, f"conv{number}", dilation))
        rows = self.drop(rows)
        return (
            rows @ self.get("outer.weight") + self.get("outer.bias"),
            rows @ self.get("inner.weight") + self.get("inner.bias"),
        )

    def exported(self) -> EntityNetwork:
        """Return the numpy network with these weights."""
        weights = {name: self.get(name).detach().numpy().copy() for name in self.names}
        return EntityNetwork(network_config(self.recipe), weights)


def _initial(name: str, shape: tuple[int, ...]) -> Tensor:
    if name.endswith(".bias"):
        return torch.zeros(shape)
    if "." not in name:
        return torch.randn(shape) * 0.1
    return torch.randn(shape) * (1.0 / int(np.prod(shape[:-1]))) ** 0.5


def _loss(net: TrainableNetwork, batch: Sequence[Example]) -> Tensor:
    gap = np.full(_GAP, UNKNOWN)
    total = torch.zeros(())
    for scores, name in zip(net(batch), ("outer", "inner"), strict=True):
        tags = np.concatenate([part for example in batch for part in (getattr(example, name), gap)])
        total = total + functional.cross_entropy(scores, torch.from_numpy(tags), ignore_index=UNKNOWN)
    return total


def _batches(examples: Sequence[Example], characters: int, rng: random.Random) -> Iterator[list[Example]]:
    batch: list[Example] = []
    size = 0
    for example in rng.sample(list(examples), len(examples)):
        if batch and size + example.size > characters:
            yield batch
            batch, size = [], 0
        batch.append(example)
        size += example.size
    yield batch


def train_entity_network(
    examples: Sequence[Example],
    recipe: Recipe,
    progress: Callable[[int, float, TrainableNetwork], None] = lambda *_: None,
) -> EntityNetwork:
    """Return the network trained on the examples; the same recipe and examples give the same weights.

    `progress` is called after each epoch with its number, its mean loss and the network so far.
    """
    torch.manual_seed(recipe.seed)
    rng = random.Random(recipe.seed)
    net = TrainableNetwork(recipe)
    optimizer = torch.optim.AdamW(net.parameters(), lr=recipe.learning_rate, weight_decay=recipe.weight_decay)
    steps = recipe.epochs * (sum(example.size for example in examples) // recipe.batch_characters + 1)
    schedule = torch.optim.lr_scheduler.LambdaLR(optimizer, lambda step: _rate(step / steps))
    for epoch in range(recipe.epochs):
        net.train()
        losses = []
        for batch in _batches(examples, recipe.batch_characters, rng):
            loss = _loss(net, batch)
            optimizer.zero_grad()
            loss.backward()  # type: ignore[no-untyped-call]
            nn.utils.clip_grad_norm_(net.parameters(), 2.0)
            optimizer.step()
            schedule.step()
            losses.append(float(loss.detach()))
        net.eval()
        progress(epoch, float(np.mean(losses)), net)
    return net.exported()


def _rate(share: float) -> float:
    """Return the learning rate's factor when `share` of the steps are done: up over 5 %, then down to 2 %."""
    return min(1.0, share / 0.05 + 0.01) * max(0.02, 1 - share)
