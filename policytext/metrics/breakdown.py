"""Scores by group: of articles (layer, script, genre, period) or of clauses (sentence kind, section kind)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence

from policytext.metrics.measures import ClausePair, pair_clauses
from policytext.metrics.pairing import has_layer, pair_by_id
from policytext.metrics.scores import ArticleTally, EntityScores, MeasureScores, score_entities, tally_article
from policytext.records import Annotation


def score_measures_by(
    key: Callable[[Annotation, ClausePair], str],
    gold: Sequence[Annotation],
    predicted: Sequence[Annotation],
    *,
    recipe: str = "",
) -> dict[str, MeasureScores]:
    """Return the scores of each group of clauses, by a key of the gold article and the clause; see the keys below."""
    groups: dict[str, list[ArticleTally]] = defaultdict(list)
    for a, b in pair_by_id(gold, predicted).pairs:
        clauses: dict[str, list[ClausePair]] = defaultdict(list)
        for pair in pair_clauses(a, b) if has_layer(a, "measures") else ():
            clauses[key(a, pair)].append(pair)
        for name, members in clauses.items():
            groups[name].append(tally_article(a.id, members))
    return {name: MeasureScores(tuple(groups[name]), recipe=f"{recipe} {name}".strip()) for name in sorted(groups)}


def score_entities_by(
    key: Callable[[Annotation], str],
    gold: Sequence[Annotation],
    predicted: Sequence[Annotation],
    *,
    recipe: str = "",
) -> dict[str, EntityScores]:
    """Return the entity scores of each group of articles, by a key of the gold article."""
    group = {annotation.id: key(annotation) for annotation in gold if has_layer(annotation, "entities")}
    scores = score_entities(gold, predicted, recipe=recipe)
    return {name: _only(scores, {i for i, own in group.items() if own == name}) for name in sorted(set(group.values()))}


def _only(scores: EntityScores, ids: Iterable[str]) -> EntityScores:
    kept = set(ids)
    articles = tuple(article for article in scores.articles if article.id in kept)
    return EntityScores(articles, tuple(key for key in scores.missing if key in kept), scores.recipe)


def source_field(name: str) -> Callable[..., str]:
    """Return a key that groups by a field of the article's source (layer, script, genre, period); "?" where absent."""
    return lambda annotation, *_: str(annotation.source.get(name, "?"))


def sentence_kind(annotation: Annotation, clause: ClausePair) -> str:
    """Group by what the clause's sentence is in the document's structure."""
    return next((s.kind for s in annotation.sentences if s.start <= clause.start < s.end), "?")


def section_kind(annotation: Annotation, clause: ClausePair) -> str:
    """Group by whether the clause stands in a notice or in the article around it."""
    kinds = [s.kind for s in annotation.sections if s.start <= clause.start < s.end]
    return "notice" if "notice" in kinds else "article"
