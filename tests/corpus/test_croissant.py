import pytest

from policytext.corpus.card import BEGIN, END, publish
from policytext.corpus.files import CROISSANT

from .checkout import build_checkout


def test_the_metadata_validates_and_every_record_can_be_read(tmp_path):
    mlcroissant = pytest.importorskip("mlcroissant")
    root = build_checkout(tmp_path).root
    publish(root, f"{BEGIN}\n{END}\n")
    dataset = mlcroissant.Dataset(str(root / CROISSANT))
    assert not dataset.metadata.issues.errors
    assert len(dataset.metadata.record_sets) == 9
    clauses = list(dataset.records("measures-test"))
    assert [row["measures-test/categories"] for row in clauses[:3]] == [[], [], [b"other_measure"]]
    article = next(iter(dataset.records("articles-dev")))
    assert article["articles-dev/measures.category"] == [b"other_measure"]
    assert article["articles-dev/text"].decode().startswith("致望榆区家长的一封信")
