"""The systems by name; a system's module is imported when it is asked for."""

from __future__ import annotations

from importlib import import_module
from typing import Any

from policytext.errors import PolicytextError
from policytext.training.systems.base import System

# Name: module and class. What follows a colon in a name (transformer:PATH) is the encoder.
SYSTEMS = {
    "majority": ("majority", "Majority"),
    "cues": ("cues", "Cues"),
    "linear-char": ("linear", "LinearChar"),
    "linear-word": ("linear", "LinearWord"),
    "spacy-textcat": ("spacy_textcat", "SpacyTextcat"),
    "two-stage": ("two_stage", "TwoStage"),
    "transformer": ("transformer", "Transformer"),
}


def system_class(name: str) -> Any:
    """Return the class of a system; raise PolicytextError where there is none of that name."""
    if name not in SYSTEMS:
        raise PolicytextError(f"there is no system {name}", f"one of {', '.join(SYSTEMS)}")
    module, attribute = SYSTEMS[name]
    return getattr(import_module(f"policytext.training.systems.{module}"), attribute)


def make_system(name: str, *, seed: int = 0) -> System:
    """Return an unfitted system: a name of `SYSTEMS`; `transformer:NAME` is given a Hugging Face encoder or folder."""
    kind, _, encoder = name.partition(":")
    cls = system_class(kind)
    if kind == "transformer":
        if not encoder:
            raise PolicytextError("which encoder?", "transformer:FOLDER or transformer:NAME")
        return cls(encoder, seed=seed)  # type: ignore[no-any-return]
    return cls() if kind in {"majority", "cues", "linear-char", "linear-word"} else cls(seed=seed)  # type: ignore[no-any-return]
