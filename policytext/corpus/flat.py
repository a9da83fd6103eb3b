"""Gold as flat rows with typed columns, the form in which `datasets` loads it without a script."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, get_args

from policytext.corpus.files import FLAT, write_lines
from policytext.corpus.gold import Gold, read_gold
from policytext.corpus.splits import SPLITS
from policytext.records import Measure, SectionKind, SentenceKind
from policytext.taxonomy import load_taxonomy

Row = dict[str, Any]
# {name: type}; a type is a dtype, a tuple of class names, [one of these] for a list, or Features for a list of records.
Features = dict[str, Any]


def _document(gold: Gold) -> Row:
    row = gold.annotation
    return {
        "id": row.id,
        "layer": gold.layer,
        "script": gold.of("script"),
        "period": gold.of("period"),
        "genre": gold.genre,
        "date": row.date or None,
    }


def measure_rows(gold: Gold) -> Iterator[Row]:
    """Yield a row per clause with its categories and, aligned to them, polarity, force and realis."""
    annotation, text = gold.annotation, gold.annotation.text
    found: dict[tuple[int, int], list[Measure]] = {}
    for measure in annotation.measures if "measures" in gold.annotated else ():
        found.setdefault((measure.start, measure.end), []).append(measure)
    for clause in annotation.clauses if "measures" in gold.annotated else ():
        measures = found.get((clause.start, clause.end), [])
        yield {
            **_document(gold),
            **{key: getattr(clause, key) for key in ("start", "end", "sentence")},
            "text": None if text is None else text[clause.start : clause.end],
            "categories": [measure.category for measure in measures],
            **{key: [getattr(measure, key) for measure in measures] for key in load_taxonomy().attributes},
        }


def entity_rows(gold: Gold) -> Iterator[Row]:
    """Yield the row of a document that was annotated for entities."""
    if "entities" in gold.annotated:
        yield {**_document(gold), "text": gold.annotation.text, "entities": _entities(gold)}


def article_rows(gold: Gold) -> Iterator[Row]:
    """Yield the row of a document with all its layers; `annotated` says which ones somebody looked for."""
    row = gold.annotation
    yield {
        **_document(gold),
        "sha256": row.sha256,
        "text": row.text,
        "annotated": list(gold.annotated),
        "sections": [_pick(span, "start", "end", "kind") for span in row.sections],
        "sentences": [_pick(span, "start", "end", "kind") for span in row.sentences],
        "clauses": [_pick(span, "start", "end", "sentence") for span in row.clauses],
        "entities": _entities(gold),
        "measures": [_pick(span, "start", "end", "category", *load_taxonomy().attributes) for span in row.measures],
    }


def _pick(span: object, *keys: str) -> Row:
    return {key: getattr(span, key) for key in keys}


def _entities(gold: Gold) -> list[Row]:
    # A value is JSON in a string: its keys depend on the label, and pyarrow would turn bare ISO days into timestamps.
    return [
        {
            **_pick(entity, "start", "end", "label"),
            "value": None if entity.value is None else json.dumps(entity.value, ensure_ascii=False),
        }
        for entity in gold.annotation.entities
    ]


def configurations() -> dict[str, Features]:
    """Return the features of each configuration, in the order of the rows' keys."""
    labels = load_taxonomy()
    attributes: Features = dict(labels.attributes)
    span: Features = {"start": "int32", "end": "int32"}
    document: Features = dict.fromkeys(("id", "layer", "script", "period", "genre"), "string") | {"date": "date32"}
    entities: Features = {"entities": {**span, "label": labels.entity_labels, "value": "string"}}
    lists: Features = {"categories": [labels.category_ids], **{name: [values] for name, values in attributes.items()}}
    return {
        "measures": {**document, **span, "sentence": "int32", "text": "string", **lists},
        "entities": {**document, "text": "string", **entities},
        "articles": {
            **document,
            "sha256": "string",
            "text": "string",
            "annotated": ["string"],
            "sections": {**span, "kind": get_args(SectionKind)},
            "sentences": {**span, "kind": get_args(SentenceKind)},
            "clauses": {**span, "sentence": "int32"},
            **entities,
            "measures": {**span, "category": labels.category_ids, **attributes},
        },
    }


ROWS: dict[str, Callable[[Gold], Iterator[Row]]] = {
    "measures": measure_rows,
    "entities": entity_rows,
    "articles": article_rows,
}


def flat_files(corpus: Sequence[Gold]) -> dict[Path, list[str]]:
    """Return {path below the corpus: lines} of every configuration and split that has a row."""
    files = {}
    for name, rows in ROWS.items():
        for split in SPLITS:
            found = (row for gold in corpus if gold.split == split for row in rows(gold))
            lines = [json.dumps(row, ensure_ascii=False, separators=(",", ":")) for row in found]
            if lines:
                files[FLAT / f"{name}-{split}.jsonl"] = lines
    return files


def write_flat(root: Path) -> None:
    """Write the flat files of the gold below `root`, and remove those that have no rows any more."""
    files = flat_files(read_gold(root))
    for path in (root / FLAT).glob("*.jsonl"):
        if path.relative_to(root) not in files:
            path.unlink()
    for path, lines in files.items():
        write_lines(root / path, lines)


def stale_files(root: Path) -> Iterable[Path]:
    """Yield the flat files below `root` that are not what its gold says."""
    files = flat_files(read_gold(root))
    for path, lines in files.items():
        if not (root / path).exists() or (root / path).read_text("utf-8") != "".join(f"{line}\n" for line in lines):
            yield path
    yield from sorted(
        path.relative_to(root) for path in (root / FLAT).glob("*.jsonl") if path.relative_to(root) not in files
    )
