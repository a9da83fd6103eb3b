import pytest
from hypothesis import given
from hypothesis import strategies as st

from policytext.text.view import aligned_view, is_traditional


@pytest.mark.parametrize(
    ("text", "view"),
    [
        ("爲羣峯啓衆", "为群峰启众"),
        ("關閉３個出口，不得進入（除急診外）。", "关闭3个出口,不得进入(除急诊外)。"),
        ("𠀀字在基本平面之外", "𠀀字在基本平面之外"),
        ("已是简体", "已是简体"),
        ("", ""),
    ],
)
def test_the_view_is_simplified_and_half_width(text, view):
    assert aligned_view(text) == view


@given(st.text(alphabet=st.characters()))
def test_the_view_has_a_character_for_each_character_and_is_its_own_view(text):
    view = aligned_view(text)
    assert len(view) == len(text)
    assert aligned_view(view) == view


def test_half_a_surrogate_pair_has_a_place_in_the_view():
    assert aligned_view("a\ud800b") == "a\ufffdb"


def test_script_is_told_by_the_characters_that_change():
    assert is_traditional("全區中小學暫停到校上課")
    assert not is_traditional("全区中小学暂停到校上课")
    assert not is_traditional("")
