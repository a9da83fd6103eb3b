from policytext.corpus.portions import fold_blanks, folded_clauses, pack, read_portion, render
from policytext.records import Article
from policytext.text.layout import Layout

TEXT = "栖川市通告\n一、𠀀村  村口\t封闭，外人勿入。\n二、望榆区停课。"


def test_blanks_are_folded_and_every_character_leads_back_to_its_place():
    piece = "  𠀀村  村口\t\u3000封闭 "
    folded = fold_blanks(piece)
    assert folded.text == "𠀀村 村口 封闭"
    at = folded.text.index("封闭")
    assert piece[slice(*folded.unfold(at, at + 2))] == "封闭"
    assert piece[slice(*folded.unfold(0, len(folded.text)))] == piece.strip()
    assert fold_blanks(" \t").text == ""


def test_a_portion_shows_numbered_clauses_with_gaps_between_sentences():
    article = Article(id="a-1", text=TEXT, title="栖川市\n通告", date="2021-12-07")
    assert render(article) == (
        "##DOC a-1 | 2021-12-07 | 栖川市 通告\n"
        "1\t栖川市通告\n\n2\t一、𠀀村 村口 封闭\n3\t外人勿入\n\n4\t二、望榆区停课\n\n"
    )


def test_a_portion_is_read_back_as_it_was_rendered():
    articles = [Article(id="a-1", text=TEXT, date="2021-12-07"), Article(id="b", text="青堰镇复课。")]
    read = read_portion("".join(map(render, articles)))
    assert read == {article.id: folded_clauses(Layout(article.text)) for article in articles}
    assert list(read["b"].values()) == ["青堰镇复课"]


def test_portions_hold_whole_documents_in_order_and_about_equal_numbers_of_clauses():
    sizes = {f"d{number}": 10 + number % 7 for number in range(40)}
    portions = pack(sizes, 100)
    assert [key for portion in portions for key in portion] == list(sizes)
    assert len(portions) == 5
    assert all(90 <= sum(sizes[key] for key in portion) <= 120 for portion in portions)
    assert pack({"long": 900, "short": 3}, 100)[0] == ["long"]
    assert pack({}, 100) == []
