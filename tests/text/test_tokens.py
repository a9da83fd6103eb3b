import logging

import jieba
import pytest
from hypothesis import given
from hypothesis import strategies as st

from policytext.text.tokens import domain_words, segment_view, tokenize


@pytest.fixture(scope="module")
def reference():
    jieba.setLogLevel(logging.WARNING)
    segmenter = jieba.Tokenizer()
    segmenter.initialize()
    for word in domain_words():
        segmenter.add_word(word, 50_000, "n")
    return segmenter


@given(st.text())
def test_tokens_join_back_to_the_text(text):
    assert "".join(tokenize(text)) == text


def test_traditional_text_is_cut_by_its_simplified_view():
    assert tokenize("密切接觸者居家隔離") == ["密切接觸者", "居家隔離"]


@pytest.mark.parametrize(
    "text",
    [
        "望榆区自3月14日0-24时起暂停客运班线,恢复时间另行通知。",
        "请于8:00-20:00前往A-3号采样点,凭48小时核酸检测阴性证明进入。",
        "药店销售退烧药须实名登记,违者停业整顿;零散住户每两天采购一次!",
        "发布会称,7+7管理调整为“5+3”,中高风险地区来人除外。",
    ],
)
def test_the_words_are_those_of_jieba_itself(reference, text):
    assert segment_view(text) == reference.lcut(text)


def test_every_domain_word_is_kept_whole():
    cut = [word for word in domain_words() if segment_view(f"现对{word}作出安排").count(word) != 1]
    assert cut == []
