"""Put the annotated values of dates and areas into the gold of dev and test.

The values lie in annotations/values/dates.tsv (id, start, first day, last day; a side left empty is open) and areas.tsv
(id, start, the area's chain of names): read and judged by an annotator, not by the package's own resolver. A chain's
code is looked up by its names, which leaves nothing to judge.
"""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

from policytext.records import Annotation
from policytext.tagging.gazetteer import gazetteer

ROOT = Path(__file__).resolve().parents[1]


def read_values(name: str) -> dict[tuple[str, int], list[str]]:
    """Return the rows of a file of values by document id and start offset."""
    with (ROOT / "annotations" / "values" / name).open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file, delimiter="\t"))[1:]
    return {(row[0], int(row[1])): row[2:] for row in rows}


def code_of(chain: str) -> str | None:
    """Return the code of a chain of names such as 浙江省/宁波市/镇海区, or None where the table has no such chain."""
    table, names = gazetteer(), chain.split("/")
    for area in table.named(names[-1]):
        held = {above.name for above in table.ancestors(area)}
        if set(names[:-1]) <= held:
            return area.code
    return None


def value_of(entity: dict[str, Any], key: tuple[str, int], dates: Any, areas: Any) -> dict[str, str] | None:
    """Return the annotated value of an entity, or None."""
    if entity["label"] == "DATE" and key in dates:
        first, last = dates[key]
        return {name: day for name, day in (("start", first), ("end", last)) if day} or None
    code = code_of(areas[key][0]) if entity["label"] == "ADMIN" and key in areas else None
    return {"adcode": code} if code else None


def main() -> None:
    dates, areas = read_values("dates.tsv"), read_values("areas.tsv")
    for split in ("dev", "test"):
        path = ROOT / "annotations" / "gold" / f"real-{split}.jsonl"
        rows, given = [], 0
        for line in path.read_text("utf-8").splitlines():
            row = json.loads(line)
            for entity in row.get("entities", []):
                value = value_of(entity, (row["id"], entity["start"]), dates, areas)
                entity.pop("value", None)
                if value:
                    entity["value"], given = value, given + 1
            rows.append(Annotation.model_validate(row).to_json())
        path.write_text("\n".join(rows) + "\n", "utf-8")
        print(f"{path.name}: {given} values")


if __name__ == "__main__":
    main()
