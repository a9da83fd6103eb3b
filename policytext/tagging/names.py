"""Finders of names by their form: titles in 《》, persons beside their office, bodies and places by their last words.

They are features of the entity network, not its answer; each yields (start, end) in the aligned view.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from policytext.tagging.areas import find_areas

_HAN = r"[\u4e00-\u9fff]"
_TITLE = re.compile(r"《([^《》\n]{2,80})》")
_SURNAMES = (
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田"
    "任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文裘瞿庞樊兰殷施陶洪翟安颜倪严牛温芦季俞"
)
_SPEAKS = "说|表示|介绍|强调|指出|称|透露|主持|认为|告诉|坦言|宣布|呼吁|带队|在会上|出席|签署"
_PERSON = re.compile(
    rf"(?<=长|任|席|记|师|授|员|士|家|人|者|辑|理)([{_SURNAMES}]{_HAN}{{1,2}}?)(?=[,。、:;)\s]|{_SPEAKS}|等|和|在|率|就|对)"
    rf"|([{_SURNAMES}](?:某某?|{_HAN}{{1,2}}))(?=(?:{_SPEAKS}|同志|先生|女士|[(]))"
)
_BODY_END = (
    "指挥部(?:办公室)?|领导小组(?:办公室)?|工作专班|联防联控机制|委员会|卫健委|发改委|人民政府|政府|[省市区县州]委"
    "|办公[室厅]|[厅局]|总署|街道办事处|居委会|村委会"
    "|疾控中心|疾病预防控制中心|医院|大学|学院|公司|集团|银行|法院|检察院|红十字会|协会|日报社?|晚报|电视台|新闻办"
    "|防控办|海关|交警[支大]队|支队|总队|中心|学校"
)
_BODY = re.compile(rf"(?:{_HAN}|[(][^()]{{1,12}}[)]){{0,22}}?(?:{_BODY_END})(?!长)")
_BODY_START = re.compile(r"(?:国家|中国|中央|全国|国务院|省|市|区|县|香港|人民)(?=[\u4e00-\u9fff])")
_PLACE_END = (
    "路|大街|街道?|大道|国际机场|机场|火车站|高铁站|[东西南北]站|大桥|高速(?:公路)?|广场|大厦|花园|苑|公寓|小区"
    "|海鲜(?:批发)?市场|公园|景区|号楼|隧道|口岸|港"
)
_PLACE = re.compile(rf"(?:{_HAN}|\d){{1,10}}?(?:{_PLACE_END})")


def find_titles(view: str) -> Iterator[tuple[int, int]]:
    """Yield what stands between 《 and 》."""
    return (match.span(1) for match in _TITLE.finditer(view))


def find_persons(view: str) -> Iterator[tuple[int, int]]:
    """Yield names behind an office or before a verb of speaking."""
    return (match.span(1) if match.group(1) else match.span(2) for match in _PERSON.finditer(view))


def find_bodies(view: str) -> Iterator[tuple[int, int]]:
    """Yield stretches from an area's name, or from 国家, 市 and their like, to a body's last words."""
    starts = sorted({start for start, _ in find_areas(view)} | {match.start() for match in _BODY_START.finditer(view)})
    behind = 0
    for start in starts:
        match = _BODY.match(view, start) if start >= behind else None
        if match:
            behind = match.end()
            yield start, behind


def find_places(view: str) -> Iterator[tuple[int, int]]:
    """Yield stretches from behind an area's name to a place's last word."""
    for _, end in find_areas(view):
        match = _PLACE.match(view, end)
        if match:
            yield match.span()
