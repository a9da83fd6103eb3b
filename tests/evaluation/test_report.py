import re
from collections import Counter
from html.parser import HTMLParser

import pytest
from markup import markup

from policytext.errors import PolicytextError
from policytext.evaluation.evaluate import evaluate
from policytext.evaluation.mistakes import attribute_confusions, confusions, find_mistakes
from policytext.evaluation.report import error_report

GOLD = [
    markup("[全员采样](testing)，[进门测温](entry_screening)。今天晴。", "a"),
    markup("[望大家戴口罩](personal_protection::recommended:called_for)，[停课](school_restriction)。", "b"),
]


def scored(annotation, *scores, evidence=None):
    measures = [
        measure.model_copy(update={"score": score, "evidence": evidence})
        for measure, score in zip(annotation.measures, scores, strict=True)
    ]
    return annotation.model_copy(update={"measures": measures})


PREDICTED = [
    scored(markup("[全员采样](testing)，[进门测温](health_monitoring)。[今天晴](testing)。", "a"), 0.9, 0.6, 0.8),
    scored(markup("[望大家戴口罩](personal_protection)，停课。", "b"), 0.7),
]


def test_confusions_pair_what_was_missed_with_what_was_given():
    assert confusions(GOLD, PREDICTED) == Counter(
        {
            ("testing", "testing"): 1,
            ("entry_screening", "health_monitoring"): 1,
            ("none", "testing"): 1,
            ("personal_protection", "personal_protection"): 1,
            ("school_restriction", "none"): 1,
        }
    )


def test_attribute_confusions_are_of_matched_labels():
    found = attribute_confusions(GOLD, PREDICTED)
    assert found["force"] == Counter({("mandatory", "mandatory"): 1, ("recommended", "mandatory"): 1})
    assert found["realis"]["called_for", "ordered"] == 1


def test_most_confident_errors_come_first_each_in_its_sentence():
    first, second, third = find_mistakes(GOLD, PREDICTED)
    assert (first.before, first.clause, first.after, first.confidence) == ("", "今天晴", "。", 0.8)
    assert (second.before, second.clause, second.after) == ("全员采样，", "进门测温", "。")
    assert (second.missed, [m.category for m in second.wrong]) == (("entry_screening",), ["health_monitoring"])
    assert (third.missed, third.confidence) == (("school_restriction",), 0.0)


class Checker(HTMLParser):
    """Fails where an element is closed that is not open."""

    void = frozenset({"meta", "br", "line", "rect", "circle"})

    def __init__(self):
        super().__init__()
        self.open, self.seen = [], Counter()

    def handle_starttag(self, tag, attrs):
        self.seen[tag] += 1
        if tag not in self.void:
            self.open.append(tag)

    def handle_endtag(self, tag):
        if tag not in self.void:
            assert self.open.pop() == tag


def page(gold, predicted):
    return error_report(evaluate(gold, predicted, model="m", resamples=20), gold, predicted)


def test_page_is_whole_and_self_contained():
    html = page(GOLD, PREDICTED)
    checker = Checker()
    checker.feed(html)
    assert checker.open == []
    assert checker.seen["svg"] == 1
    assert checker.seen["details"] == 4, "entry_screening, health_monitoring, testing, school_restriction"
    assert '<html lang="zh">' in html
    assert "<mark>进门测温</mark>" in html
    assert "prefers-color-scheme: dark" in html
    assert not re.search(r"(?:src|href)=|https?://|<script", html)


def test_what_decided_is_shown_and_text_is_escaped():
    gold = [markup("凡<b>进店&测温。", "a")]
    predicted = [
        scored(markup("[凡<b>进店&测温](testing)。", "a"), 0.5, evidence=[{"feature": "char:<测", "weight": 1.25}])
    ]
    html = page(gold, predicted)
    assert "<mark>凡&lt;b&gt;进店&amp;测温</mark>" in html
    assert "<code>char:&lt;测 +1.25</code>" in html


def test_without_text_there_is_no_page():
    shipped = [annotation.without_text() for annotation in GOLD]
    with pytest.raises(PolicytextError, match="policytext hydrate"):
        page(shipped, PREDICTED)
