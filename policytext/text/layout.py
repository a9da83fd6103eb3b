"""Everything the taggers want to know of a text before they read its words."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property, lru_cache

from policytext.text import structure
from policytext.text.structure import Line, NoticeSpan
from policytext.text.units import Unit, iter_clauses, iter_sentences
from policytext.text.view import aligned_view

# A batch of spaCy docs is under way at a time (256 by default); each asks for its layout once per component.
_KEPT = 512


class Layout:
    """The view, lines, sentences, clauses and notices of one text; all offsets are code points into it."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.view = aligned_view(text)

    def with_view(self, view: str) -> Layout:
        """Return the same layout over another view of the same length: units and structure stay as they are."""
        other = Layout.__new__(Layout)
        other.__dict__.update(self.__dict__, view=view)
        for name in ("lines", "sentences", "sentence_kinds", "clauses", "notices"):
            other.__dict__[name] = getattr(self, name)
        return other

    @cached_property
    def lines(self) -> list[Line]:
        """The lines that hold anything, each with its kind."""
        return structure.read_lines(self.view)

    @cached_property
    def sentences(self) -> list[tuple[int, int]]:
        """The (start, end) of each sentence."""
        return list(iter_sentences(self.view))

    @cached_property
    def sentence_kinds(self) -> list[str]:
        """What each sentence is: one of `records.SentenceKind`."""
        return structure.sentence_kinds(self.view, self.sentences, self.lines)

    @cached_property
    def clauses(self) -> list[Unit]:
        """The clauses, each with the index of its sentence."""
        return list(iter_clauses(self.view))

    @cached_property
    def notices(self) -> list[NoticeSpan]:
        """The notices that stand inside the article."""
        return structure.find_notices(self.view, self.lines)

    @cached_property
    def date(self) -> str | None:
        """The ISO day of the article by its own date line or first full date, or None."""
        return structure.article_date(self.view, self.lines)

    @property
    def title(self) -> str | None:
        """The first heading, or None where the text opens without one."""
        first: Sequence[Line] = self.lines[:1]
        return self.text[first[0].start : first[0].end] if first and first[0].kind == "heading" else None


@lru_cache(maxsize=_KEPT)
def read_layout(text: str) -> Layout:
    """Return the layout of `text`; the same object for the same text while a batch is under way."""
    return Layout(text)
