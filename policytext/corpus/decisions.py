"""Adjudication of two passes clause by clause: what both say stands, what they differ in is decided.

A decision is the whole answer for its clause: `n<TAB>answer or none<TAB>rule`, the answer as in `notation`. It may also
overrule what both passes say, or add what both missed.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from policytext.corpus.answers import Answers, to_entities, to_measures
from policytext.corpus.notation import PARSERS, WRITERS, Answer, Label, Parse
from policytext.corpus.portions import HEAD, document_id
from policytext.records import Article
from policytext.text.layout import Layout, read_layout

_NONE = "none"
_OPEN = "?? "
_PARTED = " · "  # stands for the TAB between entities, which would open another column


class Ruling(NamedTuple):
    """The decided answer for a clause, and the annotator's words for why: the rule, then what else was said."""

    answer: Any
    rule: str


class Merged(NamedTuple):
    """The answers of two passes made one; `undecided` are the clauses that still say what the first pass says."""

    answers: dict[int, Any]
    undecided: list[int]


def parse_ruling(kind: str) -> Parse:
    """Return the parser of decisions on "measures" or "entities"."""

    def parse(clause: str, line: str) -> Ruling:
        answer, _, rule = line.rpartition("\t")
        if not answer.strip() or not rule.strip():
            raise ValueError("a decision is `n<TAB>answer or none<TAB>rule`")
        return Ruling([] if answer.strip() == _NONE else PARSERS[kind](clause, answer), rule.strip())

    return parse


def differences(a: Mapping[int, Answer], b: Mapping[int, Answer]) -> list[int]:
    """Return the numbers of the clauses of which the passes say different things."""
    return [number for number in sorted({*a, *b}) if sorted(a.get(number, [])) != sorted(b.get(number, []))]


def merge(a: Mapping[int, Answer], b: Mapping[int, Answer], rulings: Mapping[int, Ruling]) -> Merged:
    """Return what both passes say, and what was ruled; an undecided clause keeps the first pass's answer."""
    ruled = {number: ruling.answer for number, ruling in rulings.items()}
    undecided = [number for number in differences(a, b) if number not in rulings]
    return Merged({number: answer for number, answer in sorted((dict(a) | ruled).items()) if answer}, undecided)


def render_adjudication(portion: str, kind: str, a: Answers, b: Answers) -> str:
    """Return the portion for an adjudicator: agreed answers behind `=`, differences behind `?? A: … | B: …`."""
    lines: list[str] = []
    document = ""
    for line in portion.split("\n"):
        if line.startswith(HEAD):
            document = document_id(line)
        number, tab, clause = line.partition("\t")
        answers = [side.by_document[document].get(int(number), []) for side in (a, b)] if tab else []
        lines.append(line + _shown(kind, clause, *answers) if any(answers) else line)
    return "\n".join(lines)


def _shown(kind: str, clause: str, one: Answer, other: Answer) -> str:
    first, second = (WRITERS[kind](clause, answer).replace("\t", _PARTED) or _NONE for answer in (one, other))
    return f"\t= {first}" if sorted(one) == sorted(other) else f"\t{_OPEN}A: {first} | B: {second}"


def open_clauses(portion: str) -> dict[str, list[int]]:
    """Return the numbers of the clauses that an adjudicator's portion leaves to be decided, by document."""
    found: dict[str, list[int]] = {}
    document = ""
    for line in portion.split("\n"):
        if line.startswith(HEAD):
            document = document_id(line)
        elif f"\t{_OPEN}" in line:
            found.setdefault(document, []).append(int(line.partition("\t")[0]))
    return found


def decision_row(article: Article, number: int, ruling: Ruling, *, kind: str, who: str) -> dict[str, Any]:
    """Return a decision as it is kept on file: key, decision without quotes, who, why and rule.

    The rule is what stands before the first colon of the annotator's words, and why is what stands behind it.
    """
    layout = read_layout(article.text)
    clause = layout.clauses[number - 1]
    rule, _, why = ruling.rule.replace("：", ":").partition(":")
    return {
        "key": f"{article.id}:{clause.start}-{clause.end}:{kind}",
        "decision": _stated(layout, {number: ruling.answer}, kind),
        "who": who,
        "why": why.strip() or rule.strip(),
        "rule": rule.strip(),
    }


def _stated(layout: Layout, answers: Mapping[int, Any], kind: str) -> list[dict[str, Any]]:
    if kind == "measures":
        keys = set(Label._fields)
        return [measure.model_dump(include=keys) for measure in to_measures(layout, answers)]
    return [entity.model_dump(include={"start", "end", "label"}) for entity in to_entities(layout, answers)]
