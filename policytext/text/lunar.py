"""Festivals and lunar days by the civil calendar. Sources: the comment in data/calendar.json; years 2018-2026."""

from __future__ import annotations

import json
import re
from datetime import date, timedelta
from functools import lru_cache
from importlib.resources import files
from typing import Any

from policytext.text.numerals import parse_number

_FESTIVALS = {
    "元旦": "元旦", "春节": "春节", "清明": "清明", "五一": "劳动", "劳动节": "劳动", "端午": "端午", "中秋": "中秋",
    "国庆": "国庆", "十一": "国庆", "圣诞": "圣诞",
}  # fmt: skip
# The day itself: (month, day), by the civil or by the lunar calendar.
_CIVIL_DAYS = {"元旦": (1, 1), "劳动": (5, 1), "国庆": (10, 1), "圣诞": (12, 25)}
_LUNAR_DAYS = {"春节": (1, 1), "元宵": (1, 15), "端午": (5, 5), "中秋": (8, 15)}
_MONTHS = {"正": 1, "冬": 11, "腊": 12}
_NEW_YEAR_DAYS = re.compile(r"(?:大?年)?初([一二三四五六七八九十])")
_LUNAR_DATE = re.compile(r"(?:农历|阴历)?([正冬腊]|[一二三四五六七八九十]{1,2})月(初?)(.*)")

# Spares the many dates without a festival the search through three years.
_SIGNS = re.compile("[旦春节宵清五午秋庆诞初历正腊夕]|十一(?!月)|年三十")


@lru_cache(maxsize=1)
def _tables() -> dict[str, Any]:
    tables: dict[str, Any] = json.loads(files("policytext.data").joinpath("calendar.json").read_text("utf-8"))
    return tables


def lunar_day(year: int, month: int, day: int) -> date | None:
    """Return the civil day of a lunar day, leap months aside; None outside the table or beyond the month's end."""
    entry = _tables()["lunar"].get(str(year))
    if entry is None or not 1 <= month <= 12:
        return None
    index = month - 1 + (1 if entry.get("leap", 13) < month else 0)
    if not 1 <= day <= entry["months"][index]:
        return None
    return date.fromisoformat(entry["first"]) + timedelta(days=sum(entry["months"][:index]) + day - 1)


def holiday(year: int, name: str) -> tuple[date, date] | None:
    """Return the first and last day off of a festival, or None where the table has none."""
    days = _tables()["holidays"].get(str(year), {}).get(name)
    return (date.fromisoformat(days[0]), date.fromisoformat(days[1])) if days else None


def _festival_day(year: int, name: str) -> date | None:
    if name in _LUNAR_DAYS:
        return lunar_day(year, *_LUNAR_DAYS[name])
    if name in _CIVIL_DAYS:
        return date(year, *_CIVIL_DAYS[name])
    days = holiday(year, name)
    return days[0] if days else None


def _festival(expression: str, year: int) -> tuple[date, date] | None:
    if "除夕" in expression or expression.endswith(("年三十", "年三十夕")):
        first = lunar_day(year, 1, 1)
        return (first - timedelta(days=1),) * 2 if first else None
    if "元宵" in expression:
        day = lunar_day(year, 1, 15)
        return (day, day) if day else None
    name = next((name for word, name in _FESTIVALS.items() if word in expression), None)
    if name is None:
        return None
    if re.search("期间|假|黄金周", expression):
        return holiday(year, name)
    day = _festival_day(year, name)
    return (day, day) if day else None


def _lunar_expression(expression: str, year: int) -> tuple[date, date] | None:
    if short := _NEW_YEAR_DAYS.fullmatch(expression):
        day = lunar_day(year, 1, int(parse_number(short.group(1)) or 0))
        return (day, day) if day else None
    match = _LUNAR_DATE.fullmatch(expression)
    if match is None:
        return None
    month = _MONTHS.get(match.group(1)) or int(parse_number(match.group(1)) or 0)
    # The twelfth month of a lunar year lies in the next civil year.
    lunar_year = year - 1 if month == 12 else year
    if not match.group(3):
        first = lunar_day(lunar_year, month, 1)
        last = first and (lunar_day(lunar_year, month, 30) or lunar_day(lunar_year, month, 29))
        return (first, last) if first and last else None
    day = lunar_day(lunar_year, month, int(parse_number(match.group(3)) or 0))
    return (day, day) if day else None


def resolve_festival(expression: str, anchor: date) -> tuple[date, date] | None:
    """Return the first and last day of a festival or lunar day (aligned view), in its own year or the nearest one."""
    if not _SIGNS.search(expression):
        return None
    stated = re.match(r"(\d{4})年?", expression)
    relative = {"去年": -1, "今年": 0, "明年": 1}.get(expression[:2])
    bare = re.sub(r"^(?:\d{4}年?|[今去明]年)", "", expression)
    if stated:
        years = [int(stated.group(1))]
    else:
        years = [anchor.year + relative] if relative is not None else [anchor.year - 1, anchor.year, anchor.year + 1]
    spans = [span for year in years if (span := _festival(bare, year) or _lunar_expression(bare, year))]
    return min(spans, key=lambda span: abs((span[0] - anchor).days), default=None)
