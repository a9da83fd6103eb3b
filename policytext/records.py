"""The records: one article, its spans, and the Annotation that gold, every pass and model output share.

Offsets are Unicode code points into the text as received, end exclusive.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from typing import Any, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from policytext.errors import InvalidRecordError

Polarity = Literal["impose", "maintain", "ease"]
Force = Literal["mandatory", "recommended", "permitted"]
Realis = Literal["ordered", "reported", "called_for"]
SectionKind = Literal["article", "notice"]
SentenceKind = Literal["heading", "item", "salutation", "signature", "date", "source", "body"]
EntityLabel = Literal[
    "ADMIN", "PLACE", "ORG", "PERSON", "POSITION", "DATE", "DURATION",
    "COUNT", "POPULATION", "VENUE", "GOODS", "DOC", "LEVEL",
]  # fmt: skip

# A span's hash tells whether a hydrated quote is the annotated one; 12 hex digits make a chance match 1 in 10^14.
QUOTE_HASH_DIGITS = 12


def text_hash(text: str) -> str:
    """Return the SHA-256 of `text` in UTF-8, as hex; a lone surrogate counts as its three-byte form."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def quote_hash(quote: str) -> str:
    """Return the short hash that stands for a quote where the text may not be shipped."""
    return text_hash(quote)[:QUOTE_HASH_DIGITS]


class Record(BaseModel):
    """Base of all records: immutable; keys it does not know are kept."""

    model_config = ConfigDict(frozen=True, extra="allow")


class Span(Record):
    """A stretch of the text; `quote` is what stands there, `hash` replaces it where the text is not shipped."""

    start: int = Field(ge=0)
    end: int

    @model_validator(mode="after")
    def _end_follows_start(self) -> Self:
        if self.end <= self.start:
            raise ValueError(f"end {self.end} does not lie behind start {self.start}")
        return self


class Section(Span):
    """A part of the article with its own title, issuer and date: the article itself or a notice inside it."""

    kind: SectionKind
    title: str | None = None
    issuer: str | None = None
    date: str | None = None


class Sentence(Span):
    """A sentence and what it is in the document's structure."""

    kind: SentenceKind


class Clause(Span):
    """The unit that is counted; `sentence` is the index of the sentence it lies in."""

    sentence: int = Field(ge=0)


class Entity(Span):
    """A named or controlled thing; `value` holds what it stands for (adcode, ISO dates, number and unit)."""

    label: EntityLabel
    quote: str | None = None
    hash: str | None = None
    value: dict[str, Any] | None = None


class Measure(Span):
    """A control measure stated by a clause (its span is the clause); only model output has a `score`."""

    quote: str | None = None
    hash: str | None = None
    category: str
    polarity: Polarity
    force: Force
    realis: Realis
    score: float | None = None
    evidence: list[dict[str, Any]] | None = None


class Article(Record):
    """A document as received; `text` is never changed, `dropped` says what page furniture was left out."""

    id: str
    text: str
    title: str | None = None
    date: str | None = None
    source: dict[str, Any] = Field(default_factory=dict)


class Annotation(Record):
    """An article and what was found in it; a span that does not lie in the text, or misquotes it, is refused."""

    id: str
    text: str | None = None
    sha256: str | None = None
    title: str | None = None
    date: str | None = None
    source: dict[str, Any] = Field(default_factory=dict)
    sections: list[Section] = Field(default_factory=list)
    sentences: list[Sentence] = Field(default_factory=list)
    clauses: list[Clause] = Field(default_factory=list)
    entities: list[Entity] = Field(default_factory=list)
    measures: list[Measure] = Field(default_factory=list)

    @model_validator(mode="after")
    def _spans_fit_text(self) -> Self:
        if self.text is not None:
            for span in self.spans():
                _check_span(span, self.text)
        return self

    def spans(self) -> Iterable[Span]:
        """Yield every span of the annotation, layer by layer."""
        for layer in (self.sections, self.sentences, self.clauses, self.entities, self.measures):
            yield from layer

    @classmethod
    def from_json(cls, line: str | bytes) -> Self:
        """Return the annotation that one line of JSON holds; raise InvalidRecordError naming the fields at fault."""
        try:
            return cls.model_validate_json(line)
        except ValidationError as error:
            raise InvalidRecordError(describe(error), "see `policytext validate`") from error

    def to_json(self) -> str:
        """Return one line of JSON: keys in the order of the class, absent values left out."""
        return json.dumps(self.model_dump(exclude_none=True), ensure_ascii=False, separators=(",", ":"))

    def without_text(self) -> Annotation:
        """Return the shippable form: no text and no quotes, but their hashes."""
        hidden = {"quote": None}
        return self.model_copy(
            update={
                "text": None,
                "title": None,
                "sha256": text_hash(self.text) if self.text is not None else self.sha256,
                "sections": [section.model_copy(update={"title": None, "issuer": None}) for section in self.sections],
                "entities": [span.model_copy(update=hidden | _hash_of(span)) for span in self.entities],
                "measures": [span.model_copy(update=hidden | _hash_of(span)) for span in self.measures],
            }
        )


def _hash_of(span: Entity | Measure) -> dict[str, str | None]:
    return {"hash": span.hash if span.quote is None else quote_hash(span.quote)}


def _check_span(span: Span, text: str) -> None:
    if span.end > len(text):
        raise ValueError(f"span {span.start}-{span.end} ends behind the text's {len(text)} characters")
    if isinstance(span, Entity | Measure):
        found = text[span.start : span.end]
        if span.quote is not None and found != span.quote:
            raise ValueError(f"span {span.start}-{span.end} reads {found!r}, record says {span.quote!r}")
        if span.hash is not None and quote_hash(found) != span.hash:
            raise ValueError(f"span {span.start}-{span.end} does not have the recorded hash {span.hash}")


def describe(error: ValidationError) -> str:
    """Return all findings of a validation error as one line: field path, what is wrong."""
    return "; ".join(
        f"{'.'.join(map(str, item['loc'])) or 'record'}: {item['msg'].removeprefix('Value error, ')}"
        for item in error.errors()
    )
