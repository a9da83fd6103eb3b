"""What a check is, what it looks at and what it reports."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any, Literal, TypeVar

from pydantic import ValidationError

from policytext.corpus.schema import FORMS

Level = Literal["file", "record", "span", "label", "cross", "split"]
Severity = Literal["error", "warning"]
Find = TypeVar("Find", bound=Callable[..., Any])
SPAN_LAYERS = ("sections", "sentences", "clauses", "entities", "measures")


@dataclass(frozen=True)
class Finding:
    """One thing that is wrong, with its address; line 0 is the file as a whole."""

    path: Path
    line: int
    check: str
    severity: Severity
    problem: str
    cure: str

    def __str__(self) -> str:
        place = f"{self.path}:{self.line}" if self.line else str(self.path)
        mark = "" if self.severity == "error" else "warning: "
        return f"{place}: {mark}{self.check}: {self.problem}"


@dataclass
class DataFile:
    """A file of data; `form` is the name of its rows' schema."""

    path: Path
    form: str
    raw: bytes
    rows: list[Row] = field(default_factory=list)

    @cached_property
    def text(self) -> str | None:
        """The content, or None where it is not UTF-8."""
        try:
            return self.raw.decode("utf-8")
        except UnicodeDecodeError:
            return None


@dataclass
class Row:
    """A line of a file, as parsed; `data` is None where it could not be."""

    file: DataFile
    line: int
    data: dict[str, Any] | None
    problem: str = ""
    repeated: tuple[str, ...] = ()

    @cached_property
    def faults(self) -> list[dict[str, Any]]:
        """What the schema says against the row, as pydantic's error items."""
        try:
            FORMS[self.file.form].validate_json(json.dumps(self.data))
        except ValidationError as error:
            return [dict(item) for item in error.errors(include_url=False, include_context=False)]
        return []

    @property
    def text(self) -> str | None:
        """The row's text, where it has one."""
        return self.string("text")

    @property
    def source(self) -> dict[str, Any]:
        """The row's `source`, empty where it has none."""
        source = (self.data or {}).get("source")
        return source if isinstance(source, dict) else {}

    @property
    def split(self) -> str | None:
        """The split the row says it is in."""
        split = (self.data or {}).get("split") if self.file.form == "source" else self.source.get("split")
        return split if isinstance(split, str) else None

    def string(self, key: str) -> str | None:
        """Return the value of `key` where it is a string."""
        value = (self.data or {}).get(key)
        return value if isinstance(value, str) else None

    def spans(self, *layers: str) -> Iterator[dict[str, Any]]:
        """Yield the spans of `layers` (all without any) whose fields have their types; `schema` reports the others."""
        for layer in layers or SPAN_LAYERS:
            spans = (self.data or {}).get(layer)
            for span in spans if isinstance(spans, list) else []:
                if isinstance(span, dict) and _is_typed(span):
                    yield span


def _is_typed(span: dict[str, Any]) -> bool:
    words = (span.get(key) for key in ("label", "category", "quote", "hash"))
    numbers = (span.get("start"), span.get("end"), span.get("sentence", 0))
    return all(word is None or isinstance(word, str) for word in words) and all(isinstance(n, int) for n in numbers)


Address = tuple[DataFile, int]
Report = Iterable[tuple[Address, str]]


@dataclass(frozen=True)
class Check:
    """A named rule: `what` it holds, the `cure` for a breach, and the function that finds breaches."""

    id: str
    level: Level
    severity: Severity
    what: str
    cure: str
    find: Callable[[list[DataFile]], Report]

    def run(self, files: list[DataFile]) -> Iterator[Finding]:
        """Yield the breaches of the rule in `files`."""
        for (file, line), problem in self.find(files):
            yield Finding(file.path, line, self.id, self.severity, problem, self.cure)


CHECKS: dict[str, Check] = {}


def register(name: str, level: Level, cure: str, severity: Severity = "error") -> Callable[[Find], Find]:
    """Register a function of all files that yields ((file, line), problem)."""

    def add(find: Find) -> Find:
        CHECKS[name] = Check(name, level, severity, (find.__doc__ or "").strip(), cure, find)
        return find

    return add


def register_file(name: str, level: Level, cure: str, severity: Severity = "error") -> Callable[[Find], Find]:
    """Register a function of one file that yields (line, problem)."""

    def add(find: Find) -> Find:
        def find_all(files: list[DataFile]) -> Report:
            return (((file, line), problem) for file in files for line, problem in find(file))

        find_all.__doc__ = find.__doc__
        register(name, level, cure, severity)(find_all)
        return find

    return add


def register_row(name: str, level: Level, cure: str, severity: Severity = "error") -> Callable[[Find], Find]:
    """Register a function of one row that yields problems."""

    def add(find: Find) -> Find:
        def find_all(files: list[DataFile]) -> Report:
            return (((file, row.line), text) for file in files for row in file.rows if row.data for text in find(row))

        find_all.__doc__ = find.__doc__
        register(name, level, cure, severity)(find_all)
        return find

    return add


def parse_line(file: DataFile, number: int, line: str) -> Row:
    """Return the row that a line of JSON holds."""
    repeated: list[str] = []

    def pairs(items: list[tuple[str, Any]]) -> dict[str, Any]:
        keys = [key for key, _ in items]
        repeated.extend(sorted({key for key in keys if keys.count(key) > 1}))
        return dict(items)

    try:
        data = json.loads(line, object_pairs_hook=pairs)
    except ValueError as error:
        return Row(file, number, None, str(error))
    if not isinstance(data, dict):
        return Row(file, number, None, f"an object is expected, not {type(data).__name__}")
    return Row(file, number, data, repeated=tuple(repeated))
