"""Croissant metadata of the flat files (http://mlcommons.org/croissant/1.0)."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from policytext.corpus.files import FLAT, data_version
from policytext.corpus.flat import Features, configurations

_TYPES = {"string": "sc:Text", "int32": "sc:Integer", "date32": "sc:Date"}
_CONTEXT: dict[str, Any] = {
    "@language": "en",
    "@vocab": "https://schema.org/",
    "sc": "https://schema.org/",
    "cr": "http://mlcommons.org/croissant/",
    "rai": "http://mlcommons.org/croissant/RAI/",
    "dct": "http://purl.org/dc/terms/",
    "conformsTo": "dct:conformsTo",
    "data": {"@id": "cr:data", "@type": "@json"},
    "dataType": {"@id": "cr:dataType", "@type": "@vocab"},
    "examples": {"@id": "cr:examples", "@type": "@json"},
} | {
    name: f"cr:{name}"
    for name in (
        "citeAs", "column", "equivalentProperty", "extract", "field", "fileProperty", "fileObject", "fileSet", "format",
        "includes", "isLiveDataset", "jsonPath", "key", "md5", "parentField", "path", "recordSet", "references",
        "regex", "repeated", "replace", "samplingRate", "separator", "source", "subField", "transform",
    )
}  # fmt: skip


def metadata(root: Path) -> dict[str, Any]:
    """Return the Croissant description of the flat files below `root`; addresses are relative to annotations/.

    A list of records (entities, clauses …) is described as a repeated field for each key of the records.
    """
    files = sorted((root / FLAT).glob("*.jsonl"))
    return {
        "@context": _CONTEXT,
        "@type": "sc:Dataset",
        "conformsTo": "http://mlcommons.org/croissant/1.0",
        "name": "policytext",
        "description": "Control measures and entities in Chinese public-health policy text, clause by clause. The "
        "real layer comes without its texts; `policytext hydrate` adds them on the user's machine.",
        "license": "https://creativecommons.org/licenses/by/4.0/",
        "inLanguage": "zh",
        "version": f"1.0.0+{data_version(root)}",
        "distribution": [_file(path) for path in files],
        "recordSet": [_records(path) for path in files],
    }


def _file(path: Path) -> dict[str, Any]:
    return {
        "@type": "cr:FileObject",
        "@id": path.name,
        "name": path.name,
        "contentUrl": f"{FLAT.name}/{path.name}",
        "encodingFormat": "application/jsonlines",
        "sha256": hashlib.sha256(path.read_bytes()).hexdigest(),
    }


def _records(path: Path) -> dict[str, Any]:
    name, split = path.stem.rsplit("-", 1)
    return {
        "@type": "cr:RecordSet",
        "@id": path.stem,
        "name": path.stem,
        "description": f"{name}, {split} split",
        "field": list(_fields(path.stem, configurations()[name])),
    }


def _fields(stem: str, features: Features) -> Iterator[dict[str, Any]]:
    for name, kind in features.items():
        if isinstance(kind, dict):
            yield from (_field(stem, name, part, inner) for part, inner in kind.items())
        else:
            yield _field(stem, name, "", kind)


def _field(stem: str, column: str, part: str, kind: object) -> dict[str, Any]:
    name = f"{column}.{part}" if part else column
    source: dict[str, Any] = {"fileObject": {"@id": f"{stem}.jsonl"}, "extract": {"column": column}}
    return {
        "@type": "cr:Field",
        "@id": f"{stem}/{name}",
        "name": name,
        "dataType": _TYPES.get(kind, "sc:Text") if isinstance(kind, str) else "sc:Text",
        "source": source | ({"transform": {"jsonPath": part}} if part else {}),
        **({"repeated": True} if part or isinstance(kind, list) else {}),
    }


def croissant(root: Path) -> str:
    """Return the content of annotations/croissant.json."""
    return json.dumps(metadata(root), ensure_ascii=False, indent=1) + "\n"
