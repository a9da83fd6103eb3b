"""Write corpus/sources.csv: the documents of a split, their places in public and the hashes of their texts."""

from __future__ import annotations

import argparse
import csv
import io
import json
import sys
from collections import defaultdict
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from policytext.corpus.articles import period_of
from policytext.corpus.files import SOURCES, read_lines, write_bytes
from policytext.corpus.sources import Source
from policytext.records import text_hash

ROOT = Path(__file__).parents[1]


def read_rows(paths: list[Path]) -> dict[str, dict[str, Any]]:
    """Return the documents by id; where an id stands twice the last row counts. Each has the hash it names."""
    rows = {row["id"]: row for path in paths for _, line in read_lines(path) for row in [json.loads(line)]}
    wrong = [key for key, row in rows.items() if text_hash(row["text"]) != row["sha256"]]
    if wrong:
        raise SystemExit(f"text and sha256 do not fit: {', '.join(wrong)}")
    return rows


def name_groups(groups: Mapping[str, str], ids: set[str]) -> dict[str, str]:
    """Return the group of each of `ids`, named after its first member among them."""
    members: dict[str, list[str]] = defaultdict(list)
    for key in sorted(ids):
        members[groups[key]].append(key)
    return {key: members[groups[key]][0] for key in ids}


def to_source(row: Mapping[str, Any], split: str, group: str, public: bool) -> Source:
    date = row.get("date") or ""
    locator = json.dumps(row.get("locator"), ensure_ascii=False, separators=(",", ":")) if row.get("locator") else ""
    place = {key: row.get(key) or "" for key in ("source_repo", "commit", "path")}
    return Source(
        **{key: row[key] for key in ("id", "kind", "script", "sha256")},
        **place, date=date, period=period_of(date), locator=locator, length=len(row["text"]),
        split=split, group=group, supplied="" if public else "user",
    )  # fmt: skip


def to_csv(sources: list[Source]) -> str:
    out = io.StringIO()
    writer = csv.DictWriter(out, list(Source.model_fields), lineterminator="\n")
    writer.writeheader()
    writer.writerows(source.model_dump() for source in sources)
    return out.getvalue()


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("rows", nargs="+", type=Path, help="JSONL: id, kind, script, date, source_repo …, text, sha256")
    parser.add_argument("--splits", type=Path, required=True, help="JSON {id: train, dev or test}: what is registered")
    parser.add_argument("--groups", type=Path, required=True, help="JSON {id: group of near-duplicates}")
    parser.add_argument("--supplied", nargs="*", default=(), help="prefixes of ids that no public file gives")
    parser.add_argument("--root", type=Path, default=ROOT)
    given = parser.parse_args()
    rows, splits = read_rows(given.rows), json.loads(given.splits.read_text("utf-8"))
    groups = name_groups(json.loads(given.groups.read_text("utf-8")), set(splits))
    sources = [
        to_source(rows[key], splits[key], groups[key], not key.startswith(tuple(given.supplied)))
        for key in sorted(splits)
    ]
    write_bytes(given.root / SOURCES, to_csv(sources).encode())
    return 0


if __name__ == "__main__":
    sys.exit(main())
