import pytest

from .samples import NOTICE, complaint, make_docx, read_one

PARAGRAPHS = NOTICE.strip().split("\n")


def _write(document):
    document.core_properties.title = "柳湾区通告"
    for text in PARAGRAPHS[:3]:
        document.add_paragraph(text)
    table = document.add_table(2, 3)
    for cell, text in zip(table._cells, ["街道", "时间", "地点", "金穗街道", "8时", "广场"], strict=True):
        cell.text = text
    table.cell(0, 1).merge(table.cell(0, 2))
    for text in PARAGRAPHS[3:]:
        document.add_paragraph(text)
    document.sections[0].footer.paragraphs[0].text = "第1页"


def test_paragraphs_and_tables_come_in_their_order(tmp_path):
    article = read_one(tmp_path / "notice.docx", make_docx(_write))
    table = ["街道\t时间\n地点", "金穗街道\t8时\t广场"]
    assert article.text == "\n".join([*PARAGRAPHS[:3], *table, *PARAGRAPHS[3:]])
    assert article.title == "柳湾区通告"
    assert article.source["dropped"] == "3 characters of headers and footers"


def _revise(document):
    from docx.oxml import parse_xml
    from docx.oxml.ns import nsdecls

    paragraph = document.add_paragraph("全区")
    for mark in (
        "<w:del {}><w:r><w:delText>恢复</w:delText></w:r></w:del>",
        "<w:ins {}><w:r><w:t>暂停</w:t></w:r></w:ins>",
    ):
        paragraph._p.append(parse_xml(mark.format(nsdecls("w"))))
    paragraph.add_run("堂食")
    paragraph.add_run("\t")
    paragraph.add_run("执行。")
    control = "<w:sdt {}><w:sdtContent><w:p><w:r><w:t>学校停课。</w:t></w:r></w:p></w:sdtContent></w:sdt>"
    document.element.body.insert(1, parse_xml(control.format(nsdecls("w"))))


def test_insertions_and_content_controls_are_read_deletions_are_not(tmp_path):
    article = read_one(tmp_path / "notice.docx", make_docx(_revise))
    assert article.text == "全区暂停堂食\t执行。\n学校停课。"
    assert article.title is None


BROKEN = "the file is broken, or no Word document (open it in Word and save it again as .docx)"
NO_WORD = "but is none, or is broken (open it and save it again as .docx)"
EMPTY = "the document holds no text (if it is a scan, recognise its text (OCR) first)"
OLD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("a.docx", make_docx(_write)[:4000], BROKEN),
        ("a.docx", b"PK\x03\x04 no archive", BROKEN),
        ("a.docx", b"plain", f"the file is named .docx {NO_WORD}"),
        ("a.doc", b"{\\rtf1 }", f"the file is named .doc {NO_WORD}"),
        ("a.doc", OLD, "an old Word, Excel or protected Office file (save it as .docx without password)"),
        ("a.docx", OLD, "an old Word, Excel or protected Office file (save it as .docx without password)"),
        ("a.docx", make_docx(lambda _: None), EMPTY),
        ("a.zip", b"PK\x03\x04", ".zip files are not read (unpack it, or save it as .docx or .csv)"),
    ],
)
def test_a_document_that_gives_no_text_is_said(tmp_path, name, data, said):
    assert complaint(tmp_path / name, data) == f": {said}"
