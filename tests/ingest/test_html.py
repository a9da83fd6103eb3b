import subprocess
import sys
import unicodedata

import pytest

from .samples import complaint, read_one

PAGE = """<html><head><meta http-equiv="Content-Type" content="text/html; charset=gb2312">
<title>柳湾区关于加强管控的通告_柳湾区人民政府</title><meta name="PubDate" content="2022-03-05 10:00"/>
<script>var menu = "脚本";</script></head><body>
<div class="nav"><ul><li><a href="/">首页</a></li><li><a href="/a">政务公开</a></li></ul></div>
<div class="content"><h1>柳湾区关于加强管控的通告</h1>
<p>自2022年3月6日0时起，全区<b>暂停</b>堂食。<br>
药店暂停销售退烧药，由朱䶮负责。</p>
<table><tr><td>街道</td><td>时间</td></tr><tr><td>金穗街道</td><td>8时</td></tr></table>
<ul><li>一、学校停课。</li></ul><p>特此通告。</p></div>
<div class="comments"><p>网友：收到。</p></div>
<div class="footer"><p>版权所有 柳湾区人民政府</p></div></body></html>"""
LINES = [
    "柳湾区关于加强管控的通告",
    "自2022年3月6日0时起，全区暂停堂食。",
    "药店暂停销售退烧药，由朱䶮负责。",
    "街道\t时间",
    "金穗街道\t8时",
    "一、学校停课。",
    "特此通告。",
]


def body(markup):
    return f"<html><body>{markup}</body></html>".encode()


def test_menus_comments_and_footers_go_title_and_date_stay(tmp_path):
    article = read_one(tmp_path / "page.html", PAGE.encode("gb18030"))
    assert article.text.split("\n") == LINES
    assert (article.title, article.date) == ("柳湾区关于加强管控的通告", "2022-03-05")
    # 首页政务公开 6, 网友：收到。 6, 版权所有柳湾区人民政府 11; the script never was to be read.
    kept = len("".join("".join(LINES).split()))
    assert article.source == {
        "path": (tmp_path / "page.html").as_posix(),
        "format": "html",
        "encoding": "gb18030",
        "dropped": f"23 of {kept + 23} characters of page furniture",
    }


def test_a_page_in_utf8_that_calls_itself_gb2312_is_read_as_utf8(tmp_path):
    article = read_one(tmp_path / "page.htm", PAGE.encode())
    assert article.text.split("\n") == LINES
    assert article.source["encoding"] == "utf-8"


def test_a_page_is_known_by_its_first_tag_whatever_its_suffix(tmp_path):
    assert read_one(tmp_path / "page.txt", PAGE.encode()).source["format"] == "html"


def test_an_xml_declaration_does_not_stop_the_reading(tmp_path):
    page = '<?xml version="1.0" encoding="gb2312"?>\n' + PAGE
    assert read_one(tmp_path / "page.xhtml", page.encode("gb18030")).text.split("\n") == LINES


@pytest.mark.parametrize(
    ("markup", "lines"),
    [
        (
            "<div>各单位：<br>一、停课。<div>二、<strong>停</strong>运。</div>三、封控。</div>",
            ["各单位：", "一、停课。", "二、停运。", "三、封控。"],
        ),
        ("<p>暂停堂食。</p>", ["暂停堂食。"]),
        ("暂停堂食，即日起执行。", ["暂停堂食，即日起执行。"]),
        ("<pre>一、停课。\n二、停运。</pre>", ["一、停课。", "二、停运。"]),
        ("<p>一、\n   停课 &amp; 停运。</p>", ["一、 停课 & 停运。"]),
    ],
)
def test_each_paragraph_is_a_line_and_none_is_lost(tmp_path, markup, lines):
    assert read_one(tmp_path / "page.html", body(markup)).text.split("\n") == lines


def test_characters_are_not_composed(tmp_path):
    text = "e\u0301tat\u0020\U00020000\uf900"
    assert unicodedata.normalize("NFC", text) != text
    assert read_one(tmp_path / "page.html", body(f"<p>{text}</p>")).text == text


def test_a_page_without_text_is_said(tmp_path):
    said = complaint(tmp_path / "page.html", body("<script>1</script>"))
    assert said == ": no main text was found in the page (copy its text into a .txt file)"


def test_a_page_that_is_none_is_said_and_nothing_else_is_shown(tmp_path):
    code = (
        "import sys; from policytext.ingest import read_articles;"
        "print(len(list(read_articles(sys.argv[1:], report=print))))"
    )
    path = tmp_path / "page.html"
    path.write_text("plain", "utf-8")
    done = subprocess.run([sys.executable, "-c", code, path], capture_output=True, text=True, check=True)
    assert done.stdout == f"{path}: the page is no HTML (save it again from the browser)\n0\n"
    assert done.stderr == ""
