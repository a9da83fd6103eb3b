from pathlib import Path
from typing import get_args

import pytest

from policytext.errors import InvalidRecordError, UnreadableInputError
from policytext.records import EntityLabel, Force, Polarity, Realis
from policytext.taxonomy import load_taxonomy, read_taxonomy

ROOT = Path(__file__).parents[1]


def test_the_packages_labels_are_those_of_the_annotations():
    assert (ROOT / "policytext/data/labels.json").read_bytes() == (ROOT / "annotations/labels.json").read_bytes()


def test_every_category_has_a_known_group_and_its_own_id():
    taxonomy = load_taxonomy()
    assert len(set(taxonomy.category_ids)) == len(taxonomy.categories) == 28
    assert {category.group for category in taxonomy.categories} == set(taxonomy.groups)
    assert taxonomy.category("testing").zh == "核酸/抗原检测与筛查"


def test_the_records_know_the_same_values():
    taxonomy = load_taxonomy()
    assert taxonomy.entity_labels == get_args(EntityLabel)
    assert taxonomy.attributes == {"polarity": get_args(Polarity), "force": get_args(Force), "realis": get_args(Realis)}


def test_an_unknown_category_is_a_key_error():
    with pytest.raises(KeyError):
        load_taxonomy().category("parking")


def test_a_bad_file_is_named(tmp_path):
    with pytest.raises(UnreadableInputError, match=r"labels\.json"):
        read_taxonomy(tmp_path / "labels.json")
    (tmp_path / "labels.json").write_text("{}")
    with pytest.raises(InvalidRecordError, match=r"labels\.json: version: Field required"):
        read_taxonomy(tmp_path / "labels.json")
