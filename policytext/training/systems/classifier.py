"""A fitted system with its thresholds: it tags texts, and it is saved and loaded as a folder without pickle."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from policytext import __version__
from policytext.corpus.files import write_bytes
from policytext.errors import UnreadableInputError
from policytext.records import Annotation
from policytext.taxonomy import load_taxonomy
from policytext.text.layout import read_layout
from policytext.training.systems.base import FloatArray, System, annotate, categories, cued_attributes, gold_layouts
from policytext.training.systems.files import column_values, read_json, write_json
from policytext.training.systems.registry import system_class
from policytext.training.systems.thresholds import tune_thresholds

# Its presence tells a system's folder from a folder of the pipeline's network.
CONFIG = "system.json"


@dataclass(frozen=True)
class Classifier:
    """A fitted system and the threshold of each category, (categories,)."""

    system: System
    thresholds: FloatArray

    @classmethod
    def train(cls, system: System, train: Sequence[Annotation], dev: Sequence[Annotation]) -> Classifier:
        """Return the system fitted on `train`, its thresholds tuned on `dev`."""
        system.fit(train)
        layouts = [layout for _, layout in gold_layouts(dev)]
        return cls(system, tune_thresholds(dev, system.predict_proba(layouts)))

    def tag(self, texts: Sequence[str]) -> list[Annotation]:
        """Return the annotation of each text, measures only."""
        layouts = [read_layout(text) for text in texts]
        attributes = getattr(self.system, "attributes", cued_attributes)
        return annotate(layouts, self.system.predict_proba(layouts), self.thresholds, attributes)

    def save(self, folder: Path, card: str = "") -> None:
        """Write the model folder: system.json, what the system learnt, and a model card that ends with `card`."""
        folder.mkdir(parents=True, exist_ok=True)
        self.system.save(folder)
        config = {
            "system": self.system.id,
            "policytext": __version__,
            "taxonomy": load_taxonomy().version,
            "thresholds": dict(zip(categories(), map(float, self.thresholds), strict=True)),
        }
        write_bytes(folder / "README.md", _card(self.system.id, card).encode())
        write_json(folder / CONFIG, config)


def load_classifier(folder: Path) -> Classifier:
    """Return the classifier of a model folder; nothing in the folder is run.

    Raises UnreadableInputError where the folder holds none, InvalidRecordError where it knows other categories.
    """
    config = read_json(folder / CONFIG)
    try:
        kind, thresholds = system_class(str(config["system"])), column_values(config["thresholds"])
    except (KeyError, TypeError, AttributeError) as error:
        raise UnreadableInputError("is no system's config", "train it anew", str(folder / CONFIG)) from error
    return Classifier(kind.load(folder), thresholds)


def _card(system: str, details: str) -> str:
    return (
        f"# {system}\n\nA classifier of control measures in Chinese public-health policy text, one of the systems"
        " that policytext compares. It gives each clause the categories of the guidelines, version"
        f" {load_taxonomy().version}.\n\nWritten by policytext {__version__}. Loading it runs no code:"
        " `policytext.training.systems.load_classifier(folder)`; `policytext evaluate FOLDER GOLD` scores it.\n"
        f"{f'{chr(10)}{details.strip()}{chr(10)}' if details else ''}"
    )
