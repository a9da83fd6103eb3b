import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from policytext.tagging.entity_tags import decode, encode, tag_names

TAGS = tag_names(["ADMIN", "DATE"])


def scores(names):
    rows = np.zeros((len(names), len(TAGS)), np.float32)
    rows[np.arange(len(names)), [TAGS.index(name) for name in names]] = 1
    return rows


@st.composite
def spans(draw):
    edges = sorted(draw(st.sets(st.integers(0, 40), min_size=2, max_size=12)))
    pairs = zip(edges[::2], edges[1::2], strict=False)
    return [(start, end, draw(st.sampled_from(["ADMIN", "DATE"]))) for start, end in pairs]


@given(spans())
def test_what_was_encoded_is_decoded(found):
    tags = encode(found, 41, TAGS)
    assert decode(np.eye(len(TAGS), dtype=np.float32)[tags], TAGS) == found


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        (["O", "B-ADMIN", "E-ADMIN", "O"], [(1, 3, "ADMIN")]),
        # broken orders are mended, not lost
        (["I-ADMIN", "I-ADMIN", "O"], [(0, 2, "ADMIN")]),
        (["B-ADMIN", "I-DATE", "E-DATE"], [(0, 1, "ADMIN"), (1, 3, "DATE")]),
        (["S-DATE", "S-DATE"], [(0, 1, "DATE"), (1, 2, "DATE")]),
        (["E-DATE", "I-DATE"], [(0, 1, "DATE"), (1, 2, "DATE")]),
        (["O", "O"], []),
        ([], []),
    ],
)
def test_tags_spell_spans(names, expected):
    assert decode(scores(names), TAGS) == expected
