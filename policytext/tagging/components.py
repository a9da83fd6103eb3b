"""The pipeline's components, as spaCy factories: sections and clauses, entities, measures, attributes."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Self

from spacy.language import Language
from spacy.tokens import Doc

from policytext.records import Section
from policytext.tagging import spans
from policytext.tagging.entities import EntityTagger
from policytext.tagging.measures import MeasureTagger
from policytext.tagging.values import entity_values
from policytext.text.layout import Layout, read_layout
from policytext.text.sections import notice_sections

DEFAULT_MODEL = "default"


class SectionsComponent:
    """Sets the sections, sentences and clauses of a doc, and its sentence boundaries."""

    def __call__(self, doc: Doc) -> Doc:
        """Return the doc with its sections, sentences and clauses."""
        layout = read_layout(spans.text_of(doc))
        clauses = layout.clauses
        starts = {start for start, _ in layout.sentences} | {0}
        edges = {edge for unit in clauses for edge in unit[:2]} | {edge for pair in layout.sentences for edge in pair}
        edges |= {edge for notice in layout.notices for edge in notice[:2]}
        doc = spans.cut_tokens(doc, edges, starts)
        spans.set_spans(
            doc,
            spans.SENTENCES,
            [(s, e, kind) for (s, e), kind in zip(layout.sentences, layout.sentence_kinds, strict=True)],
        )
        spans.set_spans(doc, spans.CLAUSES, [(unit.start, unit.end, "clause") for unit in clauses])
        self._set_sections(doc, layout)
        return doc

    def _set_sections(self, doc: Doc, layout: Layout) -> None:
        article = spans.article_of(doc)
        article.setdefault("title", layout.title)
        if not article.get("date"):
            article["date"] = layout.date
        sections = notice_sections(layout)
        if layout.text.strip():
            whole = Section(start=0, end=len(layout.text), kind="article", title=article["title"], date=article["date"])
            sections.insert(0, whole)
        spans.set_spans(doc, spans.SECTIONS, [(s.start, s.end, s.kind) for s in sections])
        for section in sections:
            details = section.model_dump(include={"title", "issuer", "date"}, exclude_none=True)
            spans.details_of(doc, spans.SECTIONS, (section.start, section.end, section.kind)).update(details)


class _ModelComponent:
    """What the components with a model share: they are saved with it and loaded from it."""

    tagger_class: type[EntityTagger] | type[MeasureTagger]

    def __init__(self, model: str) -> None:
        self.model = model
        self.tagger: Any = self.tagger_class.load(model)

    def to_disk(self, path: str | Path, **_: Any) -> None:
        """Write the model folder."""
        self.tagger.save(Path(path))

    def from_disk(self, path: str | Path, **_: Any) -> Self:
        """Read the model folder."""
        self.tagger = self.tagger_class.load(str(path))
        return self


class EntitiesComponent(_ModelComponent):
    """Sets the entities with their values: nested ones in the span group, the outermost in `doc.ents`."""

    tagger_class = EntityTagger

    def __call__(self, doc: Doc) -> Doc:
        """Return the doc with its entities."""
        layout = read_layout(spans.text_of(doc))
        found = self.tagger.tag(layout)
        doc = spans.cut_tokens(doc, {edge for start, end, _ in found for edge in (start, end)})
        spans.set_spans(doc, spans.ENTITIES, found)
        doc.ents = spans.to_spans(doc, spans.outermost(found))
        for span, value in zip(found, entity_values(layout, found, spans.article_of(doc)), strict=True):
            if value:
                spans.details_of(doc, spans.ENTITIES, span)["value"] = value
        return doc


class MeasuresComponent(_ModelComponent):
    """Sets the measures of each clause, with the score of each category."""

    tagger_class = MeasureTagger

    def __call__(self, doc: Doc) -> Doc:
        """Return the doc with its measures."""
        layout = read_layout(spans.text_of(doc))
        calls = self.tagger.tag(layout)
        units = [layout.clauses[call.clause] for call in calls]
        measures = [(unit.start, unit.end, call.category) for unit, call in zip(units, calls, strict=True)]
        doc = spans.cut_tokens(doc, {edge for start, end, _ in measures for edge in (start, end)})
        spans.set_spans(doc, spans.MEASURES, measures)
        for span, call in zip(measures, calls, strict=True):
            spans.details_of(doc, spans.MEASURES, span)["score"] = call.score
        return doc

    def explain(self, doc: Doc) -> Doc:
        """Add to each measure the evidence: the cue that names its category, the words that carry it."""
        layout = read_layout(spans.text_of(doc))
        for call in self.tagger.tag(layout):
            start, end, _ = layout.clauses[call.clause]
            details = spans.details_of(doc, spans.MEASURES, (start, end, call.category))
            details["evidence"] = self.tagger.explain(layout, call)
        return doc


class AttributesComponent(_ModelComponent):
    """Sets polarity, force and realis of each measure found before it."""

    tagger_class = MeasureTagger

    def __call__(self, doc: Doc) -> Doc:
        """Return the doc with its measures' attributes."""
        layout = read_layout(spans.text_of(doc))
        place = {(unit.start, unit.end): number for number, unit in enumerate(layout.clauses)}
        measures = [span for span in spans.get_spans(doc, spans.MEASURES) if span[:2] in place]
        attributes = self.tagger.attributes(layout, [place[span[:2]] for span in measures])
        for span, values in zip(measures, attributes, strict=True):
            spans.details_of(doc, spans.MEASURES, span).update(values)
        return doc


@Language.factory("policytext_sections")
def make_sections(nlp: Language, name: str) -> SectionsComponent:
    """Return the component that finds sections, sentences and clauses."""
    spans.register_extensions()
    return SectionsComponent()


@Language.factory("policytext_entities", default_config={"model": DEFAULT_MODEL}, assigns=["doc.ents"])
def make_entities(nlp: Language, name: str, model: str) -> EntitiesComponent:
    """Return the component that finds entities; `model` is a name or a model folder."""
    spans.register_extensions()
    return EntitiesComponent(model)


@Language.factory("policytext_measures", default_config={"model": DEFAULT_MODEL})
def make_measures(nlp: Language, name: str, model: str) -> MeasuresComponent:
    """Return the component that finds measures; `model` is a name or a model folder."""
    spans.register_extensions()
    return MeasuresComponent(model)


@Language.factory("policytext_attributes", default_config={"model": DEFAULT_MODEL})
def make_attributes(nlp: Language, name: str, model: str) -> AttributesComponent:
    """Return the component that finds polarity, force and realis; `model` is a name or a model folder."""
    spans.register_extensions()
    return AttributesComponent(model)
