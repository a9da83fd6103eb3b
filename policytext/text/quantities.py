"""Numbers with their units: COUNT (1502例, 50%, 3个) and DURATION (14天, 48小时内, 每两天, 7+7), found and read."""

from __future__ import annotations

import re
from typing import Any

from policytext.text.numerals import parse_number

_ARABIC = r"\d+(?:,\d{3})*(?:\.\d+)?"
_CHINESE = "[零〇一二两三四五六七八九十百千廿]"
_VAGUE = "(?:[数几]+[十百千万亿]+|十几|[数几](?=[人名例家天个位户次]))"
# Digits with a Chinese myriad, Chinese numerals, 数十; 余 and 多 stand between number and unit.
_NUMBER = (
    rf"(?:(?:{_ARABIC}|{_CHINESE}+(?:点{_CHINESE}+)?)(?:[余多]?[百千万]?亿|[余多]?[百千]?万|[百千])?"
    rf"|{_VAGUE})[余多]?\s?"
)
_BETWEEN = r"\s?(?:[-—–~]|至|到)\s?"
_CLASSIFIER = (
    "(?:人次|人份|车次|班次|批次|例次|架次|户次|平方米|平方公里|立方米|公里|千米|公斤|毫升|毫克|厘米|毫米|摄氏度"
    "|个百分点|百分点|美元|美金|港元|港币|欧元|日元|英镑|人民币|元|亩|吨|千克|克|升|米(?!面|粮|饭|粉)|℃"
    "|度(?=[以,。;、)及或]|$)"
    "|个(?!月|小时|工作日|星期|半|钟头|别|性|体|人(?!$|[,。以、;]))"
    "|人(?![民类群才士均们口体性工为身员际力文间防品参大])|名(?![单字称义下录额])|例(?![如外行会])"
    "|位(?![于置])|家(?![庭人长里属政族具园])"
    "|户|所(?![有以在属谓需])|处(?![理置于罚])|座|栋|幢|套|台(?![州湾北])|辆|艘|架|趟|条(?![件例龙])"
    "|项(?![目])|份(?=[^,。]|$)|件(?![套])|批(?![准发])|种|类(?![似])"
    "|张|枝|支(?![持援部付行])|瓶|盒|箱|袋|包(?![括含])|只(?![能有要是])|头|枚|匹|棵|株|块|双"
    "|对(?![于应比照])|剂(?![次量])|剂次|针|岁|倍|桌|席|场(?![所地馆])|次(?![日会数密])|起|宗|笔|股|间"
    "|轮|列|班|幅|篇|封|期(?=[,。])|床|吨|斤|盏|尾|口(?=人))"
)
# 一 with a classifier that makes another word of it.
_NO_COUNT = (
    "一(?:起(?!案|聚|家|疫|涉|输|因|病|突|确|典|违|事)|把|对一|类(?=传|管|响)|件事|次性|条心|条龙|头(?!猪"
    "|牛|羊)|口|度|班|股|块|套|种|系列|刻|份子|包|家亲|只|张|位(?=数)|项项|间|双|处处|支|列)|千家万户"
    "|百家|五一|三人行|十分|一对一"
)
_PERCENT = rf"(?:{_ARABIC}\s?[%‰]|百分之(?:{_CHINESE}+(?:点{_CHINESE}+)?|{_ARABIC}))"
_COUNT = re.compile(
    rf"(?=[\d零〇一二两三四五六七八九十百千廿数几])(?!{_NO_COUNT})(?<![第每逐\dA-Za-z.:/])(?<!\d,)(?<![一二三四五六七八九十百千零])"
    rf"(?:{_PERCENT}(?:{_BETWEEN}{_PERCENT})?|{_NUMBER}{_BETWEEN}{_PERCENT}"
    rf"|(?:{_NUMBER}(?:{_CLASSIFIER})?{_BETWEEN}(?=[\d一二两三四五六七八九十]))?{_NUMBER}(?:{_CLASSIFIER}))"
)

