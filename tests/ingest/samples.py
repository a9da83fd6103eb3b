"""Files to read, made by other programs than those that read them, and what became of them."""

import io
from pathlib import Path

from policytext.ingest import read_articles

NOTICE = (
    "柳湾区关于进一步加强疫情防控措施的通告\n"
    "各镇人民政府、街道办事处：\n"
    "自2022年3月6日0时起，全区餐饮单位暂停堂食，药店暂停销售退烧药，中小学和幼儿园停课，公共交通停运，恢复时间另行通知。\n"
    "养老机构实行封闭管理，暂停探视。\n"
    "柳湾区疫情防控指挥部\n"
    "2022年3月5日\n"
)
TRADITIONAL = "柳灣區關於加強疫情防控措施的通告\n自即日起，各酒樓食肆暫停堂食，學校停課，巴士停駛，恢復時間另行通知。\n"


def read(*paths):
    """Return the articles and the reported errors as lines."""
    errors = []
    articles = list(read_articles(paths, report=errors.append))
    return articles, [str(error) for error in errors]


def read_one(path: Path, data: bytes):
    """Write `data` to `path` and return its only article, read without any report."""
    path.write_bytes(data)
    articles, errors = read(path)
    assert errors == []
    (article,) = articles
    return article


def complaint(path: Path, data: bytes) -> str:
    """Write `data` to `path` and return what is reported of it, once, the path left out."""
    path.write_bytes(data)
    articles, errors = read(path)
    assert articles == []
    (error,) = errors
    assert error.startswith(str(path))
    return error.removeprefix(str(path))


def _number_page(canvas, document):
    canvas.setFont("STSong-Light", 9)
    canvas.drawString(290, 30, f"- {document.page} -")


def make_pdf(paragraphs: list[str], password: str | None = None) -> bytes:
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.pdfbase.cidfonts import UnicodeCIDFont
    from reportlab.pdfbase.pdfmetrics import registerFont
    from reportlab.platypus import Paragraph, SimpleDocTemplate

    registerFont(UnicodeCIDFont("STSong-Light"))
    body = ParagraphStyle(
        "body", fontName="STSong-Light", fontSize=12, leading=18, firstLineIndent=24, wordWrap="CJK", alignment=4
    )
    title = ParagraphStyle("title", parent=body, firstLineIndent=0, alignment=1, fontSize=16)
    buffer = io.BytesIO()
    flow = [Paragraph(text, body if number else title) for number, text in enumerate(paragraphs)]
    SimpleDocTemplate(buffer, encrypt=password).build(flow, onFirstPage=_number_page, onLaterPages=_number_page)
    return buffer.getvalue()


def make_scan() -> bytes:
    from reportlab.pdfgen.canvas import Canvas

    buffer = io.BytesIO()
    canvas = Canvas(buffer)
    canvas.rect(100, 100, 200, 200, fill=1)
    canvas.save()
    return buffer.getvalue()


def make_docx(fill) -> bytes:
    """Return a Word document that `fill` has written into."""
    from docx import Document

    document = Document()
    fill(document)
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()
