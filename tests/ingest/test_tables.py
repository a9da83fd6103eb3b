import pytest

from .samples import NOTICE, complaint, read, read_one


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_a_table_is_read_by_its_column_text(tmp_path, encoding):
    path = tmp_path / "a.csv"
    path.write_bytes(f'id,text,site\r\n"1","{NOTICE}",甲报\r\n,"他说""停课""。",\r\n'.encode(encoding))
    articles, errors = read(path)
    assert errors == []
    assert [(article.id, article.text) for article in articles] == [
        ("1", NOTICE),
        (f"{path}:{3 + NOTICE.count(chr(10))}", '他说"停课"。'),
    ]
    assert articles[0].source["site"] == "甲报"
    assert articles[0].source["line"] == 2


def test_tabs_part_the_cells_of_a_tsv_and_a_row_without_text_is_said(tmp_path):
    path = tmp_path / "a.tsv"
    path.write_text("text\tid\n停课, 停运\t1\n\t2\n", "utf-8")
    articles, errors = read(path)
    assert [(article.id, article.text) for article in articles] == [("1", "停课, 停运")]
    assert errors == [f"{path}:3: the row has no text (give it a key `text` that holds a string)"]


def test_a_cell_may_be_longer_than_the_csv_module_allows_by_itself(tmp_path):
    text = "停课。" * 100_000
    assert read_one(tmp_path / "a.csv", f"text\n{text}\n".encode()).text == text


def test_a_table_without_the_column_is_said(tmp_path):
    said = complaint(tmp_path / "a.csv", "id,body\n1,甲\n".encode())
    assert said == ": the table has no column `text` (name the column that holds the text so)"


def test_a_table_without_rows_is_said(tmp_path):
    said = complaint(tmp_path / "a.csv", b"id,text\n")
    assert said == ": the table holds no rows (name a table that has some below its column names)"
