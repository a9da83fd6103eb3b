"""The whole pipeline, and articles through it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import spacy
from spacy.language import Language
from spacy.tokens import Doc

from policytext.errors import PolicytextError
from policytext.records import Annotation, Article
from policytext.tagging import components, spans

COMPONENTS = ("policytext_sections", "policytext_entities", "policytext_measures", "policytext_attributes")
# Docs under way at once: large enough to share the cost of a call, small enough for a gigabyte of articles to stream.
BATCH = 32


def load(model: str = components.DEFAULT_MODEL) -> Language:
    """Return a spaCy pipeline whose docs carry an Annotation at `doc._.policytext`.

    `model` is "default" or the path of a model folder.
    """
    nlp = spacy.blank("zh", config={"nlp": {"tokenizer": {"@tokenizers": "policytext.Tokenizer.v1"}}})
    nlp.batch_size = BATCH
    nlp.add_pipe(COMPONENTS[0])
    for name in COMPONENTS[1:]:
        nlp.add_pipe(name, config={"model": model})
    return nlp


def make_doc(nlp: Language, article: Article) -> Doc:
    """Return the untagged doc of an article, which remembers the article's id, title, date and source."""
    doc = nlp.make_doc(article.text)
    return spans.set_article(doc, article)


def tag_each(
    nlp: Language, articles: Sequence[Article], *, explain: bool = False
) -> Iterator[Annotation | PolicytextError]:
    """Yield for each article in order its Annotation, or the error that it met; with `explain`, evidence too."""
    for article in articles:
        try:
            doc = nlp(make_doc(nlp, article))
        except PolicytextError as error:
            yield PolicytextError(error.problem, error.cure, article.id)
        else:
            yield spans.annotation_of(explained(nlp, doc) if explain else doc)


def explained(nlp: Language, doc: Doc) -> Doc:
    """Return the doc with the evidence for each of its measures: features of the model and their weights."""
    component = nlp.get_pipe("policytext_measures")
    return component.explain(doc)  # type: ignore[attr-defined, no-any-return]
