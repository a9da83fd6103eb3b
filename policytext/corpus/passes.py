"""Passes: each annotator's answers as annotations, and the gold that one or two passes make."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from policytext.corpus.answers import read_answers, to_entities, to_measures
from policytext.corpus.notation import Parse
from policytext.corpus.portions import folded_clauses, name_documents, read_portion
from policytext.records import Annotation, Article, Clause, Entity, Measure, Section, Sentence, text_hash
from policytext.text.layout import Layout, read_layout
from policytext.text.sections import notice_sections

# The portions and, below them, the documents of a corpus by id.
Portions = Mapping[str, Mapping[str, Mapping[int, str]]]
Layers = Mapping[str, Mapping[int, Any]]


@dataclass
class Pass:
    """What one annotator says, {document id: {clause number: answer}}; a file with a finding is left out whole."""

    by_document: dict[str, dict[int, Any]] = field(default_factory=dict)
    findings: list[str] = field(default_factory=list)


def read_portions(folder: Path) -> dict[str, dict[str, dict[int, str]]]:
    """Return the portions of a folder, {name: {document id: {clause number: clause}}}."""
    return {path.stem: read_portion(path.read_text("utf-8")) for path in sorted(folder.glob("*.txt"))}


def read_pass(
    folder: Path, portions: Portions, articles: Mapping[str, Article], parse: Parse, *, whole: bool = True
) -> Pass:
    """Return the pass whose answer files are `folder`/LAYER/PORTION.tsv; `whole` as for `read_answers`."""
    found = Pass()
    for path in sorted(folder.glob("*/*.tsv")):
        portion = portions.get(path.stem, {})
        problems = _recut(path, portion, articles)
        answers = read_answers(path, portion, parse, whole=whole)
        problems += answers.findings
        found.findings += problems
        if not problems:
            found.by_document |= answers.by_document
    return found


def _recut(path: Path, portion: Mapping[str, Mapping[int, str]], articles: Mapping[str, Article]) -> list[str]:
    """Return what keeps a portion's clause numbers from meaning today's clauses."""
    if not portion:
        return [f"{path}: there is no portion {path.stem}"]
    unknown = [key for key in portion if key not in articles]
    if unknown:
        return [f"{path}: not in the corpus, or without text: {name_documents(unknown)}"]
    recut = [key for key in portion if folded_clauses(read_layout(articles[key].text)) != portion[key]]
    return [f"{path}: cut into other clauses when the portion was made: {name_documents(recut)}"] if recut else []


def pass_row(article: Article, kind: str, answers: Mapping[int, Any]) -> Annotation:
    """Return a document as one pass annotated it: its clauses, and "measures" or "entities"."""
    layout = read_layout(article.text)
    return _annotation(article, {kind: answers}, clauses=_clauses(layout))


def gold_row(article: Article, layers: Layers, undecided: Mapping[str, Iterable[int]]) -> Annotation:
    """Return a document of the gold: its structure, and the layers it was annotated for.

    `undecided` numbers the clauses, by layer, that two passes differ on and nobody has decided; the row says so.
    """
    layout = read_layout(article.text)
    open_ = {"undecided": {kind: list(numbers) for kind, numbers in undecided.items() if numbers}}
    return _annotation(
        article,
        layers,
        sections=sections(article, layout),
        sentences=[
            Sentence.model_validate({"start": start, "end": end, "kind": kind})
            for (start, end), kind in zip(layout.sentences, layout.sentence_kinds, strict=True)
        ],
        clauses=_clauses(layout),
        **{key: value for key, value in open_.items() if value},
    )


def _annotation(article: Article, layers: Layers, **parts: object) -> Annotation:
    layout = read_layout(article.text)
    measures: list[Measure] = to_measures(layout, layers.get("measures", {}))
    entities: list[Entity] = to_entities(layout, layers.get("entities", {}))
    annotation = Annotation.model_validate(
        {
            "id": article.id,
            "text": article.text,
            "sha256": text_hash(article.text),
            "title": article.title,
            "date": article.date,
            "source": article.source,
            "layers": [kind for kind in ("measures", "entities") if kind in layers],
            **parts,
            "measures": measures,
            "entities": entities,
        }
    )
    return annotation.without_text() if article.source.get("layer") == "real" else annotation


def _clauses(layout: Layout) -> list[Clause]:
    return [Clause(start=unit.start, end=unit.end, sentence=unit.sentence) for unit in layout.clauses]


def sections(article: Article, layout: Layout) -> list[Section]:
    """Return the article as a section, then the notices that stand inside it."""
    issuer = article.source.get("issuer")
    whole = Section(
        start=0, end=len(layout.text), kind="article", title=article.title, issuer=issuer, date=article.date
    )
    return [whole, *notice_sections(layout)]
