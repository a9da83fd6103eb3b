"""The tokenizer of the pipeline: jieba's words over the aligned view."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from typing import Any

from spacy.language import Language
from spacy.tokens import Doc
from spacy.util import DummyTokenizer
from spacy.vocab import Vocab

from policytext.errors import UnreadableInputError
from policytext.tagging.spans import keep_text
from policytext.text.layout import read_layout
from policytext.text.tokens import segment_view


class PolicytextTokenizer(DummyTokenizer):
    """Makes a Doc of jieba's words; the words joined are the text, and `Token.norm_` is the Simplified view."""

    def __init__(self, vocab: Vocab) -> None:
        self.vocab = vocab

    def __call__(self, text: str) -> Doc:
        """Return the doc of `text`; raise UnreadableInputError for half a surrogate pair."""
        if not text.isascii() and any("\ud800" <= char <= "\udfff" for char in text):
            raise UnreadableInputError("the text holds half of a surrogate pair", "decode it as UTF-16 or UTF-8 again")
        view = read_layout(text).view
        words = segment_view(view)
        ends = [0]
        for word in words:
            ends.append(ends[-1] + len(word))
        forms = [text[start:end] for start, end in pairwise(ends)]
        doc = keep_text(Doc(self.vocab, words=forms, spaces=[False] * len(words)), text)
        if view != text:
            for index, (form, word) in enumerate(zip(forms, words, strict=True)):
                if form != word:
                    doc[index].norm_ = word
        return doc

    def to_disk(self, path: Any, **kwargs: Any) -> None:
        """Write nothing: the dictionary belongs to the package."""

    def from_disk(self, path: Any, **kwargs: Any) -> PolicytextTokenizer:
        """Read nothing: the dictionary belongs to the package."""
        return self

    def to_bytes(self, **kwargs: Any) -> bytes:
        """Return nothing: the dictionary belongs to the package."""
        return b""

    def from_bytes(self, data: bytes, **kwargs: Any) -> PolicytextTokenizer:
        """Read nothing: the dictionary belongs to the package."""
        return self


def make_tokenizer() -> Callable[[Language], PolicytextTokenizer]:
    """Return what spaCy's config calls for `policytext.Tokenizer.v1`."""

    def create(nlp: Language) -> PolicytextTokenizer:
        return PolicytextTokenizer(nlp.vocab)

    return create
