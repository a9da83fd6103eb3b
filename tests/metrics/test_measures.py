import pytest
from markup import markup

from policytext.metrics.counts import Counts, add_tallies
from policytext.metrics.measures import pair_clauses, tally_measures
from policytext.records import Measure


def tally(gold, predicted):
    return tally_measures(pair_clauses(markup(gold), markup(predicted)))


def measure(start, end, category="testing"):
    return Measure(start=start, end=end, category=category, polarity="impose", force="mandatory", realis="ordered")


def test_counts_divide_last():
    counts = Counts(tp=6, fp=2, fn=4) + Counts(tp=0, fp=1, fn=0, tn=7)
    assert counts == Counts(6, 3, 4, 7)
    assert counts.precision == pytest.approx(6 / 9)
    assert counts.recall == pytest.approx(0.6)
    assert counts.f1 == pytest.approx(12 / 19)
    assert counts.accuracy == pytest.approx(13 / 20)


def test_scores_of_nothing_are_zero():
    nothing = Counts()
    assert (nothing.precision, nothing.recall, nothing.f1, nothing.accuracy) == (0, 0, 0, 0)


def test_right_missed_and_wrongly_given():
    counts = tally(
        "[全员采样](testing)，[进门测温](entry_screening)，望大家理解。",
        "[全员采样](testing)，[进门测温](health_monitoring)，[望大家理解](public_information)。",
    )
    assert counts["category", "testing"] == Counts(tp=1)
    assert counts["category", "entry_screening"] == Counts(fn=1)
    assert counts["category", "health_monitoring"] == Counts(fp=1)
    assert counts["any", ""] == Counts(tp=2, fp=1)
    assert counts["set", "all"] == Counts(tp=1, fn=2)


def test_clauses_without_measures_count():
    counts = tally("今天晴，明天雨。", "今天晴，明天雨。")
    assert counts["any", ""] == Counts(tn=2)
    assert counts["set", "all"].accuracy == 1
    assert ("set", "labelled") not in counts


def test_attributes_count_where_the_category_is_right():
    counts = tally(
        "[复课](school_restriction:ease)，[戴口罩](personal_protection)",
        "[复课](school_restriction:impose)，[戴口罩](testing:ease:permitted:reported)",
    )
    assert counts["attribute", "polarity"] == Counts(fn=1)
    assert counts["attribute", "force"] == Counts(tp=1)


def test_a_prediction_that_cuts_otherwise_counts_on_the_clause_it_overlaps_most():
    gold = markup("[商场暂停营业](venue_restriction)，[全员采样](testing)。")  # clauses 0-6 and 7-11
    predicted = gold.model_copy(
        update={"measures": [measure(2, 6, "venue_restriction"), measure(8, 11), measure(7, 9), measure(6, 12)]}
    )
    counts = tally_measures(pair_clauses(gold, predicted))
    assert counts["category", "venue_restriction"] == Counts(tp=1)
    assert counts["category", "testing"] == Counts(tp=1), "one category counts once per clause"
    assert counts["any", ""] == Counts(tp=2)


def test_less_than_half_of_the_shorter_span_is_another_place():
    gold = markup("[商场暂停营业](venue_restriction)，全员采样。")
    predicted = gold.model_copy(update={"measures": [measure(4, 10, "venue_restriction")]})
    pairs = pair_clauses(gold, predicted)
    # 4-6 is a third of either span; 7-10 is three quarters of the second clause, which therefore takes it.
    assert [sorted(pair.predicted) for pair in pairs] == [[], ["venue_restriction"]]


def test_a_prediction_where_gold_has_no_clause_is_wrong_there():
    gold = markup("[停课](school_restriction)。")
    predicted = markup("[停课](school_restriction)。").model_copy(
        update={"text": None, "measures": [measure(0, 2, "school_restriction"), measure(50, 60)]}
    )
    pairs = pair_clauses(gold, predicted)
    assert [pair.in_gold for pair in pairs] == [True, False]
    assert tally_measures(pairs)["category", "testing"] == Counts(fp=1)


def test_an_exact_span_goes_before_a_longer_one():
    gold = markup("[停课](school_restriction:ease)，停工")
    wide = measure(0, 4, "school_restriction")
    exact = measure(0, 2, "school_restriction").model_copy(update={"polarity": "ease"})
    predicted = gold.model_copy(update={"measures": [wide, exact]})
    assert tally_measures(pair_clauses(gold, predicted))["attribute", "polarity"] == Counts(tp=1)


def test_of_two_equal_overlaps_the_first_clause_is_taken():
    gold = markup("停课，停工")
    predicted = gold.model_copy(update={"measures": [measure(1, 4)]})
    assert [sorted(pair.predicted) for pair in pair_clauses(gold, predicted)] == [["testing"], []]


def test_documents_are_merged_by_adding_counts():
    first = tally("[停课](school_restriction)，[采样](testing)", "[停课](school_restriction)，采样")
    second = tally("[采样](testing)", "[采样](testing; contact_tracing)")
    total = add_tallies([first, second])
    assert total["category", "testing"] == Counts(tp=1, fn=1)
    assert total["any", ""] == Counts(tp=2, fn=1)
    assert total["set", "all"] == Counts(tp=1, fn=2)
