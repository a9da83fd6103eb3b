"""Any Hugging Face encoder, fine-tuned: the clause as first segment, its sentence and lead as second."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Self

import numpy as np

from policytext.errors import MissingExtraError, UnreadableInputError
from policytext.records import Annotation
from policytext.text.layout import Layout
from policytext.training.systems.base import FloatArray, categories, split_rows, training_data
from policytext.training.systems.contexts import clause_contexts
from policytext.training.systems.files import read_json, write_json

_FOLDER = "encoder"
_SETTINGS = "transformer.json"


class Transformer:
    """A sequence classifier over the encoder `encoder` (a hub name or a local folder), one output per category.

    Weights are read from safetensors or, for encoders published without them, by torch's weights-only reader; code
    that comes with an encoder is never run. The settings are those usual for fine-tuning BERT on short texts.
    """

    id = "transformer"

    def __init__(
        self,
        encoder: str,
        *,
        epochs: int = 4,
        learning_rate: float = 3e-5,
        batch: int = 32,
        length: int = 128,
        seed: int = 0,
    ) -> None:
        self.encoder, self.epochs, self.learning_rate = encoder, epochs, learning_rate
        self.batch, self.length, self.seed = batch, length, seed
        self.model: Any = None
        self.tokenizer: Any = None

    def fit(self, gold: Sequence[Annotation]) -> None:
        """Fine-tune the encoder with a linear schedule and warm-up."""
        torch, transformers = _libraries()
        transformers.set_seed(self.seed)
        self._open(self.encoder, num_labels=len(categories()), problem_type="multi_label_classification")
        layouts, targets = training_data(gold)
        pairs, wanted = _pairs(layouts), torch.from_numpy(targets.astype(np.float32))
        steps = self.epochs * -(-len(pairs) // self.batch)
        optimizer = torch.optim.AdamW(self.model.parameters(), lr=self.learning_rate, weight_decay=0.01)
        schedule = transformers.get_linear_schedule_with_warmup(optimizer, steps // 10, steps)
        generator = torch.Generator().manual_seed(self.seed)
        self.model.train()
        for _ in range(self.epochs):
            for rows in torch.randperm(len(pairs), generator=generator).split(self.batch):
                loss = self.model(**self._encode([pairs[row] for row in rows]), labels=wanted[rows]).loss
                loss.backward()
                torch.nn.utils.clip_grad_norm_(self.model.parameters(), 1.0)
                optimizer.step()
                schedule.step()
                optimizer.zero_grad()
        self.model.eval()

    def predict_proba(self, layouts: Sequence[Layout]) -> list[FloatArray]:
        """Return the probabilities; clauses of like length are computed together."""
        torch, _ = _libraries()
        pairs = _pairs(layouts)
        rows = np.zeros((len(pairs), len(categories())))
        with torch.inference_mode():
            for chosen in _alike(pairs, self.batch):
                logits = self.model(**self._encode([pairs[row] for row in chosen])).logits
                rows[chosen] = torch.sigmoid(logits).numpy()
        return split_rows(rows, layouts)

    def save(self, folder: Path) -> None:
        """Write encoder and tokenizer as transformers does (config, safetensors, vocabulary)."""
        self.model.save_pretrained(folder / _FOLDER)
        self.tokenizer.save_pretrained(folder / _FOLDER)
        write_json(folder / _SETTINGS, {"encoder": Path(self.encoder).name, "batch": self.batch, "length": self.length})

    @classmethod
    def load(cls, folder: Path) -> Self:
        """Return the system as it was saved."""
        settings = read_json(folder / _SETTINGS)
        system = cls(str(settings["encoder"]), batch=int(settings["batch"]), length=int(settings["length"]))
        system._open(str(folder / _FOLDER), use_safetensors=True, local_files_only=True)
        return system

    def _open(self, source: str, **settings: Any) -> None:
        _, transformers = _libraries()
        transformers.logging.set_verbosity_error()
        transformers.logging.disable_progress_bar()
        try:
            self.tokenizer = transformers.AutoTokenizer.from_pretrained(source, trust_remote_code=False)
            model = transformers.AutoModelForSequenceClassification
            self.model = model.from_pretrained(source, trust_remote_code=False, **settings).eval()
        except (OSError, ValueError) as error:
            reason = str(error).splitlines()[0]
            cure = "name an encoder of the hub, or a local folder with config.json"
            raise UnreadableInputError(f"no encoder can be loaded: {reason}", cure, source) from error

    def _encode(self, pairs: Sequence[tuple[str, str]]) -> Any:
        clauses, surroundings = zip(*pairs, strict=True)
        return self.tokenizer(
            list(clauses),
            list(surroundings),
            truncation=True,
            max_length=self.length,
            padding=True,
            return_tensors="pt",
        )


def _libraries() -> tuple[Any, Any]:
    try:
        import torch
        import transformers
    except ImportError as error:
        raise MissingExtraError("transformers", "fine-tuning an encoder") from error
    return torch, transformers


def _pairs(layouts: Sequence[Layout]) -> list[tuple[str, str]]:
    contexts = clause_contexts(layouts)
    return [(c.clause, f"{c.before}{c.clause}{c.after}{c.neighbours}".replace("\n", " ")) for c in contexts]


def _alike(pairs: Sequence[tuple[str, str]], size: int) -> Iterator[list[int]]:
    order = sorted(range(len(pairs)), key=lambda row: sum(map(len, pairs[row])))
    return (order[first : first + size] for first in range(0, len(order), size))
