"""One point in time as text writes it: a day or a span of days, and the moment on the clock."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Literal

from policytext.text.lunar import resolve_festival
from policytext.text.numerals import parse_number

Precision = Literal["year", "month", "day", "hour", "minute"]

_N = r"(?:\d{1,2}|[一二三四五六七八九十廿卅]{1,3})"
_YEAR = re.compile(
    r"(?:(?P<full>(?:19|20)\d{2}|[一二][〇零○一二三四五六七八九]{3})|(?P<two>\d{2})|(?P<word>[今去明前本当同]))\s?年度?"
)
_MONTH = re.compile(rf"(?P<month>{_N})\s?月份?|(?P<word>[上本下当])个?月")
_DAY = re.compile(rf"(?P<day>{_N})\s?[日号]?")
NUMERIC = re.compile(r"((?:19|20)\d{2})([-/.])(\d{1,2})\2(\d{1,2})(?!\d)")
_THIRD = {"上旬": (1, 10), "中旬": (11, 20), "下旬": (21, 31), "初": (1, 10), "底": (21, 31), "末": (21, 31)}
_YEAR_PARTS = {
    "上半年": (1, 6), "下半年": (7, 12), "初": (1, 3), "底": (12, 12), "末": (12, 12), "一季度": (1, 3),
    "二季度": (4, 6), "三季度": (7, 9),
    "四季度": (10, 12), "春": (3, 5), "夏": (6, 8), "秋": (9, 11), "冬": (12, 12),
}  # fmt: skip
# 当日, 次日 and their like count from the mention before; 今天, 昨天 from the document's date.
_FROM_ANCHOR = {"大前": -3, "前": -2, "昨": -1, "上": -1, "今": 0, "即": 0, "明": 1, "后": 2}
_FROM_PREVIOUS = {"当": 0, "同": 0, "次": 1, "翌": 1}
_RELATIVE = re.compile(r"(大前|[前昨今即明后当同次翌])(?:[天日儿]|(?=[早晚晨夜])|$)")
_WEEK = re.compile(r"(?P<shift>[本上下这])?个?(?:周|星期|礼拜)(?P<day>[一二三四五六日天末])?内?|(?P<weekend>周末)")
_WEEKDAYS = {"一": 0, "二": 1, "三": 2, "四": 3, "五": 4, "六": 5, "日": 6, "天": 6}
_CLOCK = re.compile(
    r"(?P<part>凌晨|清晨|早晨|早上|清早|上午|中午|午后|下午|傍晚|晚上|晚间|夜间|夜里|深夜|午夜|[早晚晨夜])?\s?"
    r"(?:(?P<hour>\d{1,2}|[零一二两三四五六七八九十]{1,3})\s?(?:[时点]钟?(?:(?P<half>半)|\s?(?P<minute>\d{1,2})分?)?|:(?P<colon>\d{2})(?::\d{2})?|$))?\s?(?:[整许]|左右)?"
)
_AFTERNOON = frozenset(("下午", "午后", "傍晚", "晚上", "晚间", "夜间", "夜里", "深夜", "晚", "夜"))
_WEEKDAY_NOTE = re.compile(r"\((?:周|星期)[^()]*\)")


@dataclass(frozen=True)
class Point:
    """One side of a range: the first and last day it may mean, and the moment on the clock if it has one."""

    first: date
    last: date
    precision: Precision
    moment: datetime | None = None


def _number(text: str) -> int:
    value = parse_number(text)
    return int(value) if value is not None else -1


def safe_date(year: int, month: int, day: int) -> date | None:
    """Return the day, or None where the calendar has none such."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _nearest_year(month: int, day: int, anchor: date) -> date | None:
    """Return the day of a month in the year that brings it closest to the anchor; of equals the past one."""
    days = [found for year in (anchor.year - 1, anchor.year, anchor.year + 1) if (found := safe_date(year, month, day))]
    return min(days, key=lambda found: abs((found - anchor).days), default=None)


def _month_span(year: int, first: int, last: int) -> tuple[date, date]:
    return date(year, first, 1), date(year, last, monthrange(year, last)[1])


def _year_of(match: re.Match[str], anchor: date) -> int:
    if match["full"]:
        return _number(match["full"])
    if match["two"]:
        return 2000 + int(match["two"])
    return anchor.year + {"去": -1, "前": -2, "明": 1}.get(match["word"], 0)


def _bare_day(day: int, anchor: date, previous: date | None) -> date | None:
    """Return the day whose month is left out: the month of the mention before, else the one nearest to the anchor.

    A day more than 20 below the mention before belongs to the next month (12月30日…2日); a mention more than 45 days
    from the anchor gives no month, it is background.
    """
    if previous and abs((previous - anchor).days) <= 45:
        found = safe_date(previous.year, previous.month, day)
        if found and (previous - found).days <= 20:
            return found
        following = previous.replace(day=1) + timedelta(days=32)
        return safe_date(following.year, following.month, day)
    around = [anchor.replace(day=1) + timedelta(days=shift) for shift in (-1, 0, 32)]
    days = [found for month in around if (found := safe_date(month.year, month.month, day))]
    return min(days, key=lambda found: abs((found - anchor).days), default=None)


