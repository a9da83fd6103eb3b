"""Where a text names administrative areas: chains of names from the gazetteer, guarded against look-alikes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from importlib.resources import files
from typing import Any, NamedTuple

from policytext.tagging.gazetteer import Area, gazetteer, short_name

# Official names that are also common words or fall out of word boundaries: names only right behind their own city.
_GENERIC = re.compile(
    r"[城郊矿东西南北林港市新]区|[市城][东西南北中]区|(?:新城|老城|城关|开发)区|.[乡镇]|中心(?:镇|街道)|新城镇|保?城镇|集镇|大街街道|工业街道"
)
_ROAD = re.compile(r"[东西南北中一二三四五六七八九十]{0,2}(?:路(?!上|过|途|桥区)|大道|大街|街(?![道头上区])|巷)")
# A suffix that belongs to the next word: 宁波市民, 浙江省委书记, 江阴市长.
_NEXT_WORD = re.compile(
    r"(?<=市)[民场长级区委]|(?<=市)政(?!府|协)|(?<=省)[长委级份]|(?<=[县区])[长委级]|(?<=区)[域间块别]|(?<=县)城区|(?<=[镇乡])[长]"
)
_COMMITTEE = re.compile("委(?:员会|托|派)")
_HAN = re.compile(r"[\u4e00-\u9fff]")

_VERBS = "来返离抵在赴进入出援驻到留往过经"
_CITY_LETTERS = "京津沪渝冀晋鲁豫鄂湘粤桂琼黔滇陇甬杭穗蓉浙皖闽赣"
_ABBREVIATED = re.compile(
    rf"(?<=[{_VERBS}])[{_CITY_LETTERS}](?![剧菜桥瑟女某先])|(?<=[来返赴抵离])(?:[深港澳台](?![圳币元入商口务南州北中])|苏(?!州)|川|汉(?![语族口阳中]))"
    r"|[苏浙皖沪赣湘鄂川渝黔滇粤桂琼陕甘宁京津冀晋鲁豫闽黑吉辽蒙港澳台]{2,4}(?=两?[省市地区]|三地|四省|交界|边界)|京津冀|港澳台?|[江苏]浙沪皖?|沪苏浙皖?|粤港澳|川渝|江浙"
)
_VILLAGE = re.compile(
    r"[\u4e00-\u9fff]{2,4}?(?:社区|村|居委会|嘎查)(?![民级庄道委里镇居内口医卫务])|[\u4e00-\u9fff]{0,4}?(?:经济技术开发区|高新技术产业开发区|经济开发区|经开区|高新区|开发区|保税区|工业园区|示范区|新区)(?!域)"
)
# Function words that no village name holds.
_NO_NAME = re.compile(
    r"[的和与及在为等各有对将并所某该本全每个到是被从至均内外上下]|人民|政府|公司|医院|居民|街道|学校|小区|部分|农村"
)


@lru_cache(maxsize=1)
def _lookalikes() -> dict[str, tuple[str, str]]:
    """Return for a short name the characters that may not stand before it and those that may not stand behind it."""
    lines = files("policytext.data").joinpath("lookalikes.tsv").read_text("utf-8").splitlines()
    rows = [line.split("\t") for line in lines if not line.startswith("#")]
    return {name: (before, behind) for name, before, behind in rows}


def _is_word(name: str) -> bool:
    return _lookalikes().get(name) == ("*", "*")


class _Match(NamedTuple):
    start: int
    end: int
    areas: list[Area]


def _stands_alone(short: str, area: Area) -> bool:
    return area.level != "county" or area.name.endswith("市") or short[-1] in "县旗"


@lru_cache(maxsize=1)
def _automaton() -> tuple[Any, list[list[Area]]]:
    from ahocorasick_rs import AhoCorasick, MatchKind

    table = gazetteer()
    names = {name: table.named(name) for name in table.by_name}
    for name, areas in table.by_short_name.items():
        # District names without their suffix (镇海, 和平) are names in a chain or beside their full form.
        if not _is_word(name) and any(_stands_alone(name, area) for area in areas):
            names.setdefault(name, areas)
    return AhoCorasick(list(names), matchkind=MatchKind.LeftmostLongest), list(names.values())


def _raw_matches(view: str) -> list[_Match]:
    automaton, areas = _automaton()
    return [_Match(start, end, areas[which]) for which, start, end in automaton.find_matches_as_indexes(view)]


def _holds(outer: _Match | None, inner: _Match) -> bool:
    """Tell whether `inner` stands right behind `outer` and may lie in it."""
    if outer is None or outer.end != inner.start:
        return False
    return any(a.holds(b) for a in outer.areas for b in inner.areas)


def _looks_alike(view: str, start: int, end: int) -> bool:
    before, behind = _lookalikes().get(view[start:end], ("", ""))
    return (start > 0 and view[start - 1] in before) or (end < len(view) and view[end] in behind)


def _is_name(view: str, match: _Match, chained: bool) -> bool:
    name = view[match.start : match.end]
    before = view[match.start - 1 : match.start]
    if chained:
        return not _ROAD.match(view, match.end) or any(area.name == name for area in match.areas)
    if _GENERIC.fullmatch(name):
        return False
    if len(name) == 2 and name[1] == "县":
        return not _HAN.match(before) or before in "在从由对赴和及与"
    if _looks_alike(view, match.start, match.end):
        return False
    return any(area.name == name for area in match.areas) or not _ROAD.match(view, match.end)


def _mended(view: str, match: _Match, follower: _Match | None) -> _Match | None:
    """Give a suffix back to the word it belongs to (宁波市民: 宁波); None where no name is left."""
    if (follower and follower.start == match.end) or not _NEXT_WORD.match(view, match.end):
        return match
    if _COMMITTEE.match(view, match.end):
        return match
    name = view[match.start : match.end]
    short = next((short_name(area) for area in match.areas if area.name == name), name)
    if short == name or not name.startswith(short):
        return None if len(name) <= 2 or view[match.end] in "域间块别" else match
    return _Match(match.start, match.start + len(short), match.areas)


def _district(view: str, outer: _Match) -> _Match | None:
    """Return the county named without suffix right behind an area that holds it (宁波镇海), or None."""
    table = gazetteer()
    for length in (4, 3, 2):
        areas = table.by_short_name.get(view[outer.end : outer.end + length], [])
        inner = _Match(outer.end, outer.end + length, areas)
        if areas and _holds(outer, inner) and not _ROAD.match(view, inner.end):
            return inner
    return None


def _names(view: str) -> Iterator[_Match]:
    """Yield the single names in order; names that make a chain touch each other."""
    raw = _raw_matches(view)
    last: _Match | None = None
    for i, match in enumerate(raw):
        follower = raw[i + 1] if i + 1 < len(raw) else None
        if last and match.start < last.end:
            continue
        chained = _holds(last, match)
        found = _mended(view, match, follower) if _is_name(view, match, chained) else None
        if found is None:
            continue
        yield found
        last = found
        if not (follower and follower.start == found.end):
            inner = _district(view, found)
            if inner:
                yield inner
                last = inner


def _chains(view: str) -> list[tuple[int, int]]:
    chains: list[tuple[int, int]] = []
    last: _Match | None = None
    for match in _names(view):
        if _holds(last, match):
            chains[-1] = (chains[-1][0], match.end)
        else:
            chains.append((match.start, match.end))
        last = match
    return chains


def _with_village(view: str, start: int, end: int) -> tuple[int, int]:
    match = _VILLAGE.match(view, end)
    if match and not _NO_NAME.search(match.group()):
        return start, match.end()
    return start, end


def _repeated_districts(view: str, chains: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return where districts that the text names in full stand without their suffix (镇海 where it has 镇海区)."""
    table = gazetteer()
    pieces = {view[start:end][-length:] for start, end in chains for length in (3, 4, 5)}
    stems = {short_name(a) for piece in pieces for a in table.by_name.get(piece, []) if a.level == "county"}
    stems = {stem for stem in stems if len(stem) >= 2 and not _is_word(stem) and not _GENERIC.fullmatch(stem)}
    if not stems:
        return []
    pattern = re.compile("|".join(sorted(stems, key=len, reverse=True)))
    return [
        match.span()
        for match in pattern.finditer(view)
        if not _ROAD.match(view, match.end()) and not _looks_alike(view, *match.span())
    ]


def find_areas(view: str) -> list[tuple[int, int]]:
    """Return the (start, end) of each mention of an administrative area in the aligned view, in order, disjoint.

    A mention is the longest contiguous chain (浙江省宁波市镇海区), with the village or zone right behind it; short
    names (浙江, 甬) count, 全市 and 我区 do not. Source of the names: data/areas.tsv.gz.
    """
    chains = [_with_village(view, *chain) for chain in _chains(view)]
    extra = [match.span() for match in _ABBREVIATED.finditer(view)] + _repeated_districts(view, chains)
    found: list[tuple[int, int]] = []
    # At the same place the longer span wins; a chain starts before what it holds.
    for start, end in sorted(chains + extra, key=lambda span: (span[0], -span[1])):
        if not found or start >= found[-1][1]:
            found.append((start, end))
    return found
