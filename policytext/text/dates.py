"""Where a text speaks of the calendar or the clock: full dates, and every DATE expression of the guidelines."""

from __future__ import annotations

import re
from datetime import date

from policytext.text.numerals import parse_number

_NUMERAL = "[0-9〇零○一二三四五六七八九十廿卅]"
FULL_DATE = re.compile(
    rf"({_NUMERAL}{{4}})\s*(?:年\s*({_NUMERAL}{{1,3}})\s*月\s*({_NUMERAL}{{1,4}})\s*[日号]"
    rf"|([-/.])([01]?\d)\4([0-3]?\d)(?!\d))"
)


def read_full_date(match: re.Match[str]) -> date | None:
    """Return the day that a FULL_DATE match names, or None where the calendar has no such day."""
    year, month, day = match.group(1), match.group(2) or match.group(5), match.group(3) or match.group(6)
    numbers = [parse_number(part) for part in (year, month, day)]
    try:
        return date(*(int(number) for number in numbers if number is not None))
    except (TypeError, ValueError):
        return None


def first_full_date(view: str) -> date | None:
    """Return the first full date in the aligned view, or None."""
    days = (read_full_date(match) for match in FULL_DATE.finditer(view))
    return next((day for day in days if day is not None and 1900 < day.year < 2100), None)


