import json

import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st

from policytext.records import Annotation, Article
from policytext.tagging.pipeline import COMPONENTS, make_doc, tag_each
from policytext.text.view import aligned_view

NOTICE = """望榆區關於升級管控措施的通告

各位居民：

一、自2022年3月14日12時起，城區公交停止運營。

二、全區中小學、幼兒園停課；餐館不得堂食。

三、進入超市須掃碼、測溫，全程佩戴口罩。

望榆區疫情防控指揮部

2022年3月14日
"""


def assert_sound(annotation, text):
    assert annotation.text == text
    for span in annotation.spans():
        assert 0 <= span.start < span.end <= len(text)
    for span in [*annotation.entities, *annotation.measures]:
        assert text[span.start : span.end] == span.quote
    clauses = {(clause.start, clause.end) for clause in annotation.clauses}
    assert all((measure.start, measure.end) in clauses for measure in annotation.measures)


@given(text=st.text(max_size=200))
@settings(max_examples=60)
def test_any_text_is_tagged_with_sound_offsets(nlp, text):
    doc = nlp(text)
    assert "".join(token.text for token in doc) == text
    assert_sound(doc._.policytext, text)


@given(
    text=st.text(alphabet="自3月14日起，。、城区公交停运學校停課居民须戴口罩《通告》（一）\n:0-24时𠀀", max_size=120)
)
@settings(max_examples=60)
def test_text_of_the_genre_is_tagged_alike_in_both_scripts(nlp, text):
    annotation = nlp(text)._.policytext
    assert_sound(annotation, text)
    other = nlp(aligned_view(text))._.policytext
    assert spans_of(annotation) == spans_of(other)


def spans_of(annotation):
    measures = [(m.start, m.end, m.category, m.polarity, m.force, m.realis) for m in annotation.measures]
    return measures, [(e.start, e.end, e.label, json.dumps(e.value)) for e in annotation.entities]


def test_a_notice_is_read(nlp):
    annotation = nlp(NOTICE)._.policytext
    found = {measure.category for measure in annotation.measures}
    assert {"public_transport", "school_restriction", "venue_restriction", "personal_protection"} <= found
    dates = [entity.value for entity in annotation.entities if entity.label == "DATE"]
    assert {"start": "2022-03-14T12:00", "precision": "hour", "open": "end"} in dates
    assert annotation.date == "2022-03-14"
    (notice,) = [section for section in annotation.sections if section.kind == "notice"]
    assert notice.issuer == "望榆區疫情防控指揮部"


def test_the_annotation_goes_through_json_byte_for_byte(nlp):
    line = nlp(NOTICE)._.policytext.to_json()
    assert Annotation.from_json(line).to_json() == line


def test_what_is_known_of_the_article_is_kept(nlp):
    article = Article(id="a", text="停课。", title="题", date="2022-01-02", source={"path": "x"})
    annotation = nlp(make_doc(nlp, article))._.policytext
    assert (annotation.id, annotation.title, annotation.date, annotation.source) == (
        "a",
        "题",
        "2022-01-02",
        {"path": "x"},
    )


def test_the_components_work_in_a_users_own_pipeline():
    nlp = spacy.blank("zh")
    for name in COMPONENTS:
        nlp.add_pipe(name)
    doc = nlp(NOTICE)
    assert "".join(token.text for token in doc) == NOTICE
    assert doc.spans["policytext_measures"]
    assert doc._.policytext.measures
    assert doc.spans["policytext_measures"][0]._.policytext["polarity"] in {"impose", "maintain", "ease"}


def test_the_pipeline_is_saved_and_loaded(nlp, tmp_path):
    nlp.to_disk(tmp_path)
    again = spacy.load(tmp_path)
    assert spans_of(again(NOTICE)._.policytext) == spans_of(nlp(NOTICE)._.policytext)


def test_gold_entities_are_found_on_token_edges(nlp):
    doc = nlp(NOTICE)
    assert [(ent.start_char, ent.end_char) for ent in doc.ents] == sorted(
        {(e.start_char, e.end_char) for e in doc.ents}
    )
    assert all(doc.text[ent.start_char : ent.end_char] == ent.text for ent in doc.ents)


@pytest.mark.realtext
def test_no_real_article_is_lost_and_every_quote_stands_where_it_says(nlp, realtext):
    rows = [
        json.loads(line) for name in ("documents", "background") for line in (realtext / f"{name}.jsonl").open("rb")
    ]
    sample = rows[::25]
    tagged = list(tag_each(nlp, [Article(id=row["id"], text=row["text"]) for row in sample]))
    assert len(tagged) == len(sample)
    for annotation, row in zip(tagged, sample, strict=True):
        assert_sound(annotation, row["text"])
