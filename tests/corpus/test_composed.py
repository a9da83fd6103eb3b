import pytest

from policytext.corpus.composed import assign_splits, read_composed
from policytext.errors import InvalidRecordError
from policytext.records import Article

FILE = """@@DOC
genre: district_notice
script: Hans
title: 望榆区停课通告：第1号
date: 2020-02-03
issuer: 望榆区教育局
defects: none
---
望榆区停课通告

各校停课。
---
@@END
@@DOC
genre: news
script: Hant
title: 泊雲區復市
date: 2022-05-01
---
街市復業。
@@END
"""


def test_a_writers_file_becomes_articles():
    first, second = read_composed(FILE, "7")
    assert (first.id, second.id) == ("composed-701", "composed-702")
    assert (first.title, first.text) == ("望榆区停课通告：第1号", "望榆区停课通告\n\n各校停课。\n---")
    assert first.source == {
        "layer": "composed", "genre": "district_notice", "script": "Hans", "issuer": "望榆区教育局", "defects": "none",
        "period": "2020-01/02",
    }  # fmt: skip
    assert second.source["period"] == "2022"


@pytest.mark.parametrize(
    ("content", "complaint"),
    [(FILE + "@@DOC\n", "do not match"), (FILE.replace("genre: news\n", ""), "composed-702 has no genre")],
)
def test_a_broken_file_is_refused_by_name(content, complaint):
    with pytest.raises(InvalidRecordError, match=rf"W7\.txt: .*{complaint}"):
        read_composed(content, "7", "W7.txt")


def articles(count):
    """Return articles that share no characters, so that each is a group of its own."""
    words = ["".join(chr(0x4E00 + 40 * number + i) for i in range(40)) for number in range(count)]
    about = {"genre": "news", "script": "Hans"}
    return [Article(id=f"c-{n:03}", text=f"{word}。", date="2021-01-01", source=about) for n, word in enumerate(words)]


def splits_of(rows):
    return {row.id: row.source["split"] for row in rows}


def test_splits_are_drawn_once_and_later_documents_move_nobody():
    drawn = splits_of(assign_splits(articles(50), {}))
    assert [list(drawn.values()).count(split) for split in ("dev", "test")] == [6, 6]
    later = splits_of(assign_splits(articles(60), drawn))
    assert later.items() > drawn.items()
    assert len(later) == 60


def test_a_retold_document_goes_with_the_first():
    known = splits_of(assign_splits(articles(50), {}))
    retold = [row.model_copy(update={"id": f"d-{row.id}", "text": row.text + "又讯"}) for row in articles(50)]
    later = {row.id: row for row in assign_splits([*articles(50), *retold], known)}
    assert all(later[f"d-{key}"].source["split"] == split for key, split in known.items())
    assert later["d-c-001"].source["group"] == "c-001"
