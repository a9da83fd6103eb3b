import os
from pathlib import Path

import pytest

from policytext.ingest import count_inputs
from policytext.ingest.paths import find_inputs

from .samples import NOTICE, read

CONTENTS = {".jsonl": '{"text": "甲"}\n\n{"text": "乙"}\n', ".html": "<html><body><p>全区停课。</p></body></html>"}


@pytest.fixture
def tree(tmp_path):
    for name in ("b.txt", "a/2.md", "a/1.html", "a/.hidden.txt", ".git/x.txt", "a/picture.png", "c.jsonl"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(CONTENTS.get(Path(name).suffix, NOTICE), "utf-8")
    return tmp_path


def names(*paths):
    errors = []
    found = [item.name for item in find_inputs(paths, errors.append)]
    return found, [str(error) for error in errors]


def test_a_folder_gives_its_readable_files_in_order_hidden_ones_left_out(tree):
    assert names(tree) == (["b.txt", "c.jsonl", "a/1.html", "a/2.md"], [])


def test_a_pattern_that_the_shell_left_is_expanded(tree, monkeypatch):
    monkeypatch.chdir(tree)
    assert names("a/*.md", "**/*.html") == (["a/2.md", "a/1.html"], [])


def test_a_file_whose_name_looks_like_a_pattern_is_that_file(tmp_path):
    path = tmp_path / "通告[1].txt"
    path.write_text(NOTICE)
    assert names(path) == ([path.as_posix()], [])


def test_a_file_named_twice_is_read_once(tree):
    assert names(tree / "b.txt", tree) == ([(tree / "b.txt").as_posix(), "c.jsonl", "a/1.html", "a/2.md"], [])


def test_files_of_one_name_in_two_folders_have_different_names(tmp_path):
    for folder in ("x", "y"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "1.txt").write_text(NOTICE)
    assert names(tmp_path / "x", tmp_path / "y") == (["1.txt", str(tmp_path / "y" / "1.txt")], [])


def test_what_names_nothing_is_said_and_the_rest_goes_on(tree):
    (tree / "empty").mkdir()
    (tree / "empty" / "photo.jpg").write_bytes(b"")
    articles, errors = read(tree / "none.txt", tree / "*.docx", tree / "empty", tree / "b.txt")
    assert [article.text for article in articles] == [NOTICE]
    assert errors[0] == f"{tree}/none.txt: there is no such file (check the spelling)"
    assert errors[1] == f"{tree}/*.docx: the pattern matches no file (check the spelling, or name a folder)"
    assert errors[2].startswith(f"{tree}/empty: the folder holds no file that can be read (put .csv, .doc, .docx,")
    assert len(errors) == 3


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may read everything")
def test_what_may_not_be_opened_is_said_and_the_rest_is_read(tree):
    (tree / "b.txt").chmod(0)
    (tree / "a").chmod(0)
    articles, errors = read(tree / "a" / "2.md", tree)
    (tree / "a").chmod(0o755)
    assert [article.text for article in articles] == ["甲", "乙"]
    cure = "may not be opened (give yourself the right to read it)"
    assert errors == [f"{tree}/a/2.md: {cure}", f"{tree}/b.txt: {cure}", f"{tree}/a: {cure}"]


@pytest.mark.parametrize("closed", ["b.txt", "a"])
def test_a_closed_file_or_folder_is_said_once(tree, monkeypatch, closed):
    # What root cannot see is acted out: the system refuses to open one place.
    def refuse(real):
        def opener(path=".", *arguments, **options):
            if Path(path) == tree / closed:
                raise PermissionError(13, "Permission denied", str(path))
            return real(path, *arguments, **options)

        return opener

    monkeypatch.setattr(os, "scandir", refuse(os.scandir))
    monkeypatch.setattr(Path, "open", refuse(Path.open))
    articles, errors = read(tree)
    assert len(articles) >= 3
    assert errors == [f"{tree}/{closed}: may not be opened (give yourself the right to read it)"]


def test_as_many_articles_are_promised_as_there_are_files_and_rows(tree):
    (tree / "d.csv").write_text("id,text\n1,甲\n2,乙\n")
    (tree / "e.json").write_text('[{"text": "甲"},\n {"text": "乙"}]')
    assert count_inputs([tree]) == len(names(tree)[0]) - 3 + 2 + 2 + 2
    assert count_inputs([tree / "b.txt", tree / "none.txt"]) == 2
    assert count_inputs([tree, "-"]) is None
