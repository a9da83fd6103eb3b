import codecs
import hashlib
import io
import json
import subprocess
import sys
import tracemalloc
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from policytext.ingest import read_articles

from .samples import NOTICE, TRADITIONAL, complaint, read, read_one

REALTEXT = Path(__file__).parents[2] / ".." / "shared" / "realtext"


@pytest.mark.parametrize("name", ["notice.txt", "notice.md", "notice"])
def test_plain_text_is_kept_as_received(tmp_path, name):
    text = "  " + NOTICE.replace("\n", "\r\n") + "\n\n"
    article = read_one(tmp_path / name, text.encode())
    assert article.text == text
    assert article.id == (tmp_path / name).as_posix()
    assert article.source == {"path": article.id, "format": "text", "encoding": "utf-8"}
    assert (article.title, article.date) == (None, None)


def test_encoding_and_dropped_mark_are_told(tmp_path):
    assert read_one(tmp_path / "a.txt", TRADITIONAL.encode("big5")).source["encoding"] == "big5hkscs"
    source = read_one(tmp_path / "b.txt", codecs.BOM_UTF16_LE + NOTICE.encode("utf-16-le")).source
    assert (source["encoding"], source["dropped"]) == ("utf-16-le", "byte-order mark")


def test_a_file_in_a_folder_is_named_by_its_place_below_it(tmp_path):
    (tmp_path / "区").mkdir()
    (tmp_path / "区" / "1.txt").write_text(NOTICE, "utf-8")
    (article,), errors = read(tmp_path)
    assert (article.id, article.source["path"], errors) == ("区/1.txt", "区/1.txt", [])


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("a.txt", b"", "the file is empty (name a file that holds text)"),
        ("a.txt", b" \r\n" * 2000, "the file is empty (name a file that holds text)"),
        ("a.jsonl", b"", "the file is empty (name a file that holds text)"),
        ("a.txt", codecs.BOM_UTF8, "the file holds no text (name a file that holds text)"),
        ("a.txt", "\u3000\n".encode(), "the file holds no text (name a file that holds text)"),
        ("a.txt", b"\x89PNG\r\n\x1a\n", "a PNG picture holds no text to read (name a file of text)"),
        ("a.dat", b"\x01\x00\x00\x02", "an unknown binary format (save it as .txt, .docx or .pdf)"),
        ("a.txt", b"\x80\x81\xff", "the encoding cannot be told with certainty (save it as UTF-8)"),
    ],
)
def test_a_file_that_gives_no_text_is_said_once(tmp_path, name, data, said):
    assert complaint(tmp_path / name, data) == f": {said}"


def test_one_bad_file_does_not_stop_the_others(tmp_path):
    for name, data in {"1.txt": b"", "2.txt": NOTICE.encode(), "3.pdf": b"%PDF-", "4.txt": NOTICE.encode()}.items():
        (tmp_path / name).write_bytes(data)
    articles, errors = read(tmp_path)
    assert [article.id for article in articles] == ["2.txt", "4.txt"]
    assert [error.split(": ")[0] for error in errors] == [str(tmp_path / "1.txt"), str(tmp_path / "3.pdf")]


@pytest.mark.parametrize(
    ("data", "kind", "texts"),
    [
        (NOTICE.encode(), "text", [NOTICE]),
        (NOTICE.encode("gb18030"), "text", [NOTICE]),
        ("<!DOCTYPE html><html><body><p>全区停课。</p></body></html>".encode(), "html", ["全区停课。"]),
        ('{"text": "甲"}\n{"text": "乙"}\n'.encode(), "jsonl", ["甲", "乙"]),
        (json.dumps({"text": NOTICE * 20}).encode(), "jsonl", [NOTICE * 20]),
        ('{\n  "text": "甲"\n}\n'.encode(), "json", ["甲"]),
        ('[{"text": "甲"}, {"text": "乙"}]'.encode(), "json", ["甲", "乙"]),
    ],
)
def test_standard_input_is_known_by_its_beginning(monkeypatch, data, kind, texts):
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data)))
    articles, errors = read("-")
    assert ([article.text for article in articles], errors) == (texts, [])
    assert {(article.source["path"], article.source["format"]) for article in articles} == {("-", kind)}


def test_empty_standard_input_is_said(monkeypatch):
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"")))
    assert read("-") == ([], ["standard input: the file is empty (name a file that holds text)"])


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(st.characters(codec="utf-8"), min_size=1))
def test_any_text_written_as_utf8_comes_back(tmp_path, text):
    # What begins like another format is that format, and what is blank has its own test.
    if text.strip() and not text.startswith(("\ufeff", "%PDF-", "PK\x03\x04")):
        assert read_one(tmp_path / "a.txt", text.encode()).text == text


def test_rows_are_read_as_they_are_taken_and_never_held(tmp_path):
    path = tmp_path / "large.jsonl"
    line = json.dumps({"text": NOTICE * 40}) + "\n"
    path.write_text(line * 500)
    assert path.stat().st_size > 10_000_000
    tracemalloc.start()
    try:
        count = sum(1 for _ in read_articles([path], report=pytest.fail))
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert count == 500
    assert peak < 2_000_000


def test_importing_the_room_brings_in_no_reader():
    heavy = "{'trafilatura', 'lxml', 'docx', 'pypdfium2', 'charset_normalizer', 'spacy', 'numpy'}"
    code = f"import sys, policytext.ingest; print(sorted({heavy} & set(sys.modules)))"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "[]\n"


@pytest.mark.realtext
@pytest.mark.parametrize("name", ["documents.jsonl", "background.jsonl"])
def test_every_real_row_comes_back_with_its_text(name):
    if not REALTEXT.exists():
        pytest.skip("the folder of real texts does not stand beside the checkout")
    articles, errors = read(REALTEXT / name)
    assert errors == []
    with (REALTEXT / name).open("rb") as lines:
        assert len(articles) == sum(1 for _ in lines) > 0
    for article in articles:
        assert hashlib.sha256(article.text.encode()).hexdigest() == article.source["sha256"]


@pytest.mark.realtext
@pytest.mark.parametrize("encoding", ["gb18030", "utf-16-le"])
def test_no_real_text_is_misread_for_its_encoding(encoding):
    if not REALTEXT.exists():
        pytest.skip("the folder of real texts does not stand beside the checkout")
    from policytext.ingest.decode import decode

    texts = [article.text for article in read(REALTEXT / "documents.jsonl")[0]]
    assert texts
    assert [decode(text.encode(encoding)).text == text for text in texts] == [True] * len(texts)
