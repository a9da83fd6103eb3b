import pytest
from hypothesis import given
from hypothesis import strategies as st
from named_cases import read_cases, to_traditional

from policytext.text.quantities import find_counts, find_durations, read_count, read_duration
from policytext.text.view import aligned_view


def found(text, find, read):
    view = aligned_view(text)
    return [{"quote": view[start:end], "value": read(view[start:end])} for start, end in find(view)]


@pytest.mark.parametrize("case", read_cases("quantities"))
def test_quantities(case):
    for text in (case["text"], to_traditional(case["text"])):
        assert found(text, find_counts, read_count) == case["counts"]
        assert found(text, find_durations, read_duration) == case["durations"]


@given(st.text(alphabet="0123456789.,%一二两三十百千万亿数几余多半每天日周个月年小时例人次元+-至内第 ", max_size=14))
def test_spans_lie_in_any_text_and_can_be_read(text):
    for find, read in ((find_counts, read_count), (find_durations, read_duration)):
        for start, end in find(text):
            assert 0 <= start < end <= len(text)
            read(text[start:end])


@given(st.text())
def test_reading_any_text_gives_a_value_or_none(text):
    for read in (read_count, read_duration):
        assert read(text) is None or isinstance(read(text), dict)
