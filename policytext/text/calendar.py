"""From a DATE expression to days and hours: ISO 8601 start and end, by the document's date and the mention before."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Any, Literal

from policytext.text.dates import first_full_date
from policytext.text.layout import Layout
from policytext.text.points import NUMERIC, Point, Precision, read_point, safe_date

_LINK = re.compile(r"\s?(?:起|开始)?\s?(?:[-—–~]{1,2}|至|到)\s?")
_OPENING = re.compile(r"^(?:自|从|于|由)\s?")
_UNTIL = re.compile(r"^(?:截至|截止到?|直到|至|到)\s?")
_SINCE = re.compile(r"\s?(?:起|开始|以来|以后|之后|后)$")
_STOP = re.compile(r"\s?(?:止|为止|以前|之前|前)$")
_CONTINUED = ("年", "月", "日", "号", "时", "点")
_END_CONDITION = re.compile(
    r"另行(?:通知|通告|公告)|疫情(?:解除|结束|形势好转)|(?:解除|恢复)时间待定|视疫情[^,。;]{0,10}(?:定|调整)"
)


@dataclass(frozen=True)
class DateValue:
    """What a DATE stands for.

    `start` and `end` are ISO 8601: both inclusive days (2021-12-06) for day precision and coarser; moments
    (2021-12-06T00:00) for hour and minute, where 24时 is the next day's 00:00. `open` names the side that the text
    leaves open (…起: "end"; 截至…: "start"), and that side is None.
    """

    start: str | None
    end: str | None
    precision: Precision
    open: Literal["start", "end"] | None = None

    def to_dict(self) -> dict[str, Any]:
        """Return the value as records keep it, absent sides left out."""
        return {key: value for key, value in vars(self).items() if value is not None}


def _complete_head(head: str, tail: str) -> str:
    """Give the head of a range the unit that stands only at its tail: 0-24时, 10-15日, 2020-2021年."""
    if head and head[-1].isdigit():
        unit = next((char for char in tail if char in _CONTINUED), "")
        # 12月6日0-24时: the head's last number is of the tail's unit, unless a colon tells the clock already.
        return head + unit if ":" not in head[-3:] and not NUMERIC.fullmatch(head) else head
    return head


def _value(point: Point, side: str) -> str:
    if point.moment:
        return point.moment.isoformat(timespec="minutes")
    return (point.first if side == "start" else point.last).isoformat()


def _range(first: Point, last: Point) -> DateValue:
    if (first.moment is None) != (last.moment is None):  # 即日起至12月14日24时: a day opens at 0时, closes at 24时
        opening = first.moment or datetime.combine(first.first, time())
        closing = last.moment or datetime.combine(last.last, time()) + timedelta(days=1)
        precision: Precision = (first if first.moment else last).precision
        return DateValue(opening.isoformat(timespec="minutes"), closing.isoformat(timespec="minutes"), precision)
    finer = "minute" if "minute" in (first.precision, last.precision) else last.precision
    return DateValue(_value(first, "start"), _value(last, "end"), finer)


def _resolve_range(head: str, tail: str, anchor: date, previous: date | None) -> DateValue | None:
    first = read_point(_complete_head(head, tail), anchor, previous)
    if first is None:
        return None
    opening = first[0].moment.date() if first[0].moment else first[0].first
    last = read_point(tail, anchor if abs((opening - anchor).days) <= 45 else opening, first[0].first, first[1])
    if last is None:
        return None
    point = last[0]
    if point.moment and first[0].moment and point.moment < first[0].moment:  # 22时至次日6时, said without 次日
        point = replace(point, moment=point.moment + timedelta(days=1))
    value = _range(first[0], point)
    return value if value.start is None or value.end is None or value.start[:10] <= value.end[:10] else None


def _split_range(text: str) -> tuple[str, str] | None:
    for match in _LINK.finditer(text):
        head, tail = text[: match.start()], text[match.end() :]
        if head and tail and not re.fullmatch(r"(?:19|20)\d{2}(?:-\d{1,2})?", head):
            return head, tail
        if head and re.fullmatch(r"(?:19|20)\d{2}年", tail):
            return head, tail
    return None


def resolve_date(expression: str, anchor: date, previous: date | None = None) -> DateValue | None:
    """Return what a DATE expression (aligned view) stands for, or None where it cannot be told.

    `anchor` is the document's date, `previous` the day of the mention before, for what is left out (6日, 当日, 12时).
    The expression may bring the words around it that open a side: 自…起, …止, 截至… (see `widen_date`).
    """
    try:
        return _resolve(expression.strip(), anchor, previous)
    except OverflowError:  # a day outside the years 1 to 9999
        return None


def _resolve(text: str, anchor: date, previous: date | None) -> DateValue | None:
    until = bool(_UNTIL.match(text)) or bool(_STOP.search(text))
    text = _STOP.sub("", _UNTIL.sub("", _OPENING.sub("", text)))
    parts = _split_range(text)
    if parts:
        return _resolve_range(*parts, anchor, previous)
    since = bool(_SINCE.search(text))
    read = read_point(_SINCE.sub("", text), anchor, previous)
    if read is None:
        return None
    point = read[0]
    value = DateValue(_value(point, "start"), _value(point, "end"), point.precision)
    if since:
        return replace(value, end=None, open="end")
    return replace(value, start=None, open="start") if until else value


def widen_date(view: str, start: int, end: int) -> str:
    """Return a DATE span with the words around it that leave a side open: 截至, 起, 止 and their like."""
    before = re.search(r"(?:截至|截止到?|直到)\s?$", view[max(0, start - 4) : start])
    behind = re.match(r"\s?(?:起(?!草|来|飞|步|床)|开始|以来|止|为止|前(?!往|后|来|台|期|方))", view[end : end + 3])
    return (before.group() if before else "") + view[start:end] + (behind.group() if behind else "")


def day_of(value: DateValue) -> date | None:
    """Return the day that a later, elided mention counts from: the range's last day, 24时 taken as its own day."""
    edge = value.end or value.start
    if edge is None:
        return None
    moment = datetime.fromisoformat(edge)
    is_midnight = "T" in edge and moment.time() == time() and value.end is not None and value.start != value.end
    return (moment - timedelta(days=1)).date() if is_midnight else moment.date()


def end_condition(clause: str) -> dict[str, str] | None:
    """Return {"end_condition": words} where a clause (aligned view) leaves its end to a later notice, else None."""
    match = _END_CONDITION.search(clause)
    return {"end_condition": match.group()} if match else None


def document_date(layout: Layout, given: str | None = None) -> date | None:
    """Return the document's day: the given metadata's, else its date line's, else that of "12月7日消息" with a year."""
    if given:
        stated = first_full_date(given)
        if stated:
            return stated
    if layout.date:
        return date.fromisoformat(layout.date)
    news = re.search(r"(\d{1,2})月(\d{1,2})日(?=电|讯|消息|,记者|\(记者|从)", layout.view)
    year = re.search(r"(?<!\d)(20\d{2})年?(?=\D)", layout.view)
    return safe_date(int(year[1]), int(news[1]), int(news[2])) if news and year else None
