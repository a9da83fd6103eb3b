"""Numbers as Chinese text writes them: digits, Chinese numerals, 万 and 亿, mixtures of them."""

from __future__ import annotations

import re

_WRITTEN = ("零〇○0", "一壹1", "二贰两2", "三叁3", "四肆4", "五伍5", "六陆6", "七柒7", "八捌8", "九玖9")
_DIGITS = {char: value for value, chars in enumerate(_WRITTEN) for char in chars}
_UNITS = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000}
_MYRIADS = {"万": 10**4, "亿": 10**8}
_TENS = {"廿": "二十", "卅": "三十"}
_ARABIC = re.compile(r"\d+(?:,\d{3})*(?:\.\d+)?")

NUMERAL_CHARS = "".join(_DIGITS) + "".join(_UNITS) + "".join(_MYRIADS) + "".join(_TENS)


def parse_number(text: str) -> int | float | None:
    """Return the value of `text` in the aligned view, or None where it is no number.

    Reads 1502, 1,502, 3.5万, 一百二十, 二〇二一, 两千三, 十几 (None), 半 (0.5).
    """
    text = "".join(_TENS.get(char, char) for char in text.strip())
    if text == "半":
        return 0.5
    for sign, size in sorted(_MYRIADS.items(), key=lambda item: -item[1]):
        if sign in text:
            head, tail = text.split(sign, 1)
            return _join_myriads(head, tail, size)
    return _parse_small(text)


def _join_myriads(head: str, tail: str, size: int) -> int | float | None:
    high = _parse_small(head) if head else None
    low = (parse_number(tail) if tail else 0) if head else None
    if high is None or low is None:
        return None
    if len(tail) == 1 and tail in _DIGITS and not tail.isascii():  # 三万五 is 35,000
        low *= size // 10
    return _plain(high * size + low)


def _parse_small(text: str) -> int | float | None:
    if _ARABIC.fullmatch(text):
        return _plain(float(text.replace(",", "")))
    if "点" in text:
        whole, fraction = text.split("点", 1)
        digits = "".join(str(_DIGITS.get(char, "")) for char in fraction)
        base = _parse_small(whole)
        return None if base is None or len(digits) != len(fraction) or not digits else float(f"{base}.{digits}")
    if text and all(char in _DIGITS for char in text):
        return int("".join(str(_DIGITS[char]) for char in text))
    return _parse_units(text)


def _parse_units(text: str) -> int | None:
    total, digit, last_unit = 0, None, 0
    for char in text:
        if char in _DIGITS:
            digit = _DIGITS[char]
        elif char in _UNITS:
            last_unit = _UNITS[char]
            total += (1 if digit is None else digit) * last_unit
            digit = None
        else:
            return None
    if digit:  # 两千三 is 2,300, 一百零三 is 103
        total += digit * (last_unit // 10 if last_unit > 10 and text[-2] in _UNITS else 1)
    return total if text else None


def _plain(value: float) -> int | float:
    return int(value) if float(value).is_integer() else value