_SPAN_UNIT = (
    r"(?:个?(?:工作日|自然日|小时|钟头|星期)|个(?:多|半)?月|天|昼夜|周(?![岁年边围一二三四五六日末转])"
    r"|分钟|秒钟?|年(?![级度龄代味货底初末前]|\s?\d))"
)
_LENGTH = (
    rf"(?:半(?:个月|天|年|(?:个)?小时|个?钟头)|(?:{_NUMBER}|[数几])(?:个半)?{_SPAN_UNIT}半?"
    rf"|{_CHINESE}+个半(?:小时|月))"
)
_DAYS = rf"(?:{_ARABIC}|{_CHINESE}+)日(?=[以之]?内)|(?:(?<=连续)|(?<=为期)|(?<=满))(?:{_ARABIC}|{_CHINESE}+)日"
_TIMES = rf"(?:各|一)?(?:{_ARABIC}|{_CHINESE}+)[次检测轮]"
_EVERY = (
    rf"每(?:隔)?(?:{_LENGTH}|(?:{_ARABIC}|{_CHINESE}+)日|[天日周月年](?![常报见度均])|个?(?:小时|星期|月"
    rf"|工作日))(?:至少|不少于|[早晚]+)?(?:{_TIMES})?"
)
_DURATION = re.compile(
    rf"(?=[\d零〇一二两三四五六七八九十百千廿数几半每])(?<![\d.第/])(?<!\d,)(?<![一二三四五六七八九十百千])(?!\d{{4}}\s?年)(?<!第\s)"
    rf"(?:{_EVERY}|\d{{1,2}}(?:天)?(?:\+\d{{1,2}}(?:天)?)+(?![\d+例人名个])|(?:{_ARABIC}"
    rf"|{_CHINESE})(?:[天周]|(?<!\d\d)日)(?:内)?(?:{_TIMES})(?!性)"
    rf"|(?:{_NUMBER}{_BETWEEN})?(?:{_LENGTH}{_BETWEEN})?(?:{_LENGTH}|{_DAYS})(?:[以之]?内(?!部|容|科|外|地))?)"
)


_PERIOD = frozenset("天日周月时年")


def find_counts(view: str) -> list[tuple[int, int]]:
    """Return the (start, end) of each COUNT in the aligned view: number and classifier, without 约 and 以上."""
    spans = (match.span() for match in _COUNT.finditer(view))
    # 两次 of 每日两次 belongs to the frequency.
    return [
        (start, end) for start, end in spans if view[end - 1] != "次" or view[max(0, start - 1) : start] not in _PERIOD
    ]


def find_durations(view: str) -> list[tuple[int, int]]:
    """Return the (start, end) of each DURATION (aligned view): lengths with 内, without 后; frequencies."""
    return [match.span() for match in _DURATION.finditer(view)]


_UNITS = {
    "工作日": "working_day", "自然日": "day", "小时": "hour", "钟头": "hour", "星期": "week", "分钟": "minute",
    "昼夜": "day", "天": "day", "日": "day", "周": "week", "月": "month", "年": "year", "秒": "second",
}  # fmt: skip
_ISO = {
    "day": "P{}D",
    "week": "P{}W",
    "month": "P{}M",
    "year": "P{}Y",
    "hour": "PT{}H",
    "minute": "PT{}M",
    "second": "PT{}S",
}
_APPROXIMATE = re.compile("[余多数几]")
# 数十 and 十几 stand for their order of magnitude: 数 and 几 are read as one, 余 and 多 as nothing.
_VAGUE_SIGNS = str.maketrans({"余": "", "多": "", "数": "一", "几": ""})
_NUMERIC_HEAD = re.compile(
    rf"(?:百分之)?((?:{_ARABIC}|{_CHINESE}|[点数几余多半])(?:{_ARABIC}|{_CHINESE}|[点数几余多万亿\s])*)"
)


def _read_number(text: str) -> int | float | None:
    cleaned = re.sub(r"\s", "", text)
    if cleaned.startswith("几"):
        cleaned = "一" + cleaned[1:] if len(cleaned) > 1 else ""
    scaled = re.fullmatch(rf"({_ARABIC})[余多]?([百千])(万?)", cleaned)
    if scaled:  # 3百万: the digits count hundreds
        base = parse_number(scaled[1])
        return None if base is None else _plain(base * {"百": 100, "千": 1000}[scaled[2]] * (10**4 if scaled[3] else 1))
    cleaned = cleaned.translate(_VAGUE_SIGNS)
    return parse_number(cleaned) if cleaned else None


