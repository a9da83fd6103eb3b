import json

import pytest

from policytext.records import Annotation

from .samples import NOTICE, complaint, read, read_one


def write_lines(path, *rows):
    path.write_text("".join(row if isinstance(row, str) else json.dumps(row) + "\n" for row in rows), "utf-8")
    return path


def test_a_row_keeps_its_id_title_and_date_and_the_rest_in_its_source(tmp_path):
    row = {"id": 7, "text": NOTICE, "title": "通告", "date": "2022-03-05", "url": "u", "path": "p", "none": None}
    article = read_one(tmp_path / "a.jsonl", json.dumps(row | {"source": {"site": "s"}}).encode())
    assert (article.id, article.text, article.title, article.date) == ("7", NOTICE, "通告", "2022-03-05")
    assert article.source == {
        "path": (tmp_path / "a.jsonl").as_posix(),
        "line": 1,
        "format": "jsonl",
        "encoding": "utf-8",
        "site": "s",
        "url": "u",
        "row_path": "p",
    }


def test_what_is_no_string_is_no_title_and_a_source_may_be_a_string(tmp_path):
    article = read_one(tmp_path / "a.jsonl", json.dumps({"text": "甲", "title": ["t"], "source": "新报"}).encode())
    assert article.title is None
    assert article.source["title"] == ["t"]
    assert article.source["source"] == "新报"


def test_a_row_without_id_is_named_by_file_and_line(tmp_path):
    path = write_lines(tmp_path / "a.ndjson", "\n", {"text": "甲\u2028乙"}, " \n", {"text": "丙"})
    articles, errors = read(path)
    assert [(article.id, article.text) for article in articles] == [(f"{path}:2", "甲\u2028乙"), (f"{path}:4", "丙")]
    assert errors == []


def test_an_annotation_is_read_without_what_was_found_in_it(tmp_path):
    clause = {"start": 0, "end": 2, "sentence": 0}
    annotation = Annotation(id="a", text="停课。", title="t", clauses=[clause], source={"site": "s"})
    article = read_one(tmp_path / "a.jsonl", annotation.to_json().encode())
    assert (article.id, article.text, article.title) == ("a", "停课。", "t")
    assert set(article.source) == {"path", "line", "format", "encoding", "site"}


HALF = "the row holds half of a surrogate pair (write the character itself, or both halves of its escape)"
BAD_ROWS = [
    ('{"text": "甲"\n', "invalid JSON at column 13: Expecting ',' delimiter (write one JSON object a line)"),
    ('"甲"\n', 'the row is no JSON object (write {"text": "…"})'),
    ('{"body": "甲"}\n', "the row has no text (give it a key `text` that holds a string)"),
    ('{"text": 3}\n', "the row has no text (give it a key `text` that holds a string)"),
    ('{"text": " \\n"}\n', "the row's text is empty (fill it in or remove the row)"),
    ('{"id": "a", "sha256": "0"}\n', "the row ships without its text (fetch it with `policytext hydrate`)"),
    ('{"text": "甲\\ud800"}\n', HALF),
    ('{"text": "甲", "title": "\\udc00"}\n', HALF),
    ('{"text": ' + "[" * 200_000 + "\n", 'JSON nested too deeply (write {"text": "…"})'),
]


def test_each_bad_row_is_said_once_with_its_line_and_the_rest_is_read(tmp_path):
    rows = [row for bad, _ in BAD_ROWS for row in (bad, {"text": "好"})]
    path = write_lines(tmp_path / "a.jsonl", *rows)
    articles, errors = read(path)
    assert [article.text for article in articles] == ["好"] * len(BAD_ROWS)
    assert errors == [f"{path}:{2 * number + 1}: {said}" for number, (_, said) in enumerate(BAD_ROWS)]


def test_whole_surrogate_pairs_are_characters(tmp_path):
    assert read_one(tmp_path / "a.jsonl", b'{"text": "\\ud840\\udc00"}').text == "\U00020000"


def test_a_byte_that_is_not_utf8_is_said_with_its_line(tmp_path):
    path = tmp_path / "a.jsonl"
    path.write_bytes('{"text": "甲"}\n{"text": "'.encode() + b'\xff"}\n{"text": "z"}\n')
    articles, errors = read(path)
    assert [article.text for article in articles] == ["甲", "z"]
    assert errors == [f"{path}:2: byte 10 of the line is not UTF-8 (save it as UTF-8)"]


@pytest.mark.parametrize("encoding", ["gb18030", "utf-16"])
def test_rows_in_another_encoding_are_said_once(tmp_path, encoding):
    rows = "".join(json.dumps({"text": NOTICE}, ensure_ascii=False) + "\n" for _ in range(3))
    said = complaint(tmp_path / "a.jsonl", rows.encode(encoding))
    assert (
        said
        == f": the rows are in {'utf-16-le' if encoding == 'utf-16' else encoding}, JSON is in UTF-8 (save it as UTF-8)"
    )


def test_the_rows_of_a_json_array_are_numbered(tmp_path):
    path = tmp_path / "a.json"
    path.write_text(
        '[\n {"text": "甲"},\n {"id": "b",\n  "text": "乙"},\n {"body": "丙"},\n {"text": "丁"}\n]\n', "utf-8"
    )
    articles, errors = read(path)
    assert [(article.id, article.text) for article in articles] == [
        (f"{path}:1", "甲"),
        ("b", "乙"),
        (f"{path}:4", "丁"),
    ]
    assert [article.source["item"] for article in articles] == [1, 2, 4]
    assert errors == [f"{path}:5: the row has no text (give it a key `text` that holds a string)"]


@pytest.mark.parametrize("text", ['{\n "text": "甲"\n}', '{"text": "甲"}\n', '[{"text": "甲"}]'])
def test_a_json_file_may_hold_one_object(tmp_path, text):
    assert read_one(tmp_path / "a.json", text.encode()).text == "甲"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('[{"text": "甲"},\n {"text": }]', ":2: invalid JSON: Expecting value (write"),
        ("[]", ": the file holds no rows (write"),
        ('[{"text": "甲"}', ": invalid JSON: the array is not closed (write"),
    ],
)
def test_broken_json_is_said_with_its_line(tmp_path, text, said):
    path = tmp_path / "a.json"
    path.write_text(text, "utf-8")
    articles, errors = read(path)
    assert len(errors) == 1
    assert errors[0].startswith(f"{path}{said}")
    assert len(articles) == text.count("甲")
