import itertools
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from named_cases import read_cases, to_traditional

from policytext.text.calendar import day_of, document_date, end_condition, resolve_date, widen_date
from policytext.text.dates import find_dates, first_full_date
from policytext.text.layout import Layout
from policytext.text.lunar import lunar_day
from policytext.text.view import aligned_view

NOTICE_DAY = date(2021, 12, 7)


def quotes(text):
    view = aligned_view(text)
    return [view[start:end] for start, end in find_dates(view)]


@pytest.mark.parametrize("case", read_cases("find_dates"))
def test_find_dates(case):
    expected = [aligned_view(quote) for quote in case["spans"]]
    assert quotes(case["text"]) == expected
    assert quotes(to_traditional(case["text"])) == expected


@pytest.mark.parametrize("case", read_cases("resolve_date"))
def test_resolve_date(case):
    previous = date.fromisoformat(case["previous"]) if "previous" in case else None
    value = resolve_date(case["expression"], NOTICE_DAY, previous)
    assert (value and value.to_dict()) == case["value"]


@given(st.text(alphabet="0123456789年月日时点零一二十今明次即起至-:./(周五)上午晚春节正初旬底止前", max_size=14))
def test_any_expression_resolves_or_not(expression):
    value = resolve_date(expression, NOTICE_DAY)
    assert value is None or value.start or value.end


@given(st.text())
def test_spans_lie_in_any_text(text):
    spans = find_dates(aligned_view(text))
    assert all(0 <= start < end <= len(text) for start, end in spans)
    assert all(left[1] <= right[0] for left, right in itertools.pairwise(spans))


# Days of the festivals as the State Council's holiday notices give them.
@pytest.mark.parametrize(
    ("year", "month", "day", "civil"),
    [(2020, 5, 5, "2020-06-25"), (2020, 8, 15, "2020-10-01"), (2023, 5, 5, "2023-06-22"), (2025, 8, 15, "2025-10-06")],
)
def test_lunar_day_counts_the_leap_month(year, month, day, civil):
    assert lunar_day(year, month, day) == date.fromisoformat(civil)


def test_words_that_open_a_side_are_found_around_the_span():
    view = "自12月8日起停课"
    (span,) = find_dates(view)
    assert resolve_date(widen_date(view, *span), NOTICE_DAY).open == "end"


def test_day_of_a_range_to_midnight_is_the_day_that_ends():
    assert day_of(resolve_date("12月6日0-24时", NOTICE_DAY)) == date(2021, 12, 6)


def test_end_left_to_a_later_notice():
    assert end_condition("恢复时间另行通知") == {"end_condition": "另行通知"}
    assert end_condition("明日恢复") is None


def test_document_date_prefers_what_is_given():
    layout = Layout("关于停课的通告\n望榆区各学校停课。\n望榆区教育局\n2021年12月8日")
    assert document_date(layout) == date(2021, 12, 8)
    assert document_date(layout, "2021-12-07") == NOTICE_DAY


def test_document_date_of_news_takes_the_year_from_elsewhere():
    assert document_date(Layout("栖川日报12月7日消息，2021年最后一轮采样结束。")) == NOTICE_DAY
    assert document_date(Layout("昨日无新增。")) is None


def test_first_full_date_still_reads_date_lines():
    assert first_full_date("二〇二一年十二月七日") == NOTICE_DAY
