"""The readable table of an article: clause, measures, entities."""

from __future__ import annotations

from bisect import bisect_right

from rich.console import Console, Group
from rich.table import Table
from rich.text import Text

from policytext.records import Annotation, Clause, Measure
from policytext.taxonomy import load_taxonomy

_POLARITY_STYLE = {"impose": "red", "maintain": "yellow", "ease": "green"}
_ENTITY_STYLE = {"ADMIN": "cyan", "PLACE": "cyan", "DATE": "magenta", "DURATION": "magenta", "COUNT": "blue"}


def _measure_text(measure: Measure, names: dict[str, str]) -> Text:
    line = Text(measure.category, style=f"bold {_POLARITY_STYLE[measure.polarity]}")
    line.append(f" {names.get(measure.category, '')}", style="default")
    line.append(f"\n{measure.polarity} · {measure.force} · {measure.realis}", style="dim")
    for item in measure.evidence or []:
        line.append(f"\n  {item['feature']} {item['weight']:+.2f}", style="dim")
    return line


def _entities_text(annotation: Annotation, clause: Clause) -> Text:
    line = Text()
    for entity in annotation.entities:
        if clause.start <= entity.start < clause.end:
            line.append(f"{entity.quote}", style=_ENTITY_STYLE.get(entity.label, "default"))
            line.append(f" {entity.label}{_value(entity.value)}\n", style="dim")
    line.rstrip()
    return line


def _value(value: dict[str, object] | None) -> str:
    if not value:
        return ""
    if "adcode" in value:
        return f" {value['adcode']}"
    if "start" in value or "end" in value:
        return f" {value.get('start', '…')} – {value.get('end', '…')}"
    return f" {value['number']} {value.get('unit', '')}" if "number" in value else ""


def article_table(annotation: Annotation, *, every_clause: bool = False) -> Group:
    """Return what rich prints for one article: its head, then the clauses with a measure (or every clause)."""
    names = {category.id: category.zh for category in load_taxonomy().categories}
    by_clause: dict[tuple[int, int], list[Measure]] = {}
    for measure in annotation.measures:
        by_clause.setdefault((measure.start, measure.end), []).append(measure)
    table = Table(show_lines=True, expand=True, header_style="bold")
    for heading, ratio in (("clause 分句", 5), ("measure 措施", 4), ("entities 实体", 4)):
        table.add_column(heading, ratio=ratio, overflow="fold")
    notices = [section for section in annotation.sections if section.kind == "notice"]
    starts, shown = [notice.start for notice in notices], -1
    for clause in annotation.clauses:
        measures = by_clause.get((clause.start, clause.end), [])
        if not measures and not every_clause:
            continue
        current = bisect_right(starts, clause.start) - 1
        if current > shown and clause.end <= notices[current].end:
            shown = current
            table.add_section()
            table.add_row(
                Text(f"▌{notices[current].title}", style="bold"),
                _head(notices[current].issuer, notices[current].date),
                "",
            )
        quote = (annotation.text or "")[clause.start : clause.end]
        table.add_row(
            Text.assemble(quote, (f"\n{clause.start}–{clause.end}", "dim")),
            Text("\n").join(_measure_text(measure, names) for measure in measures),
            _entities_text(annotation, clause),
        )
    title = Text(annotation.title or annotation.id, style="bold")
    counts = (
        f"{len(annotation.measures)} measures in {len(annotation.clauses)} clauses, {len(annotation.entities)} entities"
    )
    return Group(title, Text(f"{annotation.id} · {annotation.date or 'no date'} · {counts}", style="dim"), table)


def _head(*parts: str | None) -> Text:
    return Text("\n".join(part for part in parts if part), style="dim")


def to_table(annotation: Annotation, console: Console, *, every_clause: bool = False) -> None:
    """Print the table of one article on `console`, which decides about width and colour."""
    console.print(article_table(annotation, every_clause=every_clause))
