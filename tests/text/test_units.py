import pytest
from hypothesis import given
from hypothesis import strategies as st

from policytext.text.units import iter_clauses, iter_sentences
from policytext.text.view import aligned_view


def clauses(text):
    return [text[unit.start : unit.end] for unit in iter_clauses(aligned_view(text))]


def sentences(text):
    return [text[start:end] for start, end in iter_sentences(aligned_view(text))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("景区关闭，公交停运。", ["景区关闭", "公交停运"]),
        ("景區關閉,公交停運", ["景區關閉", "公交停運"]),
        # numbers keep their commas, in both widths
        ("采样1,502人，均为阴性", ["采样1,502人", "均为阴性"]),
        ("采样1，502人", ["采样1，502人"]),
        # brackets and quotation marks keep theirs
        ("关闭场馆（含网吧，酒吧），另行通知", ["关闭场馆（含网吧，酒吧）", "另行通知"]),
        ("做到“不扎堆，不聚集”，戴口罩", ["做到“不扎堆，不聚集”", "戴口罩"]),
        ('做到"不扎堆,不聚集",戴口罩', ['做到"不扎堆,不聚集"', "戴口罩"]),
        # a mark without its partner encloses nothing
        ("他说：“即日起停课，复课另行通知", ["他说：“即日起停课", "复课另行通知"]),
        ("停课），停业", ["停课）", "停业"]),
        # never at 、 or ：
        ("学校、商场：暂停开放", ["学校、商场：暂停开放"]),
        # what holds no letter is no clause
        ("停课，，……。！", ["停课"]),
        ("𠀀村封闭，𠀀镇不封", ["𠀀村封闭", "𠀀镇不封"]),
    ],
)
def test_clauses_are_cut_at_commas_outside_brackets_quotes_and_numbers(text, expected):
    assert clauses(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("停课。停业！停运？停摆；完", ["停课。", "停业！", "停运？", "停摆；", "完"]),
        ("停课;停业\n停运", ["停课;", "停业", "停运"]),
        ("他说：“停课。”大家照办。", ["他说：“停课。”", "大家照办。"]),
        ("  停课  \r\n\u2028停业", ["停课", "停业"]),
    ],
)
def test_sentences_end_at_stops_and_line_breaks(text, expected):
    assert sentences(text) == expected


MARKS = st.text(alphabet='停课a1，,。；“”（）"\n 、：')


@given(st.one_of(st.text(), MARKS))
def test_clauses_hold_every_letter_of_their_sentences_once_and_in_order(text):
    view = aligned_view(text)
    spans = list(iter_sentences(view))
    found = list(iter_clauses(view))
    inside = [i for unit in found for i in range(unit.start, unit.end)]
    assert inside == sorted(set(inside))
    letters = [i for start, end in spans for i in range(start, end) if view[i].isalnum()]
    assert [i for i in inside if view[i].isalnum()] == letters
    assert letters == [i for i, char in enumerate(view) if char.isalnum()]
    for unit in found:
        start, end = spans[unit.sentence]
        assert start <= unit.start < unit.end <= end
        assert view[unit.start : unit.end].strip(" ,。;\n") == view[unit.start : unit.end]
