"""What kind of body an ORG is, and which one issued the document."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Literal

OrganisationKind = Literal["government", "headquarters", "medical", "school", "firm", "media", "other"]

# Tried in this order at the end of the name, where a Chinese name says what the body is. Headquarters come first (their
# names hold those of governments and of hospitals), media before firms (出版集团), schools before hospitals' bodies.
_KINDS: tuple[tuple[OrganisationKind, re.Pattern[str]], ...] = tuple(
    (kind, re.compile(rf"(?:{words})(?:\([^()]*\))?$"))  # type: ignore[misc]
    for kind, words in (
        (
            "headquarters",
            "指挥部(?:办公室|[^,。]{0,6}[组部])?|领导小组(?:办公室)?|联防联控(?:机制"
            "|工作组)?[^,。]{0,12}|专班|应急响应小组|防[控疫]办(?:公室)?|疫情?办"
            "|指导组|(?:疫情|肺炎|防控|防治)[^,。]{0,8}(?:工作组|小组|办公室|委员会)|防指",
        ),
        (
            "medical",
            "医院[^,。]{0,8}|院区|卫生院|卫生室|卫生服务(?:中心|站)|诊所|门诊部?|医疗(?:中心|集团|队)"
            "|疾控(?:中心)?|疾病预防控制中心"
            "|急救中心|血站|妇幼保健院|保健院|医学(?:中心|检验所|检验实验室)|检验所|[华北同]医|协和",
        ),
        ("school", "大学|学院|中学|小学|幼儿园|学校|附中|附小|[一二三四五六七八九十]中|党校|[北清复浙武]大"),
        (
            "media",
            "日报社?|晚报|时报|早报|晨报|商报|快报|都市报|青年报|新闻|通讯社|新华[社网]|中新[社网]"
            "|新京报|电视台|广播电台|电台|央视[^,。]{0,6}|网站|客户端|周刊|杂志社?|出版社"
            "|融媒体中心|发布|人民网|澎湃|财新|.{1,6}报|.{1,4}卫视|在线",
        ),
        (
            "firm",
            "公司|集团|厂|银行(?:[^,。]{0,8}[分支]行)?|药房|药店|超市|酒店|宾馆|商行|合作社|事务所|航空"
            "|铁路局|保险|证券|商场|百货|[分支]行|美团|京东|顺丰|阿里巴巴|腾讯|滴滴",
        ),
        (
            "government",
            "政府|[省市区县州旗乡镇]委|党委|党组|委员会|厅|局|办公室|办公厅|办事处|街道|人大(?:常委会)?"
            "|政协|常务委员会|常委会|国务院|中央|委"
            "|部|署|总署|法院|检察院|公安|派出所|交警[^,。]{0,4}队?|支队|大队|总队|海关|管委会|纪委"
            "|监委|政法委"
            "|市监局|税务|[居村]委会|消防[^,。]{0,4}|联席会议|边检站?|海事|机关",
        ),
    )
)
_SOCIAL = re.compile(
    r"(?:红十字会|协会|学会|商会|慈善[^,。]{0,4}|基金会|联合会|工会|妇联|共青团[^,。]{0,6}|团[省市区县]委"
    r"|世卫组织|世界卫生组织|联合国)$"
)
_GENERIC_MEDIA = re.compile(r"汇报$")


def organisation_kind(quote_view: str) -> OrganisationKind:
    """Return the kind of the body that an ORG (aligned view) names: what its last words say, else "other"."""
    name = quote_view.strip(" \"'“”《》")
    if _SOCIAL.search(name) or _GENERIC_MEDIA.search(name):
        return "other"
    return next((kind for kind, pattern in _KINDS if pattern.search(name)), "other")


def find_issuer(spans: Sequence[tuple[int, int]], signature: tuple[int, int] | None) -> list[tuple[int, int]]:
    """Return those ORG spans (start, end) that sign the document: the ones that lie in its signature line.

    `signature` is the issuer line of a notice (`NoticeSpan.issuer`); without one, no body has the role.
    """
    if signature is None:
        return []
    return [(start, end) for start, end in spans if signature[0] <= start and end <= signature[1]]
