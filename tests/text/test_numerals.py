import pytest

from policytext.text.numerals import parse_number


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1502", 1502), ("1,502", 1502), ("3.5万", 35_000), ("一百二十", 120), ("二〇二一", 2021), ("两千三", 2300),
        ("一百零三", 103), ("廿三", 23), ("一点五亿", 150_000_000), ("三万五", 35_000), ("1亿2000万", 120_000_000),
        ("十", 10), ("半", 0.5), ("十几", None), ("", None), ("若干", None),
    ],
)  # fmt: skip
def test_numbers_are_read(text, value):
    assert parse_number(text) == value
