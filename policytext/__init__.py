"""Control measures and entities in Chinese public-health policy text, clause by clause, with exact positions.

`policytext.load()` returns a spaCy pipeline; `nlp(text)._.policytext` is the Annotation that `policytext tag` writes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from policytext.records import Annotation, Article
    from policytext.tagging.pipeline import load

__version__ = "0.1.0"
__all__ = ["Annotation", "Article", "__version__", "load"]

_HOMES = {"Annotation": "policytext.records", "Article": "policytext.records", "load": "policytext.tagging.pipeline"}


def __getattr__(name: str) -> Any:
    """Import a public name when it is first used, so that `policytext --help` does not wait for spaCy."""
    if name not in _HOMES:
        raise AttributeError(f"module 'policytext' has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(_HOMES[name]), name)
