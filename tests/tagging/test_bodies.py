import pytest
from hypothesis import given
from hypothesis import strategies as st
from named_cases import read_cases, to_traditional

from policytext.tagging.bodies import find_issuer, organisation_kind
from policytext.text.view import aligned_view


@pytest.mark.parametrize("case", read_cases("bodies"))
def test_organisation_kind(case):
    assert organisation_kind(case["name"]) == case["kind"]
    assert organisation_kind(aligned_view(to_traditional(case["name"]))) == case["kind"]


def test_the_issuer_is_the_body_in_the_signature():
    assert find_issuer([(3, 9), (40, 52)], (38, 52)) == [(40, 52)]
    assert find_issuer([(3, 9)], None) == []


@given(st.text())
def test_any_name_has_a_kind(name):
    assert organisation_kind(name)
