"""The table of administrative areas: names, codes, years, successors, province to township."""

from __future__ import annotations

import gzip
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache
from importlib.resources import files
from typing import NamedTuple

from policytext.text.view import aligned_view

LEVELS = ("province", "city", "county", "town")

_PEOPLES = (
    "壮族|回族|维吾尔|维吾尔族|蒙古族|蒙古|藏族|朝鲜族|土家族|苗族|羌族|彝族|布依族|侗族|哈尼族|傣族|白族|景颇族|傈僳族|哈萨克族|哈萨克"
    "|柯尔克孜|满族|瑶族|畲族|黎族|水族|仡佬族|佤族|拉祜族|纳西族|独龙族|怒族|普米族|布朗族|各族|东乡族|保安族|撒拉族|土族|裕固族|锡伯|塔吉克"
    "|达斡尔族|鄂温克族|毛南族|仫佬族"
)
_SUFFIX = re.compile(
    rf"(?:(?:{_PEOPLES})*自治[区州县旗]|特别行政区|新区|林区|特区|地区|省|市|盟|区|县|旗)$",
)
# One-character names and the city names that notices shorten to one character, with the code each stands for.
ABBREVIATIONS = {
    "京": "110000", "津": "120000", "冀": "130000", "晋": "140000", "蒙": "150000", "辽": "210000", "吉": "220000",
    "黑": "230000", "沪": "310000", "苏": "320000", "浙": "330000", "皖": "340000", "闽": "350000", "赣": "360000",
    "鲁": "370000", "豫": "410000", "鄂": "420000", "湘": "430000", "粤": "440000", "桂": "450000", "琼": "460000",
    "渝": "500000", "川": "510000", "蜀": "510000", "黔": "520000", "贵": "520000", "滇": "530000", "云": "530000",
    "藏": "540000", "陕": "610000", "秦": "610000", "甘": "620000", "陇": "620000", "青": "630000", "宁": "640000",
    "新": "650000", "台": "710000", "港": "810000", "澳": "820000",
    "甬": "330200", "杭": "330100", "穗": "440100", "深": "440300", "汉": "420100", "蓉": "510100", "榕": "350100",
    "厦": "350200", "温": "330300",
}  # fmt: skip


class Area(NamedTuple):
    """An administrative area under one of its names.

    `name` is in the aligned view, in which texts are matched; `official` keeps characters the view changes.
    `first` and `last` are the first and last year at whose end it was in the table; None is unknown or open.
    """

    code: str
    level: str
    name: str
    parent: str
    first: int | None
    last: int | None
    successor: str
    official: str

    def is_valid(self, year: int) -> bool:
        """Tell whether a text of `year` may speak of the area as existing; the year of abolition counts."""
        return (self.first is None or self.first <= year) and (self.last is None or year <= self.last + 1)

    def holds(self, other: Area) -> bool:
        """Tell whether `other` may lie in this area: a lower level, and the same province or city by its code.

        Counties trade towns within a city, so a town has to share the county's city only.
        """
        if LEVELS.index(other.level) <= LEVELS.index(self.level):
            return False
        return other.code.startswith(self.code[:2] if self.level == "province" else self.code[:4])


def short_name(area: Area) -> str:
    """Return the name without what says the kind of area (宁波市: 宁波), or the name where too little would be left."""
    if area.level == "town":
        return area.name
    stem = _SUFFIX.sub("", area.name)
    return stem if len(stem) >= 2 else area.name


def short_names(area: Area) -> set[str]:
    """Return what the area is called for short: without suffix and peoples, an autonomous one also with 州 or 县."""
    stem = short_name(area)
    return {stem, stem + area.name[-1]} if "自治" in area.name and area.level != "province" else {stem}


@dataclass(frozen=True)
class Gazetteer:
    """All areas of the table."""

    areas: tuple[Area, ...]

    @cached_property
    def by_code(self) -> dict[str, list[Area]]:
        """The areas of a code, its current name first."""
        return _grouped((area.code, area) for area in sorted(self.areas, key=lambda a: -(a.last or 9999)))

    @cached_property
    def by_name(self) -> dict[str, list[Area]]:
        """The areas of a full name, as the aligned view writes it."""
        return _grouped((area.name, area) for area in self.areas)

    @cached_property
    def by_short_name(self) -> dict[str, list[Area]]:
        """The provinces, cities and counties that a name without suffix may mean."""
        pairs = ((name, area) for area in self.areas if area.level != "town" for name in short_names(area))
        return _grouped((name, area) for name, area in pairs if name != area.name)

    def current(self, code: str) -> Area | None:
        """Return the area of a code under its latest name, or None where the table has no such code."""
        found = self.by_code.get(code)
        return found[0] if found else None

    def named(self, name: str) -> list[Area]:
        """Return every area that `name` (full, short, or one character; aligned view) may mean."""
        if name in ABBREVIATIONS:
            area = self.current(ABBREVIATIONS[name])
            return [area] if area else []
        return self.by_name.get(name, []) + self.by_short_name.get(name, [])

    def ancestors(self, area: Area) -> Iterator[Area]:
        """Yield the areas that hold `area`, the smallest first."""
        parent = self.current(area.parent)
        while parent:
            yield parent
            parent = self.current(parent.parent)

    def full_name(self, area: Area) -> str:
        """Return the name with the names of all areas that hold it (浙江省宁波市镇海区)."""
        return "".join([*(a.official for a in reversed(list(self.ancestors(area)))), area.official])


def _grouped(pairs: Iterator[tuple[str, Area]]) -> dict[str, list[Area]]:
    groups: dict[str, list[Area]] = {}
    for key, area in pairs:
        groups.setdefault(key, []).append(area)
    return groups


def _read_area(line: str, view: str) -> Area:
    code, level, official, parent, first, last, successor = line.split("\t")
    name = view.split("\t")[2]
    return Area(
        code, level, name, parent, int(first) if first else None, int(last) if last else None, successor, official
    )


@lru_cache(maxsize=1)
def gazetteer() -> Gazetteer:
    """Return the table, read once. Source: the header of data/areas.tsv.gz."""
    table = gzip.decompress(files("policytext.data").joinpath("areas.tsv.gz").read_bytes()).decode()
    pairs = zip(table.splitlines(), aligned_view(table).splitlines(), strict=True)
    return Gazetteer(tuple(_read_area(line, view) for line, view in pairs if not line.startswith("#")))
