import pytest

from policytext.ingest.pdf import Line, _join, _paragraphs

from .samples import NOTICE, complaint, make_pdf, make_scan, read_one

PARAGRAPHS = NOTICE.strip().split("\n")


def test_lines_are_joined_into_paragraphs_again_across_pages(tmp_path):
    long = [f"第{number}条　{PARAGRAPHS[2] * 2}".replace("　", "") for number in range(1, 20)]
    paragraphs = [*PARAGRAPHS[:2], *long, *PARAGRAPHS[3:]]
    article = read_one(tmp_path / "notice.pdf", make_pdf(paragraphs))
    assert article.text.split("\n") == paragraphs
    assert article.title is None
    assert article.source["dropped"] == "3 page numbers"
    assert article.source["format"] == "pdf"


def test_a_pdf_is_known_by_its_first_bytes(tmp_path):
    assert read_one(tmp_path / "notice.txt", make_pdf(PARAGRAPHS)).text.split("\n") == PARAGRAPHS


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (make_pdf(PARAGRAPHS, "geheim"), "the PDF is protected by a password (save a copy without password)"),
        (make_scan(), "a scanned PDF without text layer (recognise its text (OCR) first)"),
        (
            make_pdf(PARAGRAPHS).replace(b"/Type /Page\n", b"/Type /Gone\n"),
            "a page of the PDF is broken (export it again)",
        ),
        (b"%PDF-1.4\nnothing", "the PDF is broken (export it again)"),
        (b"not a PDF at all", "the file is named .pdf but is none, or is broken (export it again)"),
    ],
)
def test_a_pdf_that_gives_no_text_is_said(tmp_path, data, said):
    assert complaint(tmp_path / "notice.pdf", data) == f": {said}"


def test_a_short_line_ends_its_paragraph_and_an_indented_one_begins_one():
    full, short, indented = (0.0, 400.0, 12.0), (0.0, 200.0, 12.0), (24.0, 400.0, 12.0)
    lines = [Line("甲", *full), Line("乙", *short), Line("丙", *full), Line("丁", *indented), Line("二、戊", *full)]
    assert list(_paragraphs([lines])) == ["甲乙", "丙", "丁", "二、戊"]


def test_latin_words_are_joined_by_a_blank_chinese_ones_are_not():
    assert _join("COVID", "virus") == "COVID virus"
    assert _join("新冠", "病毒") == "新冠病毒"
    assert _join("自3", "月") == "自3月"
