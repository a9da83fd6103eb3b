import pytest
from markup import markup


def test_nested_entities_values_and_measures_on_whole_clauses():
    article = markup(
        '[[[海曲市](ADMIN)卫健委](ORG)戴[口罩](GOODS)](personal_protection)，[6日](DATE {"start": "2021-12-06"})起。'
    )
    assert article.text == "海曲市卫健委戴口罩，6日起。"
    assert [(e.quote, e.label) for e in article.entities] == [
        ("海曲市卫健委", "ORG"),
        ("海曲市", "ADMIN"),
        ("口罩", "GOODS"),
        ("6日", "DATE"),
    ]
    assert article.entities[-1].value == {"start": "2021-12-06"}
    assert [(m.quote, m.category, m.force) for m in article.measures] == [
        ("海曲市卫健委戴口罩", "personal_protection", "mandatory")
    ]
    assert [(c.start, c.end) for c in article.clauses] == [(0, 9), (10, 13)]


def test_several_measures_on_a_clause_with_their_attributes():
    article = markup("[入站测温并采样](entry_screening; testing:maintain:recommended:called_for)")
    first, second = article.measures
    assert (first.polarity, first.force, first.realis) == ("impose", "mandatory", "ordered")
    assert (second.category, second.polarity, second.force, second.realis) == (
        "testing",
        "maintain",
        "recommended",
        "called_for",
    )


def test_brackets_that_are_text_stay_text():
    assert markup("海防指〔2022〕5号[1]，（试行）").text == "海防指〔2022〕5号[1]，（试行）"


def test_offsets_count_code_points():
    place = markup("𠀀𠀀村在[𠮷水镇](ADMIN)").entities[0]
    assert (place.start, place.end) == (4, 7)


@pytest.mark.parametrize(
    ("marked", "message"),
    [("[停课(school_restriction)", "is not closed"), ("全市[停课](school_restriction)", "is not a whole clause")],
)
def test_a_slip_in_the_markup_is_an_error(marked, message):
    with pytest.raises(ValueError, match=message):
        markup(marked)
