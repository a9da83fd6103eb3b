"""Writing whole files at once, and the folders of a corpus."""

from __future__ import annotations

import hashlib
import os
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path

GOLD = Path("annotations/gold")
FLAT = Path("annotations/hf")
SOURCES = Path("corpus/sources.csv")
COMPOSED = Path("corpus/composed.jsonl")
AGREEMENT = Path("annotations/agreement.json")
CROISSANT = Path("annotations/croissant.json")


def write_bytes(path: Path, content: bytes) -> None:
    """Write `content` to `path` so that a reader sees the old file or the new one, never a part."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        Path(name).chmod(0o644)
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def write_lines(path: Path, lines: Iterable[str]) -> None:
    """Write each of `lines` with a line feed behind it, all or nothing, as UTF-8."""
    write_bytes(path, "".join(f"{line}\n" for line in lines).encode())


def read_lines(path: Path) -> Iterator[tuple[int, str]]:
    """Yield (line number from 1, line) for each line that holds anything; only a line feed ends a line."""
    for number, line in enumerate(path.read_text("utf-8").split("\n"), 1):
        if line.strip():
            yield number, line


def data_version(root: Path) -> str:
    """Return 12 hex digits that change with any byte of the gold annotations below `root`."""
    digest = hashlib.sha256()
    for path in sorted((root / GOLD).glob("*.jsonl")):
        digest.update(f"{path.name} {hashlib.sha256(path.read_bytes()).hexdigest()}\n".encode())
    return digest.hexdigest()[:12]
