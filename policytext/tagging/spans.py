"""How a spaCy Doc carries an Annotation: span groups, details by span, and the way from one to the other."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from spacy.tokens import Doc, Span

from policytext.errors import InvalidRecordError
from policytext.records import Annotation, Article, Clause, Entity, Measure, Section, Sentence

PREFIX = "policytext"
SECTIONS, SENTENCES, CLAUSES, ENTITIES, MEASURES = (
    f"{PREFIX}_{layer}" for layer in ("sections", "sentences", "clauses", "entities", "measures")
)
_LAYERS = (SECTIONS, SENTENCES, CLAUSES, ENTITIES, MEASURES)
# A span to set: start and end (code points), label.
Labelled = tuple[int, int, str]


def _store(doc: Doc) -> dict[str, Any]:
    store: dict[str, Any] = doc.user_data.setdefault(PREFIX, {"article": {}, "details": {}})
    return store


def set_article(doc: Doc, article: Article) -> Doc:
    """Remember what is known of the article besides its text (id, title, date, source); return the same doc."""
    _store(doc)["article"] = article.model_dump(exclude={"text"}, exclude_none=True)
    return doc


def article_of(doc: Doc) -> dict[str, Any]:
    """Return what was remembered of the article: id, title, date, source, where known."""
    article: dict[str, Any] = _store(doc)["article"]
    return article


def details_of(doc: Doc, group: str, span: Labelled) -> dict[str, Any]:
    """Return the dictionary that holds a span's attributes; writing to it changes the doc."""
    key = f"{group}:{span[0]}:{span[1]}:{span[2]}"
    details: dict[str, Any] = _store(doc)["details"].setdefault(key, {})
    return details


def keep_text(doc: Doc, text: str) -> Doc:
    """Remember the doc's text, which spaCy otherwise joins from its tokens at every call; return the same doc."""
    _store(doc)["text"] = text
    return doc


def text_of(doc: Doc) -> str:
    """Return the doc's text."""
    text: str | None = _store(doc).get("text")
    return doc.text if text is None else text


def token_starts(doc: Doc) -> list[int]:
    """Return the offset of each token."""
    starts: list[int] = doc.to_array("IDX").tolist() if len(doc) else []
    return starts


def cut_tokens(doc: Doc, edges: Iterable[int], sentence_starts: Iterable[int] | None = None) -> Doc:
    """Return a doc whose tokens end at every one of `edges` (code points); the same doc if they already do.

    Span groups, entities, norms and user data are carried over. `sentence_starts` sets the sentence boundaries.
    """
    text = text_of(doc)
    starts = token_starts(doc)
    missing = set(edges).difference(starts, (0, len(text)))
    if not starts or (not missing and sentence_starts is None):
        return doc
    places = sorted({*starts, *missing})
    words = [text[start:end] for start, end in zip(places, [*places[1:], len(text)], strict=True)]
    opening = set(_sentence_openings(doc, starts) if sentence_starts is None else sentence_starts)
    new = Doc(
        doc.vocab,
        words=words,
        spaces=[False] * len(words),
        sent_starts=[place in opening for place in places] if opening else None,
        user_data=doc.user_data,
    )
    forms = doc.to_array(["ORTH", "NORM"])
    for index in (forms[:, 0] != forms[:, 1]).nonzero()[0].tolist():
        _carry_norm(new, starts[index], doc[index].norm_, places)
    for group, spans in doc.spans.items():
        set_spans(new, group, [(span.start_char, span.end_char, span.label_) for span in spans])
    new.ents = to_spans(new, [(ent.start_char, ent.end_char, ent.label_) for ent in doc.ents])
    return new


def _sentence_openings(doc: Doc, starts: Sequence[int]) -> list[int]:
    return [starts[index] for index in (doc.to_array("SENT_START") == 1).nonzero()[0].tolist()]


def _carry_norm(doc: Doc, start: int, norm: str, places: Sequence[int]) -> None:
    from bisect import bisect_left

    index = bisect_left(places, start)
    while norm and index < len(doc):
        length = len(doc[index])
        doc[index].norm_, norm = norm[:length], norm[length:]
        index += 1


def to_spans(doc: Doc, spans: Iterable[Labelled]) -> list[Span]:
    """Return spaCy spans; raise InvalidRecordError for one that does not lie on token edges, never drop it."""
    spans = list(spans)
    if not spans:
        return []
    starts = {place: index for index, place in enumerate(token_starts(doc))}
    starts[len(text_of(doc))] = len(doc)
    found = []
    for start, end, label in spans:
        if start not in starts or end not in starts:
            raise InvalidRecordError(f"span {start}-{end} {label} cuts a token", "call cut_tokens() first")
        found.append(Span(doc, starts[start], starts[end], label=label))
    return found


