"""A page that shows articles with their measures and entities marked in the text, character by character."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape
from importlib.resources import files

from policytext.records import Annotation, Entity, Measure
from policytext.taxonomy import load_taxonomy

PAGE_END = "</main></body></html>\n"


def page_start(title: str) -> str:
    """Return the opening of the page; the articles follow, then PAGE_END."""
    style = files("policytext.data").joinpath("page.css").read_text("utf-8")
    return (
        f'<!doctype html><html lang="zh"><head><meta charset="utf-8"><title>{escape(title)}</title>'
        f'<meta name="viewport" content="width=device-width"><style>{style}</style></head><body><main>\n'
    )


def article_html(annotation: Annotation) -> str:
    """Return one article as a self-contained `<article>`: the text as received, marked, and the list of measures."""
    counts = (
        f"{len(annotation.measures)} measures · {len(annotation.clauses)} clauses · {len(annotation.entities)} entities"
    )
    return (
        f"<article><h1>{escape(annotation.title or annotation.id)}</h1>"
        f'<p class="meta">{escape(annotation.id)} · {escape(annotation.date or "no date")} · {counts}</p>'
        f'<div class="text">{_marked_text(annotation)}</div></article>\n'
    )


def to_html(annotations: Iterable[Annotation], title: str = "policytext") -> str:
    """Return a whole page."""
    return page_start(title) + "".join(map(article_html, annotations)) + PAGE_END


def _marked_text(annotation: Annotation) -> str:
    """Return the text with a tag opened and closed at every span's edge; inner spans open last and close first."""
    text = annotation.text or ""
    opening: dict[int, list[tuple[int, str]]] = {}
    closing: dict[int, list[tuple[int, str]]] = {}
    for start, end, before, after in _marks(annotation):
        opening.setdefault(start, []).append((-end, before))
        closing.setdefault(end, []).append((-start, after))
    places = sorted({0, len(text), *opening, *closing})
    pieces: list[str] = []
    for place, following in zip(places, [*places[1:], len(text)], strict=True):
        pieces += [after for _, after in sorted(closing.get(place, ()), key=lambda item: item[0])]
        pieces += [before for _, before in sorted(opening.get(place, ()), key=lambda item: item[0])]
        pieces.append(escape(text[place:following]).replace("\n", "<br>\n"))
    return "".join(pieces)


def _marks(annotation: Annotation) -> Iterable[tuple[int, int, str, str]]:
    by_clause: dict[tuple[int, int], list[Measure]] = {}
    for measure in annotation.measures:
        by_clause.setdefault((measure.start, measure.end), []).append(measure)
    for (start, end), measures in by_clause.items():
        badges = "".join(_badge(measure) for measure in measures)
        yield start, end, f'<span class="clause {measures[0].polarity}">', f"</span>{badges}"
    clauses = [(clause.start, clause.end) for clause in annotation.clauses]
    for entity in annotation.entities:
        if _within_one(entity, clauses):
            tip = escape(_tip(entity), quote=True)
            yield entity.start, entity.end, f'<mark class="{entity.label}" title="{tip}">', "</mark>"


def _within_one(entity: Entity, clauses: list[tuple[int, int]]) -> bool:
    # A mark that crosses a clause's edge would cross its tag; such an entity is left unmarked on the page.
    return not any(
        entity.start < start < entity.end < end or start < entity.start < end < entity.end for start, end in clauses
    )


def _badge(measure: Measure) -> str:
    name = load_taxonomy().category(measure.category).zh
    tip = f"{measure.category}: {measure.polarity}, {measure.force}, {measure.realis}"
    score = f" {measure.score:.2f}" if measure.score is not None else ""
    return f'<b class="badge {measure.polarity}" title="{escape(tip, quote=True)}{score}">{escape(name)}</b>'


def _tip(entity: Entity) -> str:
    value = "; ".join(f"{key}: {item}" for key, item in (entity.value or {}).items())
    return f"{entity.label}{' — ' + value if value else ''}"
