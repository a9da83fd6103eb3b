"""Model folders: a configuration in JSON and arrays beside it; reading one runs nothing from it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from importlib.resources import files
from pathlib import Path
from typing import Any

import numpy as np

from policytext.errors import UnreadableInputError


def model_folder(model: str) -> Path:
    """Return the folder of a shipped model's name, or the path that `model` is."""
    shipped = Path(str(files("policytext"))) / "models" / model
    return shipped if shipped.is_dir() else Path(model)


def read_part(folder: Path, part: str) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return configuration and arrays of a part of the model, kept as part.json and part.npz."""
    try:
        config = json.loads((folder / f"{part}.json").read_text("utf-8"))
        with np.load(folder / f"{part}.npz", allow_pickle=False) as arrays:
            return config, {name: arrays[name] for name in arrays.files}
    except (OSError, ValueError, KeyError) as error:
        raise UnreadableInputError(
            f"is not a model folder: {error}", "give a folder made by `policytext train`", str(folder)
        ) from error


def write_part(folder: Path, part: str, config: Mapping[str, Any], arrays: Mapping[str, Any]) -> None:
    """Write configuration and arrays of a part of the model; the folder is made where it is missing."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{part}.json").write_text(json.dumps(config, ensure_ascii=False, indent=1) + "\n", "utf-8")
    np.savez_compressed(folder / f"{part}.npz", **arrays)
