import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policytext.errors import UnreadableInputError
from policytext.ingest.decode import decode, decode_declared

from .samples import NOTICE, TRADITIONAL


@pytest.mark.parametrize(
    ("text", "encoding", "said"),
    [
        (NOTICE, "utf-8", "utf-8"),
        (NOTICE, "gb18030", "gb18030"),
        (NOTICE, "utf-16-le", "utf-16-le"),
        (NOTICE, "utf-16-be", "utf-16-be"),
        (TRADITIONAL, "big5", "big5hkscs"),
        (TRADITIONAL, "gb18030", "gb18030"),
    ],
)
def test_each_encoding_is_told_without_a_mark(text, encoding, said):
    assert decode(text.encode(encoding)) == (text, said, None)


@pytest.mark.parametrize(
    ("mark", "encoding"),
    [
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
        (codecs.BOM_UTF32_LE, "utf-32-le"),
        ("\ufeff".encode("gb18030"), "gb18030"),
    ],
)
def test_a_byte_order_mark_is_dropped_and_said(mark, encoding):
    assert decode(mark + NOTICE.encode(encoding)) == (NOTICE, encoding, "byte-order mark")


def test_line_ends_and_blanks_stay_as_they_are():
    text = " 一、停课。\r\n\r\n二、停运。\r\u2028三、封控。\x85 \n"
    assert decode(text.encode()).text == text


@pytest.mark.parametrize("data", ["停课".encode("gb18030"), b"\xff\x80\x81\x00\xfe", bytes(range(128, 256))])
def test_a_doubtful_reading_is_refused(data):
    with pytest.raises(UnreadableInputError, match=r"cannot be told with certainty \(save it as UTF-8\)"):
        decode(data)


def test_bytes_that_belie_their_mark_are_refused():
    with pytest.raises(UnreadableInputError, match=r"says utf-8, but byte 0 is not \(save it as UTF-8\)"):
        decode(codecs.BOM_UTF8 + NOTICE.encode("gb18030"))


def test_a_label_of_gb2312_covers_the_characters_of_gb18030():
    assert decode_declared("裘镕与朱䶮".encode("gb18030"), "GB2312") == ("裘镕与朱䶮", "gb18030", None)
    assert decode_declared(b"\x81", "gb2312") is None
    assert decode_declared(b"x", "no-such-encoding") is None


@given(st.text().filter(lambda text: not text.startswith("\ufeff")))
def test_any_text_in_utf8_comes_back(text):
    assert decode(text.encode()) == (text, "utf-8", None)