# The grammar, from its parts up. Chinese numerals of one to three signs; a day is 1 to 31 in either script.
_C = "[一二三四五六七八九十廿卅]"
_N = rf"(?:\d{{1,2}}|{_C}{{1,3}})"
_YEAR = (
    r"(?:(?:19|20)\d{2}|[一二][〇零○一二三四五六七八九]{3}|[今去明前本当同]"
    r"|(?<!\d)\d{2}(?=年\s?\d{1,2}月))\s?年(?!级|龄|度|纪|轻|来|味|货|薪|终奖)"
)
_TENTH = "(?:[上中下]旬|月?底|月?初|末|份(?:[上中下]旬|底|初)?)"
_PART_YEAR = r"(?:[年]?[初底末]|[上下]半年|(?:第?[一二三四]季度)|[春夏秋冬]季?)"
# 6号 counts only where a day may follow or the month stands before: 6号楼, 6号线, 第6号 are no days.
_MONTH = rf"{_N}\s?月(?!龄)"
_DAY_OF_MONTH = rf"{_MONTH}\s?(?:{_N}\s?(?:[日号](?!线|楼)|(?=\s?[-—~至到]\s?\d{{1,2}}\s?[日号]))|{_TENTH})?"
_NUMERIC = (
    "(?:"
    + "|".join(
        rf"(?<![\d.])(?:19|20)\d{{2}}{mark}(?:1[0-2]|0?[1-9]){mark}(?:3[01]|[12]\d|0?[1-9])(?!\d)"
        for mark in ("-", "/", r"\.")
    )
    + ")"
)
_BARE_DAY = (
    rf"(?<![\d.月第满续近每过约])(?:3[01]|[12]\d|[1-9]|0[1-9]|二?十{_C}?|三十一?)\s?日(?!\s?[\d一二两三]次"
    rf"|[内均常益夜前本报照趋渐用]|以[内上下])"
    r"|(?<![\d.第])(?:3[01]|[12]\d|[1-9])号(?=[,。、;\s]|[上下中]午|[晚早夜]|凌晨|零时|起|前|之?后"
    r"|\d{1,2}[点时:]|开始|至|到)"
)
_LUNAR = (
    r"(?:农历|阴历)?(?:正月|腊月|(?<=农历)[一二三四五六七八九十冬]{1,2}月)(?:初[一二三四五六七八九十]"
    r"|廿[一二三四五六七八九]?|二?十[一二三四五六七八九]?|三十)?"
    r"|大?年?初[一二三四五六七八](?![级中小年高次步])|大年[三除][十夕]"
)
_FESTIVAL = (
    r"(?:(?:(?:19|20)\d{2}年?|今年|去年|明年)?(?:除夕|元旦|春节|元宵|清明|五一|劳动节|端午|中秋|国庆"
    r"|十一(?=长?假|黄金周|期间)|圣诞|双节|两节))"
    r"(?:节)?(?:(?:小?长)?假期|黄金周|放假)?(?:期间|当[天日]|前夕)?(?:(?<=期间)|(?<=假期)|(?<=[天日])"
    r"|(?<=[夕旦节宵明一午秋庆周]))(?![路街村区镇社大饭酒])"
)
_RELATIVE = (
    rf"(?:[上本下]个?月\s?(?:{_N}[日号]|[上中下]旬)|[今昨明前后当次翌同][天日](?!之)|[今昨当明次](?:早|晚"
    rf"|晨|夜)(?!报)|即日(?!为)|今(?=起)|大前天|[今明后昨]儿|当[年月](?!初)|本[年月]|[上下]个?月(?!球)"
    rf"|[今明去前]年(?!级|度)|[本上下这]个?(?:周|星期)(?:[一二三四五六日天末](?!期)|内)?"
    r"|(?:周|星期|礼拜)[一二三四五六日天末](?!期|圈)|周末)"
)
_PART_OF_DAY = (
    r"(?:凌晨|清晨|早晨|早上|清早|上午|中午|午后|下午|傍晚|晚上|晚间|夜间|夜里|深夜|午夜|[早晚](?=\d|[七八九十]))"
)
_CLOCK = (
    rf"(?:{_PART_OF_DAY}\s?)?(?:\d{{1,2}}\s?(?:[时点](?!\d{{3}}|要求|意见|建议|措施|提示|半?个"
    rf"|以上)(?:\s?(?:\d{{1,2}}\s?分?|半|整|许|左右)(?![\d名人例个天]))?)"
    r"|(?<![\d:])(?:[01]?\d|2[0-4]):[0-5]\d(?::[0-5]\d)?(?![\d:])|零[时点](?:\d{1,2}分)?"
    r"|(?:二?十[一二三四]?|[一二三四五六七八九])时(?![期代刻间候段而常不光有半])(?:整|半)?)"
)
_CLOCK_CHINESE = rf"{_PART_OF_DAY}\s?(?:二?十[一二三四]?|[一二两三四五六七八九])点(?:半|钟|整)?"
_TIME = rf"(?:{_CLOCK_CHINESE}|{_CLOCK}|{_PART_OF_DAY})"
_WEEKDAY = r"(?:\s?\((?:周|星期)[一二三四五六日天](?:[,、]?(?:农历|正月|腊月)[^()]{0,6})?\))"
_DAY = (
    rf"(?:{_NUMERIC}|{_YEAR}\s?{_DAY_OF_MONTH}|{_DAY_OF_MONTH}|{_FESTIVAL}|{_LUNAR}|{_RELATIVE}|{_BARE_DAY}"
    rf"|{_YEAR}{_PART_YEAR}?)"
)
_MOMENT = rf"(?:{_DAY}(?:{_WEEKDAY}?\s?{_TIME}|[早晚夜](?![会餐报班自饭间宵]))?|{_TIME})"
# What may close a range whose unit stands only at its end: 0-24时, 6-8日, 9-11月.
_HEAD = (
    rf"(?:(?:19|20)\d{{2}}[-—–~至](?:19|20)\d{{2}}年|(?:{_DAY}{_WEEKDAY}?\s?"
    rf"|{_YEAR})?{_PART_OF_DAY}?(?<![\d.:])\d{{1,2}}\s?(?:[-—–~]{{1,2}}|至"
    rf"|到)\s?\d{{1,2}}\s?(?:[时点](?!要求|意见|建议|个)|日(?!内)|月(?!龄)))"
)
_LINK = r"\s?(?:起|开始|\()?\s?(?:[-—–~]{1,2}|至|到)\s?"
_RANGE = rf"(?:{_HEAD}(?:\s?{_N}\s?日)?|{_MOMENT})(?:{_LINK}(?:{_HEAD}|{_MOMENT}))?"


# Every character an expression can begin with; the lookahead spares the grammar nine characters in ten.
_OPENERS = (
    "0-9一二三四五六七八九十廿卅零今去明前本当同上下早晚中午傍凌清夜深昨次翌即大农"
    "阴正腊除元春五劳端国圣双两后周星礼这工节年初第"
)
_DATE = re.compile(rf"(?=[{_OPENERS}])(?:{_RANGE})")


def find_dates(view: str) -> list[tuple[int, int]]:
    """Return the (start, end) of each point or span of time in the aligned view, in order, disjoint.

    A range is one span, 即日起 is 即日, times of the clock belong to their day; 目前, 近期, 疫情期间 are none
    (guidelines, section 5).
    """
    return [match.span() for match in _DATE.finditer(view)]
