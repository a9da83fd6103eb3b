import json
import subprocess
import sys

import pytest
from typer.testing import CliRunner

from policytext.commands.app import app
from policytext.commands.output import OutputError, Resumed, TextWriter
from policytext.records import Annotation

NOTICE = "望榆區通告\n\n各位居民：\n\n一、自5月3日零時起，公交停運。\n\n二、藥店暫停銷售退燒藥；進入超市須掃碼。\n"


@pytest.fixture
def run():
    def invoke(*words, **kwargs):
        return CliRunner().invoke(app, ["tag", *map(str, words)], **kwargs)

    return invoke


@pytest.fixture
def notice(tmp_path):
    path = tmp_path / "notice.txt"
    path.write_text(NOTICE, "utf-8")
    return path


def rows(path):
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def test_a_pipe_gets_one_line_of_json_per_article(run, notice):
    result = run(notice, "-q")
    assert result.exit_code == 0
    (row,) = [json.loads(line) for line in result.stdout.splitlines()]
    assert row["text"] == NOTICE
    assert "public_transport" in {measure["category"] for measure in row["measures"]}
    for span in row["entities"] + row["measures"]:
        assert NOTICE[span["start"] : span["end"]] == span["quote"]


def test_what_is_written_reads_back_byte_for_byte(run, notice):
    line = run(notice, "-q").stdout.splitlines()[0]
    assert Annotation.from_json(line).to_json() == line


@pytest.mark.parametrize(
    ("form", "sign"),
    [("table", "公交停運"), ("conll", "# newdoc id"), ("html", "<!doctype html>"), ("jsonl", '{"id":')],
)
def test_each_text_format_is_written(run, notice, tmp_path, form, sign):
    out = tmp_path / "out"
    assert run(notice, "-q", "-f", form, "-o", out).exit_code == 0
    assert sign in out.read_text("utf-8")


def test_a_docbin_holds_the_same_annotation(run, notice, tmp_path, nlp):
    from spacy.tokens import DocBin

    out = tmp_path / "out.spacy"
    assert run(notice, "-q", "-f", "docbin", "-o", out).exit_code == 0
    (doc,) = DocBin().from_bytes(out.read_bytes()).get_docs(nlp.vocab)
    assert doc._.policytext.to_json() == run(notice, "-q").stdout.strip()


def test_one_bad_file_is_named_and_the_others_are_done(run, notice, tmp_path):
    empty = tmp_path / "empty.txt"
    empty.write_bytes(b"")
    result = run(empty, tmp_path / "gone.txt", notice, "-q")
    assert result.exit_code == 1
    assert len(result.stdout.splitlines()) == 1
    assert "empty.txt" in result.stderr
    assert "gone.txt" in result.stderr


def test_half_a_surrogate_pair_is_reported_not_fatal(run, notice, tmp_path):
    bad = tmp_path / "bad.jsonl"
    bad.write_text('{"id": "a", "text": "停课\\ud800"}\n{"id": "b", "text": "停课。"}\n', "utf-8")
    result = run(bad, "-q")
    assert result.exit_code == 1
    assert [json.loads(line)["id"] for line in result.stdout.splitlines()] == ["b"]


def test_standard_input_is_read(run):
    result = run("-", "-q", input=NOTICE)
    assert json.loads(result.stdout)["text"] == NOTICE


def test_resume_does_nothing_twice_and_loses_nothing(run, tmp_path):
    source, out = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
    # two articles share an id: the place in the input tells them apart
    lines = [
        json.dumps({"id": str(number % 4), "text": f"第{number}村封闭。"}, ensure_ascii=False) for number in range(5)
    ]
    source.write_text("\n".join(lines), "utf-8")
    assert run(source, "-q", "-o", out).exit_code == 0
    whole = out.read_bytes()
    cut = whole.splitlines(keepends=True)
    out.write_bytes(b"".join(cut[:3]) + cut[3][:20])
    result = run(source, "-o", out, "--resume")
    assert "2 articles tagged, 3 done before" in result.stderr
    assert out.read_bytes() == whole


def test_two_processes_write_what_one_writes(run, tmp_path):
    source = tmp_path / "in.jsonl"
    source.write_text("".join(json.dumps({"id": str(n), "text": f"{n}村停课。"}) + "\n" for n in range(70)), "utf-8")
    one, two = tmp_path / "one", tmp_path / "two"
    run(source, "-q", "-o", one)
    run(source, "-q", "-o", two, "--jobs", 2)
    assert one.read_bytes() == two.read_bytes()
    assert len(rows(one)) == 70


def test_a_full_disk_leaves_whole_lines(tmp_path):
    class Full:
        def __init__(self, file):
            self.file, self.left = file, 30

        def tell(self):
            return self.file.tell()

        def flush(self):
            pass

        def write(self, data):
            if self.left <= 0:
                raise OSError(28, "No space left on device")
            written = self.file.write(data[: self.left])
            self.left -= written
            return written

    path = tmp_path / "out.jsonl"
    writer = TextWriter(path, lambda annotation: annotation.to_json() + "\n")
    writer.write(Annotation(id="a", text="停课"))
    before = path.read_bytes()
    writer.file = Full(writer.file)
    with pytest.raises(OutputError, match=r"No space left.*--resume"):
        writer.write(Annotation(id="b", text="停业" * 50))
    assert path.read_bytes() == before


def test_resuming_a_file_of_something_else_is_refused(tmp_path):
    path = tmp_path / "notes.txt"
    path.write_text("not JSON\nat all\n", "utf-8")
    with pytest.raises(OutputError, match=r"notes\.txt: is not a file of annotations"):
        Resumed.read(path)
    assert path.read_text("utf-8") == "not JSON\nat all\n"


def test_resume_without_a_file_is_a_usage_error(run, notice):
    assert run(notice, "--resume").exit_code == 2


def test_evidence_is_given_on_request(run, notice):
    (row,) = [json.loads(line) for line in run(notice, "-q", "--explain").stdout.splitlines()]
    assert all(measure["evidence"] for measure in row["measures"])


def test_help_does_not_load_the_heavy_libraries():
    heavy = ("spacy", "numpy", "pydantic")
    code = f"import sys; from policytext.commands.app import app; sys.exit(any(m in sys.modules for m in {heavy}))"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
