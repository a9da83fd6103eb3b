"""Checks of labels and of the values that belong to them."""
# ruff: noqa: D401 -- the docstring of a check is the rule it holds

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

from policytext.corpus.checks.registry import Row, register_row
from policytext.corpus.checks.spans import name
from policytext.taxonomy import load_taxonomy

# GB/T 2260 (county, 6 digits) and the statistical code of towns (9) and villages (12); 11-65 the mainland's
# provinces, 71 Taiwan, 81 Hong Kong, 82 Macao.
_ADCODE = re.compile(r"(?:1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5]|71|81|82)(?:\d{4}|\d{7}|\d{10})")


@register_row("label-unknown", "label", "see annotations/labels.json")
def label_unknown(row: Row) -> Iterator[str]:
    """Categories, attribute values, entity labels and kinds are those of the label set."""
    known = load_taxonomy().category_ids
    for span in row.spans("measures"):
        if isinstance(span.get("category"), str) and span["category"] not in known:
            yield f"no category {span['category']!r}"
    for fault in row.faults if row.file.form == "annotation" else ():
        if fault["type"] == "literal_error":
            yield f"{'.'.join(map(str, fault['loc']))}: no value {fault['input']!r}"


@register_row("layer-undeclared", "label", "add the layer to `layers`: an absent one must not read as an empty one")
def layer_undeclared(row: Row) -> Iterator[str]:
    """A record that says which layers it has annotated names each it has spans of."""
    declared = (row.data or {}).get("layers")
    for layer in ("measures", "entities"):
        if isinstance(declared, list) and layer not in declared and any(row.spans(layer)):
            yield f"has {layer}, but its layers are {', '.join(map(str, declared)) or 'none'}"


def _repeated(spans: Iterator[dict[str, Any]], *keys: str) -> Iterator[dict[str, Any]]:
    seen: Counter[tuple[Any, ...]] = Counter()
    for span in spans:
        mark = (span["start"], span["end"], *(str(span.get(key)) for key in keys))
        seen[mark] += 1
        if seen[mark] == 2:
            yield span


@register_row("duplicate-measure", "label", "label a category once per clause")
def duplicate_measure(row: Row) -> Iterator[str]:
    """A clause has a category once."""
    for span in _repeated(row.spans("measures"), "category"):
        yield f"{name(span)} stands twice"


@register_row("duplicate-entity", "label", "keep one label")
def duplicate_entity(row: Row) -> Iterator[str]:
    """A stretch of the text is one entity."""
    for span in _repeated(row.spans("entities")):
        yield f"{span['start']}-{span['end']} is an entity twice"


@register_row("date-order", "cross", "mend the value: it ends no earlier than it starts")
def date_order(row: Row) -> Iterator[str]:
    """A date's value does not end before it starts."""
    for span, value in _values(row):
        start, end = value.get("start"), value.get("end")
        if isinstance(start, str) and isinstance(end, str) and end < start:
            yield f"{name(span)} goes from {start} to {end}"


@register_row("adcode-form", "cross", "give 6, 9 or 12 digits of GB/T 2260 and the statistical codes below it")
def adcode_form(row: Row) -> Iterator[str]:
    """A code of an administrative area has the form of one."""
    for span, value in _values(row):
        candidates = value.get("candidates")
        codes = [value.get("adcode"), *(candidates if isinstance(candidates, list) else [])]
        for code in codes:
            if code is not None and not (isinstance(code, str) and _ADCODE.fullmatch(code)):
                yield f"{name(span)} has the code {code!r}"


def _values(row: Row) -> Iterator[tuple[dict[str, Any], dict[str, Any]]]:
    for span in row.spans("entities"):
        if isinstance(span.get("value"), dict):
            yield span, span["value"]
