"""Hydration: the texts of the real layer, found by their hashes, joined to their annotations."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from policytext.corpus.card import BEGIN, END, publish
from policytext.corpus.fetch import UnreachableError, fetch
from policytext.corpus.files import GOLD, SOURCES, read_lines, write_lines
from policytext.corpus.readers import LOCAL_READERS, READERS, Reader, read_rows
from policytext.corpus.sources import RAW_ADDRESS, Source, read_sources
from policytext.errors import InvalidRecordError, UnreadableInputError
from policytext.records import Annotation, describe, text_hash

_README = f"""# policytext with its texts

This folder was made by `policytext hydrate`. The texts of its real layer belong to their authors: do not pass
them on.

{BEGIN}
{END}
"""
Fetch = Callable[[str, Path], bytes]


@dataclass
class Search:
    """What is looked for (by SHA-256), what has been found, and why the rest has not."""

    sources: list[Source]
    texts: dict[str, str] = field(default_factory=dict)
    reasons: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._wanted = {source.sha256 for source in self.sources}

    @property
    def missing(self) -> list[Source]:
        """The documents without a text, in the order of the register."""
        return [source for source in self.sources if source.sha256 not in self.texts]

    def offer(self, texts: Iterable[str]) -> None:
        """Keep those of `texts` that have a hash that is looked for."""
        for text in texts:
            digest = text_hash(text)
            if digest in self._wanted:
                self.texts[digest] = text

    def missing_files(self) -> dict[str, list[Source]]:
        """Return the raw files (OWNER/REPO/path) that missing documents stand in, with these documents."""
        files: dict[str, list[Source]] = defaultdict(list)
        for source in self.missing:
            if not source.supplied and source.source_repo in READERS:
                files[source.file].append(source)
        return files


@dataclass(frozen=True)
class Hydration:
    """What came of it: rows written per file, and (document id, reason) for each document that is missing."""

    output: Path
    rows: dict[str, int]
    missing: list[tuple[str, str]]


def hydrate(
    root: Path,
    output: Path,
    folder: Path | None = None,
    *,
    base: str = RAW_ADDRESS,
    fetch: Fetch = fetch,
    progress: Callable[[str], None] = lambda _: None,
) -> Hydration:
    """Complete the gold of the checkout `root` below `output`, with texts from `folder` or else from the network.

    What an earlier run left in `output` is used first. Every text has its recorded SHA-256 and every span its hash, or
    InvalidRecordError names file and line. Documents that cannot be found are left out and listed in the result.
    """
    search = Search(read_sources(root / SOURCES))
    for path in sorted((output / GOLD).glob("*.jsonl")):
        search.offer(read_rows(path.read_bytes()))
    if folder is not None:
        search_folder(search, folder)
    else:
        search_network(search, output / ".cache", base, fetch, progress)
    rows = {path.name: _complete_file(path, output / GOLD / path.name, search) for path in _gold_files(root)}
    publish(output, _README)
    return Hydration(output, rows, [(source.id, _reason(source, search, folder)) for source in search.missing])


def _gold_files(root: Path) -> list[Path]:
    return sorted((root / GOLD).glob("*.jsonl"))


def _reason(source: Source, search: Search, folder: Path | None) -> str:
    if source.sha256 in search.reasons:
        return search.reasons[source.sha256]
    if folder is not None:
        return f"no file below {folder} has its text"
    return "not public: put its text into a folder and run again with --from DIR"


def search_folder(search: Search, folder: Path) -> None:
    """Look for texts in `folder`: raw files laid out OWNER/REPO/path first, then any text or JSON lines below it."""
    if not folder.is_dir():
        raise UnreadableInputError("no such folder", "--from takes the folder that holds the texts", str(folder))
    for file, sources in search.missing_files().items():
        if (folder / file).is_file():
            _read_raw(search, sources, (folder / file).read_bytes())
    for path in sorted(folder.rglob("*")):
        if not search.missing:
            return
        if path.suffix in LOCAL_READERS and path.is_file():
            search.offer(LOCAL_READERS[path.suffix](path.read_bytes()))


def search_network(
    search: Search, cache: Path, base: str, fetch: Fetch, progress: Callable[[str], None] = lambda _: None
) -> None:
    """Look for texts in the pinned public files; each is kept below `cache`, unless it lacks a text it should have."""
    files = search.missing_files()
    for number, (file, sources) in enumerate(files.items(), 1):
        progress(f"{number} of {len(files)}: {file}")
        kept = cache / sources[0].commit / file
        try:
            _read_raw(search, sources, fetch(sources[0].address(base), kept))
        except UnreachableError as error:
            search.reasons |= {source.sha256: str(error) for source in search.missing if not source.supplied}
            return
        except UnreadableInputError as error:
            search.reasons |= {source.sha256: str(error) for source in sources}
        if any(source.sha256 not in search.texts for source in sources):
            kept.unlink(missing_ok=True)


def _read_raw(search: Search, sources: list[Source], raw: bytes) -> None:
    reader: Reader = READERS[sources[0].source_repo]
    # A broken file gives the texts before the break; the rest is reported as missing.
    with suppress(ValueError, KeyError, TypeError):
        search.offer(reader(raw))
    for source in sources:
        if source.sha256 not in search.texts:
            search.reasons[source.sha256] = f"{source.file} has no text with its recorded SHA-256"


def with_text(row: dict[str, Any], text: str) -> Annotation:
    """Return the annotation of a shipped row (no text, hashes for quotes) with `text` and every quote.

    Raises pydantic's ValidationError where a span does not fit the text or has another hash.
    """
    spans = {
        layer: [{**span, "quote": text[span["start"] : span["end"]]} for span in row.get(layer, [])]
        for layer in ("entities", "measures")
    }
    return Annotation.model_validate({**row, **spans, "text": text, "hydrated": True})


def _complete_file(path: Path, target: Path, search: Search) -> int:
    lines = list(_complete_rows(path, search))
    write_lines(target, lines)
    return len(lines)


def _complete_rows(path: Path, search: Search) -> Iterator[str]:
    for number, line in read_lines(path):
        row = json.loads(line)
        if row.get("text") is not None:
            yield line
        elif row.get("sha256") in search.texts:
            try:
                yield with_text(row, search.texts[row["sha256"]]).to_json()
            except ValidationError as error:
                raise InvalidRecordError(describe(error), "see `policytext validate`", f"{path}:{number}") from error
