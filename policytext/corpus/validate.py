"""Validation: every check on every file below a path, all findings collected before the end."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from pathlib import Path

from policytext.corpus.checks import CHECKS, DataFile, Finding, Row
from policytext.corpus.checks.registry import parse_line
from policytext.errors import UnreadableInputError

_SUFFIXES = {".jsonl", ".csv", ".json"}
_WHOLE = {"labels.json": "labels", "splits.json": "splits"}
# Generated and checked for drift by their own scripts, or not ours to judge.
_PASSED_OVER = {"hf", "schema", ".cache"}


def validate(path: Path) -> list[Finding]:
    """Return the findings of all checks on a file, a folder or a checkout, in the order of their addresses."""
    files = [read_data(file, form) for file, form in find_files(path)]
    findings = [finding for check in CHECKS.values() for finding in check.run(files)]
    order = list(CHECKS)
    return sorted(findings, key=lambda finding: (str(finding.path), finding.line, order.index(finding.check)))


def find_files(path: Path) -> list[tuple[Path, str]]:
    """Return the data files at or below `path`, each with the name of its rows' schema."""
    if path.is_file():
        return [(path, form_of(path) or "annotation")]
    if not path.is_dir():
        raise UnreadableInputError("no such file or folder", "name what is to be checked", str(path))
    rooms = [path / room for room in ("corpus", "annotations") if (path / room).is_dir()] or [path]
    found = [(file, form_of(file)) for room in rooms for file in sorted(room.rglob("*")) if file.is_file()]
    files = [(file, form) for file, form in found if form]
    if not files:
        raise UnreadableInputError("holds no data files", "look for *.jsonl or sources.csv", str(path))
    return files


def form_of(path: Path) -> str | None:
    """Return the name of the schema of a file's rows, or None where the file holds no data to be checked."""
    if path.suffix not in _SUFFIXES or _PASSED_OVER & set(path.parts) or path.name.startswith("."):
        return None
    if path.suffix == ".json":
        return _WHOLE.get(path.name)
    if path.suffix == ".csv":
        return "source"
    if "decision" in path.stem:
        return "decision"
    return "article" if path.parent.name == "corpus" else "annotation"


def read_data(path: Path, form: str) -> DataFile:
    """Return the file with its rows parsed; what cannot be parsed is left to the checks."""
    file = DataFile(path, form, path.read_bytes())
    if file.text is not None:
        file.rows = list(_read_rows(file, file.text.removeprefix("\ufeff")))
    return file


def _read_rows(file: DataFile, text: str) -> Iterator[Row]:
    if file.path.suffix == ".json":
        yield _read_whole(file, text)
    elif file.path.suffix == ".csv":
        rows = csv.DictReader(io.StringIO(text, newline=""))
        yield from (
            Row(file, rows.line_num, {key or "surplus cells": value for key, value in row.items()}) for row in rows
        )
    else:
        lines = enumerate(text.split("\n"), 1)
        yield from (parse_line(file, number, line) for number, line in lines if line.strip())


def _read_whole(file: DataFile, text: str) -> Row:
    try:
        return Row(file, 1, json.loads(text))
    except ValueError as error:
        return Row(file, 1, None, str(error))


def summarise(findings: list[Finding]) -> tuple[int, int]:
    """Return the numbers of errors and of warnings."""
    errors = sum(finding.severity == "error" for finding in findings)
    return errors, len(findings) - errors