def _plain(value: int | float) -> int | float:
    return int(value) if float(value).is_integer() else value


# 两三个 is two or three, not twenty-three.
_NEIGHBOURS = re.compile("^([一二两三四五六七八])(?=[二三四五六七八九](?![零〇一二三四五六七八九十百千]))")


def _sides(text: str) -> list[str]:
    """Return the one or two numbers of a quantity, the unit with the last."""
    return re.split(_BETWEEN, _NEIGHBOURS.sub(r"\1-", text), maxsplit=1)


def _split_number(text: str) -> tuple[str, str]:
    match = _NUMERIC_HEAD.match(text)
    return (match.group(1), text[match.end() :]) if match else ("", text)


def read_count(quote: str) -> dict[str, Any] | None:
    """Return {"number", "unit"} of a COUNT (aligned view), or None where it holds no number.

    A range has two numbers ([3, 5]); per cent has the unit "%"; 数十例, 20余人 are marked "approximate".
    """
    per_cent = "百分之" in quote or "%" in quote
    sides = _sides(quote.strip())
    heads = [_split_number(side) for side in sides]
    numbers = [_read_number(number) for number, _ in heads]
    if any(number is None for number in numbers):
        return None
    unit = "%" if per_cent else heads[-1][1].strip()
    myriad = next((sign for sign in ("亿", "万") if sign in heads[-1][0] and sign not in heads[0][0]), "")
    if len(numbers) == 2 and myriad and numbers[0] is not None:  # 3-5万元: the myriad is said once
        numbers[0] = _plain(numbers[0] * {"万": 10**4, "亿": 10**8}[myriad])
    value: dict[str, Any] = {"number": numbers[0] if len(numbers) == 1 else numbers, "unit": unit}
    return value | ({"approximate": True} if any(_APPROXIMATE.search(number) for number, _ in heads) else {})


def _unit_of(text: str) -> str | None:
    return next((unit for word, unit in _UNITS.items() if word in text), None)


def _read_length(text: str) -> dict[str, Any] | None:
    unit = _unit_of(text)
    sides = _sides(text)
    numbers = [_read_number(_split_number(side)[0]) for side in sides]
    if unit is None or any(number is None for number in numbers):
        return None
    if len(numbers) == 2:
        return {"number": numbers, "unit": unit}
    number = numbers[0] or 0
    if re.search("个半|[天年月时]半$", text):
        number += 0.5
    value: dict[str, Any] = {"number": number, "unit": unit}
    if unit in _ISO and not _APPROXIMATE.search(text):
        value["iso"] = _ISO[unit].format(number)
    return value | ({"approximate": True} if _APPROXIMATE.search(text) else {})


def _read_frequency(quote: str) -> dict[str, Any] | None:
    match = re.fullmatch(
        rf"(?:每隔?)?(?P<length>.*?[天日周月年时期]半?)内?(?:至少|不少于|[早晚]+)?"
        rf"(?:[各一]?(?P<times>{_ARABIC}|{_CHINESE}+)[次检测轮])?",
        quote,
    )
    if not match or not (quote.startswith("每") or match["times"]):
        return None
    text = match["length"]
    length = _read_length(text if _split_number(text)[0] else "一" + text)
    if length is None:
        return None
    every = {key: length[key] for key in ("number", "unit")}
    return ({"times": parse_number(match["times"])} if match["times"] else {}) | {"every": every}


def read_duration(quote: str) -> dict[str, Any] | None:
    """Return the value of a DURATION (aligned view), or None where it cannot be told.

    A length is {"number", "unit", "iso"}, with "bound": "within" for 内; 7+7 has "parts" (days unless said); a
    frequency is {"every": {"number", "unit"}}, with "times" for 每日两次. Units: year to second, working_day.
    Durations are written by ISO 8601.
    """
    quote = re.sub(r"\s", "", quote)
    if "+" in quote:
        parts = [int(part) for part in re.findall(r"\d{1,3}", quote)]
        return {"parts": parts, "number": sum(parts), "unit": "day", "iso": f"P{sum(parts)}D"} if parts else None
    frequency = _read_frequency(quote)
    if frequency:
        return frequency
    within = re.search("[以之]?内$", quote)
    value = _read_length(quote[: within.start()] if within else quote)
    return value | {"bound": "within"} if value and within else value
