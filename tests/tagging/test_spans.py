import pytest
import spacy
from hypothesis import given
from hypothesis import strategies as st
from markup import markup
from spacy.tokens import DocBin

from policytext.errors import InvalidRecordError
from policytext.records import Annotation
from policytext.tagging import spans
from policytext.tagging.tokenizer import PolicytextTokenizer

TOKENIZER = PolicytextTokenizer(spacy.blank("zh").vocab)
spans.register_extensions()

GOLD = [
    markup(
        "[[密切接触者](POPULATION)实行[集中](GOODS)隔离](quarantine_isolation::recommended)，其余照旧。",
        title="甲",
        date="2022-05-02",
    ),
    markup("[𠀀](ADMIN)[[𠀀镇](ADMIN)卫生院](ORG)自[0-24时](DATE)停诊"),
    markup("爲[羣峯鎮](ADMIN)[居民](POPULATION)服務"),
    markup(""),
]


@pytest.mark.parametrize("gold", GOLD)
def test_gold_becomes_a_doc_and_comes_back_unchanged(gold):
    doc = spans.doc_of(gold, TOKENIZER(gold.text))
    assert doc._.policytext == gold
    assert doc.text == gold.text


@pytest.mark.parametrize("gold", GOLD)
def test_a_docbin_keeps_all_of_it(gold):
    box = DocBin(store_user_data=True)
    box.add(spans.doc_of(gold, TOKENIZER(gold.text)))
    (doc,) = DocBin().from_bytes(box.to_bytes()).get_docs(spacy.blank("zh").vocab)
    assert doc._.policytext == gold


@given(st.text(min_size=1, max_size=60), st.data())
def test_any_span_of_any_text_survives_the_doc(text, data):
    text = "".join(char for char in text if char != "\ufeff") or "空"
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    entity = {"start": start, "end": end, "label": "GOODS", "quote": text[start:end]}
    gold = Annotation.model_validate({"id": "x", "text": text, "entities": [entity]})
    assert spans.doc_of(gold, TOKENIZER(text))._.policytext == gold


def test_cutting_keeps_norms_and_earlier_spans():
    doc = TOKENIZER("密切接觸者居家隔離")
    spans.set_spans(doc, "mine", [(0, 5, "WHO")])
    cut = spans.cut_tokens(doc, {2})
    assert [token.text for token in cut] == ["密切", "接觸者", "居家隔離"]
    assert [token.norm_ for token in cut] == ["密切", "接触者", "居家隔离"]
    assert spans.get_spans(cut, "mine") == [(0, 5, "WHO")]


def test_a_span_that_cuts_a_token_is_an_error_not_a_loss():
    with pytest.raises(InvalidRecordError, match="cuts a token"):
        spans.set_spans(TOKENIZER("密切接触者"), "mine", [(0, 2, "WHO")])


def test_the_outermost_of_nested_spans_are_flat():
    found = [(0, 3, "ADMIN"), (0, 6, "ORG"), (8, 9, "DATE")]
    assert spans.outermost(found) == [(0, 6, "ORG"), (8, 9, "DATE")]
