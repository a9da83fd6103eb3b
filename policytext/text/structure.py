"""The known structure of an article: what each sentence is, and the notices that stand inside it."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from typing import NamedTuple

from policytext.text.dates import FULL_DATE, first_full_date

_COUNTING = "一二三四五六七八九十百"
# What opens a numbered item: 一、 (一) 1. ① 第三条, and the orator's 一要, 二是, 三个.
ITEM_MARK = re.compile(
    rf"(?:第?[{_COUNTING}]+[、.．:]|[(（](?:[{_COUNTING}]+|\d{{1,2}})[)）]|\d{{1,2}}(?:[、．)）]|\.(?!\d))"
    rf"|[①-⑳⑴-⒇]|第[{_COUNTING}\d]+条|[{_COUNTING}](?:要|是)(?!否)|[●•◆■▶★])"
)
_SOURCE = re.compile(
    r"[(\[【]?(?:责任编辑|责编|编辑|图片来源|信息来源|稿件来源|来源|原标题|审核|校对|监制|制作|供稿|转自|作者|记者|摄影|撰文|文字)\s*[:/|]"
    r"|(?:文章来源|新闻来源)|相关(?:文章|阅读|新闻|链接|推荐)|延伸阅读|推荐阅读|返回顶部|打印本页|关闭窗口|分享到|扫一扫|版权所有|点击进入"
)
_DATE_LINE = re.compile(
    rf"(?:发布(?:时间|日期):|时间:|[(])?\s*{FULL_DATE.pattern}\s*(?:\d{{1,2}}[:时]\d{{0,2}}分?)?[)]?(?:印发|发布)?"
)
_BODY_NAME = (
    "指挥部|领导小组|工作专班|专班|办公室|委员会|人民政府|政府|厅|局|部|委|院|中心|公司|集团|学校|大学|中学|小学|街道办事处|办事处"
    "|街道办|居委会|村委会|社区|党委|党组|支部|工作组|总站|协会|学会|联合会|红十字会|银行|法院|检察院|出版社|新闻办|防控办|疫情办"
)
_SIGNATURE = re.compile(rf"[^。!?;,:]{{2,60}}(?:{_BODY_NAME})(?:[(][^()]{{1,20}}[)])?")
_SALUTATION = re.compile(
    r"(?:[^。!?;,]{0,40}(?:居民|市民|村民|群众|朋友|同志|同胞|乡亲|家长|师生|学生|业主|旅客|患者|单位|企业|部门|街道|社区|公司|商户|医院|政府|办事处|委员会|党委|厅|局)[^。!?;,:]{0,12}(?:们)?"
    r"|各[^。!?;]{2,80}|(?:尊敬|亲爱|敬爱)的[^。!?;]{1,40}|[^。!?;,]{0,6}广大[^。!?;,]{1,30})[:!]"
)
_NOTICE_TITLE = re.compile(
    r"[^。!?;:\n]{0,70}(?:通告|通知|公告|通报|命令|令|决定|意见|方案|倡议书|公开信|一封信|提示|提醒|指引|指南|办法|规定)"
    r"\s*(?:[(][^()]{1,20}[)]|第?\s*[\d一二三四五六七八九十]+\s*号)?"
)
# Words that take the text from a notice back to the news around it.
_NEWS_RESUMES = re.compile(
    r"(?:另|又|此外,?|同时,?)?据[^。]{0,25}(?:消息|报道|通报|介绍|获悉|了解)|[^。,]{0,6}记者|新京报|新华社|央视|中新|综合|当日,|【"
)

# A heading is one short line that ends without a stop; titles of real notices reach 60 characters, headings 40.
_HEADING_LENGTH = 60


class Line(NamedTuple):
    """A line of the text (start, end: code points, edges without blanks) and what it is in the structure."""

    start: int
    end: int
    kind: str


class NoticeSpan(NamedTuple):
    """A notice inside an article; `title`, `issuer` and `date_line` are (start, end) or None."""

    start: int
    end: int
    title: tuple[int, int]
    issuer: tuple[int, int] | None
    date_line: tuple[int, int] | None


_LINES = re.compile(r"[^\n\r\v\f\x1c\x1d\x1e\x85\u2028\u2029]+")


def _kind(line: str, first: bool) -> str:
    if _DATE_LINE.fullmatch(line):
        return "date"
    if _SOURCE.match(line) and len(line) < 80:
        return "source"
    if _SALUTATION.fullmatch(line):
        return "salutation"
    return _kind_by_form(line, first)


def _kind_by_form(line: str, first: bool) -> str:
    """Return the kind of a line that no pattern of its own tells: by its end, its length and its opening."""
    open_end = line[-1] not in "。!?;,:、…”"
    signs = _SIGNATURE.fullmatch(line) and not _NOTICE_TITLE.fullmatch(line) and not ITEM_MARK.match(line)
    if open_end and signs and not first:
        return "signature"
    if open_end and len(line) <= _HEADING_LENGTH and (first or "," not in line):
        return "heading"
    return "item" if ITEM_MARK.match(line) else "body"


def read_lines(view: str) -> list[Line]:
    """Return the lines of the aligned view that hold anything, each with its kind (see `records.SentenceKind`)."""
    lines: list[Line] = []
    for match in _LINES.finditer(view):
        text = match.group()
        stripped = text.strip()
        if stripped:
            start = match.start() + len(text) - len(text.lstrip())
            lines.append(Line(start, start + len(stripped), _kind(stripped, not lines)))
    return lines


def sentence_kinds(view: str, sentences: Sequence[tuple[int, int]], lines: Sequence[Line]) -> list[str]:
    """Return for each sentence what it is: its line's kind; in run-on text, `item` from an item's mark on."""
    starts = [line.start for line in lines]
    kinds: list[str] = []
    for start, end in sentences:
        kind = lines[bisect_right(starts, start) - 1].kind
        if kind == "body" and ITEM_MARK.match(view, start, end):
            kind = "item"
        elif kind in {"heading", "signature"} and view[end - 1] in "。!?;":
            kind = "body"
        kinds.append(kind)
    return kinds


def _is_title(view: str, line: Line) -> bool:
    text = view[line.start : line.end].strip("《》<>【】 ")
    return line.kind == "heading" and len(text) >= 4 and bool(_NOTICE_TITLE.fullmatch(text))


def _closing(view: str, lines: Sequence[Line], first: int, stop: int) -> int:
    """Return the index behind the last line of the notice whose title is line `first`."""
    for i in range(first + 1, stop):
        text = view[lines[i].start : lines[i].end]
        if lines[i].kind == "date" and i > first + 2:
            return i + 1
        if lines[i].kind == "source" or (i > first + 1 and lines[i].kind == "body" and _NEWS_RESUMES.match(text)):
            return i
    return stop


def find_notices(view: str, lines: Sequence[Line]) -> list[NoticeSpan]:
    """Return the notices of the article in order: from a title line to its date line, or to where the news resumes."""
    titles = [i for i, line in enumerate(lines) if _is_title(view, line)]
    notices: list[NoticeSpan] = []
    for place, first in enumerate(titles):
        stop = titles[place + 1] if place + 1 < len(titles) else len(lines)
        last = _closing(view, lines, first, stop)
        if last - first < 3:  # a title and one line is a headline or a link, not a notice
            continue
        body = lines[first + 1 : last]
        signature = next((line for line in reversed(body) if line.kind == "signature"), None)
        dated = next((line for line in reversed(body) if line.kind == "date"), None)
        title = (lines[first].start, lines[first].end)
        notices.append(
            NoticeSpan(
                title[0],
                body[-1].end,
                title,
                signature and signature[:2],
                dated and dated[:2],
            )
        )
    return notices


def article_date(view: str, lines: Sequence[Line]) -> str | None:
    """Return the ISO day of the article's date line if it has one, else of the first full date, or None."""
    dated = [line for line in lines if line.kind == "date"]
    places = [view[line.start : line.end] for line in (dated[:1] or lines)]
    days = (first_full_date(place) for place in places)
    found = next((day for day in days if day), None)
    return found.isoformat() if found else None
