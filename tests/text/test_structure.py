import pytest

from policytext.text.layout import Layout

NEWS = """栖川再部署，望榆區發通告

據栖川發佈5月2日消息，會議開到深夜。

望榆區關於暫停線下教學的通告

望榆區各位家長：

爲減少接觸，現通告如下：

一、5月3日起全區中小學暫停到校。

二、托管班一併停辦。

望榆區教育局

2022年5月2日

另據栖川機場消息，航班照常。

責任編輯：蘇芷"""


def kinds(text):
    layout = Layout(text)
    return [(text[s:e], kind) for (s, e), kind in zip(layout.sentences, layout.sentence_kinds, strict=True)]


def test_each_line_of_a_news_page_is_told_apart():
    assert [kind for _, kind in kinds(NEWS)] == [
        "heading", "body", "heading", "salutation", "body", "item", "item", "signature", "date", "body", "source",
    ]  # fmt: skip


def test_a_notice_inside_a_news_page_has_its_own_title_issuer_and_date():
    (notice,) = Layout(NEWS).notices
    assert NEWS[slice(*notice.title)] == "望榆區關於暫停線下教學的通告"
    assert NEWS[slice(*notice.issuer)] == "望榆區教育局"
    assert NEWS[slice(*notice.date_line)] == "2022年5月2日"
    assert NEWS[notice.start : notice.end].endswith("2022年5月2日")


def test_a_notice_without_signature_ends_where_the_news_goes_on():
    text = NEWS.replace("望榆區教育局\n\n2022年5月2日\n\n", "")
    (notice,) = Layout(text).notices
    assert notice.issuer is None
    assert text[notice.start : notice.end].endswith("托管班一併停辦。")


def test_a_headline_alone_is_no_notice():
    assert Layout("望榆區發佈停課通告\n\n記者從望榆區獲悉，學校停課。").notices == []


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("（一）每日消毒两次。", "item"),
        ("3.出入须登记。", "item"),
        ("3.5万人完成采样。", "body"),
        ("①保持通风。", "item"),
        ("二要守住学校大门。", "item"),
        ("二〇二二年五月二日", "date"),
        ("2022-05-02", "date"),
        ("来源：栖川日报", "source"),
        ("尊敬的各位业主：", "salutation"),
        ("一、采样时间", "heading"),
    ],
)
def test_what_a_line_is(line, kind):
    assert kinds("前文。\n" + line)[1] == (line, kind)


def test_the_article_is_dated_by_its_date_line():
    assert Layout(NEWS).date == "2022-05-02"
    assert Layout("没有日期的短讯。").date is None
    assert Layout("误写2022年13月40日的短讯。").date is None
