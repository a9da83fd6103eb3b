import random

import pytest
from markup import markup
from nervaluate import Evaluator

from policytext.metrics.counts import Counts, add_tallies
from policytext.metrics.entities import match_entities, tally_entities, tally_values
from policytext.records import Entity


def tally(gold, predicted):
    return tally_entities(markup(gold).entities, markup(predicted).entities)


def test_same_span_and_label_is_strict():
    counts = tally("[海曲市](ADMIN)发现[3例](COUNT)", "[海曲市](ADMIN)发现[3例](POPULATION)")
    assert counts["strict", "ADMIN"] == Counts(tp=1)
    assert counts["strict", "COUNT"] == Counts(fn=1)
    assert counts["strict", "POPULATION"] == Counts(fp=1)
    assert counts["exact", ""] == Counts(tp=2)


def test_overlap_needs_one_common_character_and_the_label():
    counts = tally("[海曲市东湖区](ADMIN)", "海曲市[东湖区](ADMIN)")
    assert counts["strict", "ADMIN"] == Counts(fp=1, fn=1)
    assert counts["overlap", "ADMIN"] == Counts(tp=1)
    assert counts["partial", ""] == Counts(tp=0.5, fp=0.5, fn=0.5)


def test_overlap_is_one_to_one():
    counts = tally("[海曲市东湖区](ADMIN)", "[海曲市](ADMIN)[东湖区](ADMIN)")
    assert counts["overlap", "ADMIN"] == Counts(tp=1, fp=1)


def test_neighbours_do_not_overlap():
    assert tally("[海曲市](ADMIN)东湖区", "海曲市[东湖区](ADMIN)")["overlap", "ADMIN"] == Counts(fp=1, fn=1)


def test_nested_entities_are_matched_each_with_its_like():
    counts = tally("[[海曲市](ADMIN)卫健委](ORG)", "[[海曲市](ADMIN)卫健委](ORG)")
    assert counts["strict", "ADMIN"] == counts["strict", "ORG"] == Counts(tp=1)
    assert counts["ent_type", "ADMIN"] == counts["ent_type", "ORG"] == Counts(tp=1)


def test_a_pair_takes_the_longest_overlap_first():
    gold, predicted = markup("[海曲市](ADMIN)[东湖区](ADMIN)").entities, markup("海[曲市东湖区](ADMIN)").entities
    assert [(g.quote, p.quote) for g, p in match_entities(gold, predicted)] == [("东湖区", "曲市东湖区")]


def test_entity_type_pairs_first_and_reads_labels_then():
    counts = tally("[东湖花园](PLACE)", "[东湖](ADMIN)[花](PLACE)园")
    assert counts["overlap", "PLACE"] == Counts(tp=1)
    assert counts["ent_type", "PLACE"] == Counts(fp=1, fn=1), "the longer overlap has another label"


def random_article(generator):
    """Entities that overlap at most one of the other side, so that any one-to-one matching pairs them alike."""
    gold, predicted = [], []
    for slot in range(30):
        label = generator.choice(["ADMIN", "DATE", "ORG"])
        start = slot * 20 + 5
        if generator.random() < 0.8:
            gold.append(Entity(start=start, end=start + 6, label=label))
        if generator.random() < 0.8:
            label = label if generator.random() < 0.7 else generator.choice(["ADMIN", "DATE", "ORG"])
            start += generator.choice([0, 0, -3, 3])
            predicted.append(Entity(start=start, end=start + generator.choice([6, 6, 4]), label=label))
    return gold, predicted


def nervaluate_counts(documents):
    """Sum nervaluate's counts over documents, each evaluated alone: its merge of several loses partial credit."""
    totals = {name: Counts() for name in ("strict", "exact", "partial", "ent_type")}
    for gold, predicted in documents:
        spans = [[{"label": e.label, "start": e.start, "end": e.end - 1} for e in side] for side in (gold, predicted)]
        overall = Evaluator([spans[0]], [spans[1]], tags=["ADMIN", "DATE", "ORG"], loader="dict").evaluate()["overall"]
        for name, result in overall.items():
            right = result.correct + 0.5 * result.partial
            totals[name] += Counts(right, result.actual - right, result.possible - right)
    return totals


def test_counts_of_two_documents_are_those_of_nervaluate():
    generator = random.Random(7)
    documents = [random_article(generator) for _ in range(2)]
    total = add_tallies(tally_entities(*document) for document in documents)
    mine = {
        name: sum((counts for (kind, _), counts in total.items() if kind == name), Counts())
        for name in ("strict", "exact", "partial", "ent_type")
    }
    assert mine == nervaluate_counts(documents)
    assert 0 < mine["strict"].f1 < mine["partial"].f1 < 1, "the example must tell the schemes apart"


def test_days_are_compared_and_hours_are_not():
    gold = markup('[6日](DATE {"start": "2021-12-06", "end": "2021-12-06"})和[7日](DATE {"start": "2021-12-07"})')
    predicted = markup('[6日](DATE {"start": "2021-12-06T08:00", "end": "2021-12-06T09:00"})和[7日](DATE)')
    assert tally_values(gold.entities, predicted.entities)["value", "DATE"] == Counts(tp=1, fn=1)


def test_a_missed_span_is_wrong_only_in_the_stricter_variant():
    gold = markup('[海曲市](ADMIN {"adcode": "999901"})有[3例](COUNT {"number": 3, "unit": "例"})')
    predicted = markup('[海曲市](ADMIN {"adcode": "999902"})有3例')
    counts = tally_values(gold.entities, predicted.entities)
    assert counts == {
        ("value", "ADMIN"): Counts(fn=1),
        ("value_all", "ADMIN"): Counts(fn=1),
        ("value_all", "COUNT"): Counts(fn=1),
    }


@pytest.mark.parametrize("value", ["", ' {"candidates": ["999901", "999902"]}'])
def test_a_value_that_gold_leaves_open_is_not_counted(value):
    gold = markup(f"[海曲市](ADMIN{value})")
    assert tally_values(gold.entities, gold.entities) == {}


def test_offsets_beyond_the_basic_plane():
    counts = tally("𠀀[海曲市](ADMIN)", "𠀀[海曲](ADMIN)市")
    assert counts["overlap", "ADMIN"] == Counts(tp=1)
    assert counts["strict", "ADMIN"] == Counts(fp=1, fn=1)
