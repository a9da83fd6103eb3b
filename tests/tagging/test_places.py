import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st
from named_cases import read_cases, to_traditional

from policytext.tagging.areas import find_areas
from policytext.tagging.gazetteer import gazetteer
from policytext.tagging.places import AreaContext, is_area_reference, link_areas, resolve_area_reference
from policytext.text.view import aligned_view

NOTICE = AreaContext(title="关于加强管控的通告", issuer="宁波市镇海区防控指挥部", year=2021)


def quotes(text):
    view = aligned_view(text)
    return [view[start:end] for start, end in find_areas(view)]


@pytest.mark.parametrize("case", read_cases("find_areas"))
def test_find_areas(case):
    assert quotes(case["text"]) == case["spans"]
    assert quotes(to_traditional(case["text"])) == case["spans"]


@pytest.mark.parametrize("case", read_cases("link_areas"))
def test_link_areas(case):
    context = AreaContext(case.get("title"), case.get("issuer"), case.get("year"))
    assert link_areas([case["mention"]], context) == [case["value"]]


def test_the_documents_own_areas_complete_a_bare_name():
    values = link_areas(["鼓楼区", "福建省福州市"], AreaContext())
    assert values[0]["adcode"] == "350102"


@pytest.mark.parametrize(
    ("expression", "code"), [("全市", "330200"), ("我区", "330211"), ("本省", "330000"), ("辖区", "330211")]
)
def test_references_point_to_the_issuers_area(expression, code):
    assert resolve_area_reference(expression, NOTICE)["adcode"] == code


def test_a_reference_of_no_kind_above_the_issuer_has_no_value():
    assert resolve_area_reference("全县", NOTICE) is None
    assert resolve_area_reference("全市", AreaContext()) is None
    assert not is_area_reference("宁波市")


def test_every_parent_and_successor_is_in_the_table():
    table = gazetteer()
    assert len(table.areas) > 42_000
    assert {a.parent for a in table.areas if a.parent} <= set(table.by_code)
    assert {a.successor for a in table.areas if a.successor} <= set(table.by_code)
    assert sum(a.level == "province" for a in table.areas if a.last is None) == 34


@given(st.text(alphabet="浙江省宁波市镇海区澥浦镇长民委路海南上京来甬村社县，", max_size=20))
def test_spans_lie_in_any_text_and_link(text):
    spans = find_areas(text)
    assert all(0 <= start < end <= len(text) for start, end in spans)
    assert all(left[1] <= right[0] for left, right in itertools.pairwise(spans))
    mentions = [text[start:end] for start, end in spans]
    assert len(link_areas(mentions, NOTICE)) == len(mentions)


@given(st.text())
def test_any_text_may_be_searched_and_linked(text):
    view = aligned_view(text)
    assert all(0 <= start < end <= len(view) for start, end in find_areas(view))
    link_areas([view], AreaContext(title=view, issuer=view))
