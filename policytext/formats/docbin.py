"""spaCy's DocBin: docs with span groups, entities and attributes in one compressed file."""

from __future__ import annotations

from collections.abc import Iterable

import spacy
from spacy.tokens import DocBin

from policytext.records import Annotation
from policytext.tagging.spans import doc_of
from policytext.tagging.tokenizer import PolicytextTokenizer


def to_docbin(annotations: Iterable[Annotation]) -> bytes:
    """Return the bytes of a DocBin; read it with `DocBin().from_bytes(data).get_docs(nlp.vocab)`."""
    tokenizer = PolicytextTokenizer(spacy.blank("zh").vocab)
    box = DocBin(store_user_data=True)
    for annotation in annotations:
        box.add(doc_of(annotation, tokenizer(annotation.text or "")))
    return bytes(box.to_bytes())
