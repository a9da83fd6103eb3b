import pytest
from markup import markup

from policytext.errors import InvalidRecordError, UnreadableInputError
from policytext.formats.jsonl import read_annotations, write_annotations
from policytext.formats.texts import with_texts

ROWS = [
    markup("[[𠀀水镇](ADMIN)停课](school_restriction)，望周知。", "a", note="further keys stay"),
    markup("一行\u2028又一行，[采样](testing)。", "b"),
]


def test_what_was_written_is_read_again(tmp_path):
    write_annotations(tmp_path / "rows.jsonl", ROWS)
    assert list(read_annotations(tmp_path / "rows.jsonl")) == ROWS
    assert (tmp_path / "rows.jsonl").read_bytes().count(b"\n") == 2


def test_a_folder_is_read_file_by_file(tmp_path):
    write_annotations(tmp_path / "2.jsonl", ROWS[1:])
    write_annotations(tmp_path / "1.jsonl", ROWS[:1])
    (tmp_path / "notes.txt").write_text("no annotation")
    assert [row.id for row in read_annotations(tmp_path)] == ["a", "b"]


def test_blank_lines_and_a_byte_order_mark_are_passed_over(tmp_path):
    path = tmp_path / "rows.jsonl"
    path.write_bytes(b"\xef\xbb\xbf" + ROWS[0].to_json().encode() + b"\r\n\n" + ROWS[1].to_json().encode())
    assert list(read_annotations(path)) == ROWS


@pytest.mark.parametrize(
    ("line", "message"),
    [
        (b"{", r"rows\.jsonl:2: record: "),
        (b'{"id": "c", "text": "\xff"}', r"rows\.jsonl:2: "),
        (b'{"text": "no id"}', r"rows\.jsonl:2: id: "),
        ('{"id":"c","text":"停课","entities":[{"start":0,"end":3,"label":"DATE"}]}'.encode(), r":2: .*ends behind"),
    ],
)
def test_a_bad_line_is_named(tmp_path, line, message):
    path = tmp_path / "rows.jsonl"
    path.write_bytes(ROWS[0].to_json().encode() + b"\n" + line + b"\n")
    with pytest.raises(InvalidRecordError, match=message):
        list(read_annotations(path))


def test_a_missing_file_or_empty_folder_is_named(tmp_path):
    with pytest.raises(UnreadableInputError, match=r"none\.jsonl: there is no such file"):
        list(read_annotations(tmp_path / "none.jsonl"))
    with pytest.raises(UnreadableInputError, match=r"no \*\.jsonl file"):
        list(read_annotations(tmp_path))


def test_a_failed_write_leaves_the_file_as_it_was(tmp_path):
    path = tmp_path / "rows.jsonl"
    write_annotations(path, ROWS)

    def broken():
        yield ROWS[0]
        raise RuntimeError("the source broke off")

    with pytest.raises(RuntimeError):
        write_annotations(path, broken())
    assert list(read_annotations(path)) == ROWS
    assert [file.name for file in tmp_path.iterdir()] == ["rows.jsonl"]


def test_shipped_rows_and_their_texts_come_together(tmp_path):
    write_annotations(tmp_path / "texts.jsonl", ROWS)
    shipped = [row.without_text() for row in ROWS]
    complete = with_texts(shipped, tmp_path / "texts.jsonl")
    assert [row.text for row in complete] == [row.text for row in ROWS]
    assert complete[0].entities[0].quote == "𠀀水镇"
    assert with_texts(shipped, None) == shipped


def test_articles_that_the_texts_lack_stay_as_they_are(tmp_path):
    write_annotations(tmp_path / "texts.jsonl", ROWS[:1])
    complete = with_texts([row.without_text() for row in ROWS], tmp_path)
    assert [row.text is None for row in complete] == [False, True]


def test_another_text_is_refused(tmp_path):
    path = tmp_path / "texts.jsonl"
    path.write_text('{"id": "a", "text": "别的文本"}\n', "utf-8")
    with pytest.raises(InvalidRecordError, match="a: the text is not the annotated one"):
        with_texts([ROWS[0].without_text()], path)
    without_sum = ROWS[0].without_text().model_copy(update={"sha256": None})
    with pytest.raises(InvalidRecordError, match=r"does not have the recorded hash|ends behind"):
        with_texts([without_sum], path)


@pytest.mark.parametrize("line", ["[1]", "{", '{"text": "no id"}'])
def test_a_bad_line_of_texts_is_named(tmp_path, line):
    (tmp_path / "texts.jsonl").write_text(f"\n{line}\n")
    with pytest.raises(InvalidRecordError, match=r"texts\.jsonl:2: no JSON object"):
        with_texts([ROWS[0].without_text()], tmp_path / "texts.jsonl")
