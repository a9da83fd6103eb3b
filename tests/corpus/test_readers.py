import pytest

from policytext.corpus.readers import READERS, read_plain, read_rows, tidy

from .checkout import FILES, RAW, TEXTS


@pytest.mark.parametrize("name", [name for name in TEXTS if FILES[name] in RAW])
def test_each_reader_finds_the_text_among_the_records_of_its_file(name):
    file = FILES[name]
    assert TEXTS[name] in list(READERS[file[0]](RAW[file].encode()))


def test_tidy_normalises_white_space_and_masks_mobile_numbers():
    assert tidy("\ufeff甲\xa0乙 \r\n\r\n\r\n\r\n丙\u200b，13900000000，139000000001\n") == (
        "甲 乙\n\n丙，1**********，139000000001"
    )


def test_a_plain_file_is_offered_as_received_and_tidied():
    assert list(read_plain("甲。\r\n".encode())) == ["甲。\r\n", "甲。\n", "甲。"]


def test_rows_without_text_are_passed_over():
    assert list(read_rows('{"text": "甲"}\nno json\n[1]\n{"text": null}\n'.encode())) == ["甲"]


def test_a_weibo_value_may_hold_commas_quotes_and_parentheses():
    line = r"INSERT INTO `n` VALUES (1, '甲', '2', 'u', '停课(全镇), 老师''说\'好\'\n', '2020');"
    assert list(READERS["loong0306/2019-nCoV-news"](line.encode())) == ["停课(全镇), 老师'说'好'"]