def _read_month(text: str, year: int | None, anchor: date) -> tuple[Point, str] | None:
    match = _MONTH.match(text)
    if not match:
        return None
    if match["word"]:
        shifted = anchor.replace(day=15) + timedelta(days={"上": -30, "下": 30}.get(match["word"], 0))
        year, month = shifted.year, shifted.month
    else:
        month = _number(match["month"])
    if not 1 <= month <= 12:
        return None
    rest = text[match.end() :].lstrip()
    third = next((bounds for word, bounds in _THIRD.items() if rest.startswith((word, "月" + word))), None)
    if third:
        inside = _nearest_year(month, third[0], anchor) if year is None else date(year, month, third[0])
        if inside is None:
            return None
        last = min(third[1], monthrange(inside.year, month)[1])
        return Point(inside, inside.replace(day=last), "day"), ""
    day = _DAY.match(rest)
    if day:
        found = (
            _nearest_year(month, _number(day["day"]), anchor)
            if year is None
            else safe_date(year, month, _number(day["day"]))
        )
        return (Point(found, found, "day"), rest[day.end() :]) if found else None
    middle = _nearest_year(month, 15, anchor)
    first, last_day = _month_span(year or (middle or anchor).year, month, month)
    return Point(first, last_day, "month"), rest


def _read_year(text: str, anchor: date) -> tuple[Point, str] | None:
    match = _YEAR.match(text)
    if not match:
        return None
    year, rest = _year_of(match, anchor), text[match.end() :].strip()
    if not 1 <= year <= 9998:
        return None
    within = _read_month(rest, year, anchor)
    if within:
        return within
    part = next((bounds for word, bounds in _YEAR_PARTS.items() if rest.lstrip("年第").startswith(word)), None)
    if part:
        return Point(*_month_span(year, *part), "month"), ""
    return Point(*_month_span(year, 1, 12), "year"), rest


def _read_week(text: str, anchor: date) -> tuple[Point, str] | None:
    match = _WEEK.match(text)
    if not match:
        return None
    monday = (
        anchor - timedelta(days=anchor.weekday()) + timedelta(days=7 * {"上": -1, "下": 1}.get(match["shift"] or "", 0))
    )
    rest, name = text[match.end() :], match["day"]
    if name == "末":
        return Point(monday + timedelta(days=5), monday + timedelta(days=6), "day"), rest
    if name:
        day = monday + timedelta(days=_WEEKDAYS[name])
        return Point(day, day, "day"), rest
    return (Point(monday, monday + timedelta(days=6), "day"), rest) if match["shift"] else None


def _read_relative(text: str, anchor: date, previous: date | None) -> tuple[Point, str] | None:
    match = _RELATIVE.match(text)
    if not match:
        return None
    word = match.group(1)
    base = (previous or anchor) if word in _FROM_PREVIOUS else anchor
    day = base + timedelta(days=_FROM_PREVIOUS.get(word, _FROM_ANCHOR.get(word, 0)))
    return Point(day, day, "day"), text[match.end() :]


def _read_numeric(text: str) -> tuple[Point, str] | None:
    match = NUMERIC.match(text)
    day = safe_date(int(match[1]), int(match[3]), int(match[4])) if match else None
    return (Point(day, day, "day"), text[match.end() :]) if match and day else None


def _read_festival(text: str, anchor: date) -> tuple[Point, str] | None:
    for length in range(len(text), 1, -1):
        days = resolve_festival(text[:length], anchor)
        if days:
            return Point(*days, "day"), text[length:].removeprefix("节")
    return None


def _read_bare_day(text: str, anchor: date, previous: date | None) -> tuple[Point, str] | None:
    match = re.match(rf"({_N})\s?[日号]", text)
    day = _bare_day(_number(match[1]), anchor, previous) if match else None
    return (Point(day, day, "day"), text[match.end() :]) if match and day else None


def _read_day(text: str, anchor: date, previous: date | None) -> tuple[Point, str] | None:
    return (
        _read_numeric(text)
        or _read_festival(text, anchor)
        or _read_year(text, anchor)
        or _read_month(text, None, anchor)
        or _read_bare_day(text, anchor, previous)
        or _read_relative(text, anchor, previous)
        or _read_week(text, anchor)
    )


def _with_clock(point: Point, text: str, part: str | None) -> tuple[Point, str | None] | None:
    """Return the point with the time of day that `text` states, and the part of the day it is in."""
    match = _CLOCK.fullmatch(text)
    if match is None:
        return None
    part = match["part"] or part
    if match["hour"] is None:
        return point, part
    hour = _number(match["hour"])
    minute = 30 if match["half"] else int(match["minute"] or match["colon"] or 0)
    if part in _AFTERNOON and hour < 12:
        hour += 12
    if not (0 <= hour <= 24 and 0 <= minute < 60):
        return None
    moment = datetime.combine(point.last, time()) + timedelta(hours=hour, minutes=minute)
    return replace(
        point, moment=moment, precision="minute" if match["minute"] or match["colon"] or minute else "hour"
    ), part


def read_point(
    text: str, anchor: date, previous: date | None, part: str | None = None
) -> tuple[Point, str | None] | None:
    """Return the point in time that `text` (aligned view) names and the part of the day it is in, or None.

    `anchor` is the document's date, `previous` the day of the mention before, `part` the part of the day the range
    began in (上午9时至11时).
    """
    text = _WEEKDAY_NOTE.sub("", text).strip()
    read = _read_day(text, anchor, previous)
    if read is None:
        day = previous or anchor
        read = Point(day, day, "day"), text
    point, rest = read
    rest = rest.strip()
    if not rest:
        return None if rest == text else (point, None)
    return _with_clock(point, rest, part)
