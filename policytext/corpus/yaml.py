"""The little YAML that a card's front matter needs, written without a library."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

_PLAIN = re.compile(r"[A-Za-z][\w ./()-]*")
_RESERVED = {"yes", "no", "on", "off", "true", "false", "null", "y", "n"}


def to_yaml(value: dict[str, Any]) -> str:
    """Return mappings, lists and scalars as block YAML; strings that could be read as something else are quoted."""
    return "".join(f"{line}\n" for line in _lines(value))


def _lines(value: object) -> Iterator[str]:
    if isinstance(value, dict):
        for key, item in value.items():
            yield from _entry(f"{_scalar(key)}:", item)
    elif isinstance(value, list):
        for item in value:
            first, *rest = _lines(item) if isinstance(item, dict | list) and item else [_scalar(item)]
            yield f"- {first}"
            yield from (f"  {line}" for line in rest)


def _entry(key: str, item: object) -> Iterator[str]:
    if isinstance(item, dict | list) and item:
        yield key
        yield from (f"  {line}" for line in _lines(item))
    else:
        yield f"{key} {_scalar(item)}"


def _scalar(value: object) -> str:
    if isinstance(value, str) and _PLAIN.fullmatch(value) and value.strip() == value and value.lower() not in _RESERVED:
        return value
    return json.dumps(value, ensure_ascii=False)
