"""What a system's folder is made of: JSON and arrays, written whole and read without running anything."""

from __future__ import annotations

import io
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from policytext.corpus.files import write_bytes
from policytext.errors import InvalidRecordError, UnreadableInputError
from policytext.training.systems.base import FloatArray, categories

_CURE = "name a folder that policytext wrote"


def write_json(path: Path, value: object) -> None:
    """Write `value` as JSON."""
    write_bytes(path, f"{json.dumps(value, ensure_ascii=False, indent=1)}\n".encode("utf-8", "surrogatepass"))


def read_json(path: Path) -> Any:
    """Return what a JSON file holds; raise UnreadableInputError where there is none."""
    try:
        return json.loads(path.read_bytes().decode("utf-8", "surrogatepass"))
    except (OSError, ValueError) as error:
        raise UnreadableInputError("is no JSON file that can be read", _CURE, str(path)) from error


def write_arrays(path: Path, arrays: Mapping[str, npt.NDArray[Any]]) -> None:
    """Write the arrays as a compressed .npz file."""
    buffer = io.BytesIO()
    np.savez_compressed(buffer, **dict(arrays))  # type: ignore[arg-type]
    write_bytes(path, buffer.getvalue())


def read_arrays(path: Path) -> dict[str, npt.NDArray[Any]]:
    """Return the arrays of an .npz file; one that holds Python objects is refused."""
    try:
        with np.load(path, allow_pickle=False) as found:
            return {name: found[name] for name in found.files}
    except (OSError, ValueError) as error:
        raise UnreadableInputError("holds no arrays that can be read safely", _CURE, str(path)) from error


def column_values(values: Mapping[str, float]) -> FloatArray:
    """Return the values in the order of the categories; raise InvalidRecordError where they are other categories."""
    if set(values) != set(categories()):
        raise InvalidRecordError("the model was made for other categories", "train it anew with this version")
    return np.array([float(values[category]) for category in categories()])