def set_spans(doc: Doc, group: str, spans: Iterable[Labelled]) -> None:
    """Put the spans into `doc.spans[group]`, replacing what stood there."""
    doc.spans[group] = to_spans(doc, spans)


def get_spans(doc: Doc, group: str) -> list[Labelled]:
    """Return (start, end, label) of each span of a group; none if the group was never set."""
    return [(s.start_char, s.end_char, s.label_) for s in doc.spans[group]] if group in doc.spans else []


def outermost(spans: Iterable[Labelled]) -> list[Labelled]:
    """Return the spans that lie in no other one, in order: the flat view of nested entities."""
    flat: list[Labelled] = []
    for span in sorted(spans, key=lambda s: (s[0], -s[1])):
        if not flat or span[0] >= flat[-1][1]:
            flat.append(span)
    return flat


def annotation_of(doc: Doc) -> Annotation:
    """Return the Annotation that the doc carries; `policytext tag` writes the same."""
    article, text = article_of(doc), text_of(doc)
    clause_sentence = _sentence_numbers(doc)
    return Annotation(
        id=article.get("id", ""),
        text=text,
        title=article.get("title"),
        date=article.get("date"),
        source=article.get("source", {}),
        sections=[
            Section(start=s, end=e, kind=k, **details_of(doc, SECTIONS, (s, e, k)))
            for s, e, k in get_spans(doc, SECTIONS)
        ],
        sentences=[Sentence(start=s, end=e, kind=k) for s, e, k in get_spans(doc, SENTENCES)],
        clauses=[
            Clause(start=s, end=e, sentence=n)
            for (s, e, _), n in zip(get_spans(doc, CLAUSES), clause_sentence, strict=True)
        ],
        entities=[
            Entity(start=s, end=e, label=k, quote=text[s:e], **details_of(doc, ENTITIES, (s, e, k)))
            for s, e, k in get_spans(doc, ENTITIES)
        ],
        measures=[
            Measure(start=s, end=e, quote=text[s:e], category=k, **_attributes(doc, (s, e, k)))
            for s, e, k in get_spans(doc, MEASURES)
        ],
    )


# What a measure is taken for while no attributes component has looked at it: the most frequent value of each.
DEFAULT_ATTRIBUTES = {"polarity": "impose", "force": "mandatory", "realis": "ordered"}


def _attributes(doc: Doc, span: Labelled) -> Mapping[str, Any]:
    return DEFAULT_ATTRIBUTES | details_of(doc, MEASURES, span)


def _sentence_numbers(doc: Doc) -> list[int]:
    numbers, number = [], -1
    sentences = get_spans(doc, SENTENCES)
    for start, _, _ in get_spans(doc, CLAUSES):
        while number + 1 < len(sentences) and sentences[number + 1][0] <= start:
            number += 1
        numbers.append(max(number, 0))
    return numbers


def doc_of(annotation: Annotation, doc: Doc) -> Doc:
    """Return `doc` (made from the annotation's text) with all its spans set; every span keeps its exact edges."""
    if annotation.text != text_of(doc):
        raise InvalidRecordError(f"the doc is not made from the text of {annotation.id}")
    edges = {edge for span in annotation.spans() for edge in (span.start, span.end)}
    doc = cut_tokens(doc, edges)
    set_article(doc, Article(**annotation.model_dump(include={"id", "text", "title", "date", "source"})))
    for group, layer, key in (
        (SECTIONS, annotation.sections, "kind"),
        (SENTENCES, annotation.sentences, "kind"),
        (CLAUSES, annotation.clauses, None),
        (ENTITIES, annotation.entities, "label"),
        (MEASURES, annotation.measures, "category"),
    ):
        labelled = [(span.start, span.end, getattr(span, key) if key else "clause") for span in layer]
        set_spans(doc, group, labelled)
        for span, label in zip(layer, labelled, strict=True):
            rest = span.model_dump(exclude={"start", "end", "quote", "sentence", key or ""}, exclude_none=True)
            details_of(doc, group, label).update(rest)
    doc.ents = to_spans(doc, outermost(get_spans(doc, ENTITIES)))
    return doc


def register_extensions() -> None:
    """Register `Doc._.policytext` (the Annotation) and `Span._.policytext` (a span's attributes)."""
    if not Doc.has_extension(PREFIX):
        Doc.set_extension(PREFIX, getter=annotation_of)
    if not Span.has_extension(PREFIX):
        Span.set_extension(PREFIX, getter=_span_details)


def _span_details(span: Span) -> dict[str, Any]:
    labelled = (span.start_char, span.end_char, span.label_)
    details = _store(span.doc)["details"]
    keys = (f"{group}:{labelled[0]}:{labelled[1]}:{labelled[2]}" for group in _LAYERS)
    return next((dict(details[key]) for key in keys if key in details), {})
