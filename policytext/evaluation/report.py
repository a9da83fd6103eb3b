"""The page of errors: scores, reliability, confusions and the wrong clauses in their sentences; self-contained HTML.

The page quotes the texts: for documents that may not be shipped it belongs on the user's machine alone.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from html import escape
from importlib.resources import files

from policytext.evaluation.evaluate import Evaluation
from policytext.evaluation.mistakes import NONE, Mistake, attribute_confusions, confusions, find_mistakes
from policytext.evaluation.plots import reliability_svg
from policytext.metrics.resampling import Interval
from policytext.records import Annotation, Measure
from policytext.taxonomy import load_taxonomy

# How many clauses the page opens with, and how many each category's list holds: what one sitting can read.
WORST, PER_CATEGORY = 40, 60
_CARDS = {
    "measures.micro_f1": "micro-F1",
    "measures.macro_f1": "macro-F1",
    "measures.macro_f1_at_least_10": "macro-F1, ≥ 10 positives",
    "measures.any_measure_f1": "measure or none, F1",
    "measures.exact_set": "exact set",
    "measures.polarity": "polarity",
    "measures.force": "force",
    "measures.realis": "realis",
}


def error_report(evaluation: Evaluation, gold: Sequence[Annotation], predicted: Sequence[Annotation]) -> str:
    """Return the page; raise InvalidRecordError where an article of gold has no text."""
    mistakes = find_mistakes(gold, predicted)
    style = files("policytext.data").joinpath("report.css").read_text("utf-8")
    title = f"Errors of {evaluation.recipe.model} on {evaluation.recipe.split}"
    sections = [
        _section("Scores", _cards(evaluation.intervals) + _category_table(evaluation)),
        _section("Reliability", reliability_svg(evaluation.calibration)) if evaluation.calibration else "",
        _section("Confusions", _confusion_matrix(confusions(gold, predicted))),
        _section("Attributes", "".join(_attribute_tables(attribute_confusions(gold, predicted)))),
        _section("Most confident errors", _clauses(mistakes, WORST)),
        _section("Errors by category", "".join(_by_category(mistakes))),
    ]
    return (
        f'<!doctype html>\n<html lang="zh"><head><meta charset="utf-8"><title>{escape(title)}</title>'
        f'<meta name="viewport" content="width=device-width, initial-scale=1"><style>{style}</style></head>\n'
        f'<body><main><h1 lang="en">{escape(title)}</h1><p class="recipe" lang="en">{escape(_recipe(evaluation))}</p>\n'
        f"{''.join(sections)}</main></body></html>\n"
    )


def _recipe(evaluation: Evaluation) -> str:
    return evaluation.measures.recipe_line if evaluation.measures else str(evaluation.recipe)


def _section(title: str, content: str) -> str:
    return f'<section><h2 lang="en">{escape(title)}</h2>{content}</section>\n'


def _name(category: str) -> str:
    known = {known.id: known.zh for known in load_taxonomy().categories}
    return known.get(category, "无" if category == NONE else category)


def _label(category: str, kind: str = "") -> str:
    return f'<b class="label {kind}" title="{escape(category, quote=True)}">{escape(_name(category))}</b>'


def _cards(intervals: dict[str, Interval]) -> str:
    cards = (
        f'<li><span lang="en">{escape(name)}</span><strong>{intervals[key].value:.3f}</strong>'
        f"<small>{intervals[key].low:.3f}–{intervals[key].high:.3f}</small></li>"
        for key, name in _CARDS.items()
        if key in intervals
    )
    return f'<ul class="cards">{"".join(cards)}</ul>'


def _category_table(evaluation: Evaluation) -> str:
    counts = evaluation.measures.categories if evaluation.measures else {}
    rows = (
        f"<tr><th>{_label(name)}</th><td>{c.positives:g}</td><td>{c.tp:g}</td><td>{c.fp:g}</td><td>{c.fn:g}</td>"
        f"<td>{c.precision:.2f}</td><td>{c.recall:.2f}</td>"
        f'<td class="f1"><i style="width:{100 * c.f1:.0f}%"></i><span>{c.f1:.2f}</span></td></tr>'
        for name, c in sorted(counts.items(), key=lambda item: -item[1].positives)
    )
    head = "".join(f"<th>{name}</th>" for name in ("", "gold", "right", "wrong", "missed", "P", "R", "F1"))
    return _table(head, rows)


def _table(head: str, rows: Iterable[str], kind: str = "") -> str:
    content = f"<thead><tr>{head}</tr></thead><tbody>{''.join(rows)}</tbody>"
    return f'<div class="wide"><table class="{kind}">{content}</table></div>'


def _confusion_matrix(found: Counter[tuple[str, str]]) -> str:
    used = {name for pair in found for name in pair} - {NONE}
    known = [name for name in load_taxonomy().category_ids if name in used]
    names = [NONE, *known, *sorted(used.difference(known))]
    sums = {name: sum(n for (gold, _), n in found.items() if gold == name) for name in names}
    head = "<th>gold ↓ predicted →</th>" + "".join(f"<th><span>{escape(_name(name))}</span></th>" for name in names)
    rows = (
        f"<tr><th>{escape(_name(gold))}</th>"
        + "".join(_cell(gold, other, found[gold, other], sums[gold]) for other in names)
        + "</tr>"
        for gold in names
    )
    return _table(head, rows, "matrix")


def _cell(gold: str, predicted: str, n: int, total: int) -> str:
    if not n:
        return "<td></td>"
    kind, share = ("right" if gold == predicted else "wrong"), max(8, round(100 * n / total))
    tip = f"{escape(_name(gold))} → {escape(_name(predicted))}"
    return f'<td class="{kind}" style="--share:{share}%" title="{tip}">{n}</td>'


def _attribute_tables(found: dict[str, Counter[tuple[str, str]]]) -> Iterator[str]:
    for attribute, counts in found.items():
        values = load_taxonomy().attributes[attribute]
        head = f"<th>{attribute}: gold ↓</th>" + "".join(f"<th>{value}</th>" for value in values)
        sums = {gold: sum(counts[gold, other] for other in values) for gold in values}
        rows = (
            f"<tr><th>{gold}</th>{''.join(_cell(gold, v, counts[gold, v], sums[gold]) for v in values)}</tr>"
            for gold in values
        )
        yield _table(head, rows, "small")


def _by_category(mistakes: Sequence[Mistake]) -> Iterator[str]:
    touched = Counter(name for mistake in mistakes for name in _categories(mistake))
    for name, n in touched.most_common():
        own = [mistake for mistake in mistakes if name in _categories(mistake)]
        missed = sum(name in mistake.missed for mistake in own)
        summary = f"{_label(name)} {missed} missed, {n - missed} wrongly given"
        yield f"<details><summary>{summary}</summary>{_clauses(own, PER_CATEGORY)}</details>"


def _categories(mistake: Mistake) -> set[str]:
    return {*mistake.missed, *(measure.category for measure in mistake.wrong)}


def _clauses(mistakes: Sequence[Mistake], most: int) -> str:
    left = f'<p class="more" lang="en">… and {len(mistakes) - most} more</p>' if len(mistakes) > most else ""
    return f'<ol class="clauses">{"".join(map(_clause, mistakes[:most]))}</ol>{left}'


def _clause(mistake: Mistake) -> str:
    text = f"{escape(mistake.before)}<mark>{escape(mistake.clause)}</mark>{escape(mistake.after)}"
    labels = [_label(name, "missed") for name in mistake.missed] + [_label(name, "right") for name in mistake.right]
    given = "".join(_given(measure) for measure in mistake.wrong)
    return (
        f'<li><p>{text}</p><p class="labels">{given}{"".join(labels)}'
        f"<small>{escape(mistake.article)}:{mistake.start}–{mistake.end}</small></p></li>"
    )


def _given(measure: Measure) -> str:
    score = f" <small>{measure.score:.2f}</small>" if measure.score is not None else ""
    evidence = "".join(f"<code>{escape(_evidence(item))}</code>" for item in measure.evidence or ())
    return f"{_label(measure.category, 'wrong')}{score}{evidence} "


def _evidence(item: dict[str, object]) -> str:
    shown = (f"{value:+.2f}" if isinstance(value, float) else str(value) for value in item.values())
    return " ".join(shown)
