import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import unquote

import pytest

from policytext.commands.hydrate import run_hydrate
from policytext.corpus import fetch as fetching
from policytext.corpus.files import read_lines
from policytext.corpus.hydrate import hydrate
from policytext.corpus.readers import READERS
from policytext.errors import InvalidRecordError, UnreadableInputError
from policytext.records import Annotation, text_hash

from .checkout import TEXTS, Checkout, annotate, build_checkout, source_row, write_gold, write_sources

REALTEXT = Path(__file__).parents[2] / ".." / "shared" / "realtext"


@pytest.fixture
def checkout(tmp_path) -> Checkout:
    return build_checkout(tmp_path)


def read_texts(output: Path) -> dict[str, str]:
    rows = [Annotation.from_json(line) for path in output.rglob("gold/*.jsonl") for _, line in read_lines(path)]
    return {row.id: row.text for row in rows if row.source["layer"] == "real"}


CUT = 0  # not a status: the connection breaks in the middle of the file


class Server:
    """A local stand-in for the public address: serves a folder, counts requests, fails as told."""

    def __init__(self, raw: Path) -> None:
        self.requests: list[str] = []
        self.failures: dict[str, list[int]] = {}
        server = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                owner, repo, _commit, *rest = unquote(self.path).strip("/").split("/")
                path = "/".join((owner, repo, *rest))
                server.requests.append(path)
                queue = server.failures.get(path, [])
                content = (raw / path).read_bytes()
                status = queue.pop(0) if queue else 200
                self.send_response(200 if status == CUT else status)
                self.send_header("Content-Length", str(len(content)))
                self.end_headers()
                self.wfile.write(content[: len(content) // 2] if status == CUT else content)

            def log_message(self, *_: object) -> None:
                pass

        self._http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.address = f"http://127.0.0.1:{self._http.server_port}"
        threading.Thread(target=self._http.serve_forever, daemon=True).start()

    def close(self) -> None:
        self._http.shutdown()
        self._http.server_close()


@pytest.fixture
def server(checkout):
    server = Server(checkout.raw)
    yield server
    server.close()


def quick_fetch(address: str, cache: Path) -> bytes:
    return fetching.fetch(address, cache, sleep=lambda _: None)


def test_a_folder_of_sources_completes_all_but_the_users_own(checkout, tmp_path):
    text, code = run_hydrate(checkout.root, from_=checkout.raw, output=tmp_path / "out")
    assert code == 1
    assert "1 documents are missing:\n  own-1: no file below" in text
    assert read_texts(tmp_path / "out") == {name: text for name, text in TEXTS.items() if name != "own-1"}


def test_a_text_is_found_by_its_hash_anywhere_below_the_folder(checkout, tmp_path):
    (checkout.raw / "mine").mkdir()
    (checkout.raw / "mine" / "letter.txt").write_bytes(TEXTS["own-1"].encode())
    text, code = run_hydrate(checkout.root, from_=checkout.raw, output=tmp_path / "out")
    assert (code, "missing" in text) == (0, False)
    assert read_texts(tmp_path / "out") == TEXTS


def test_rows_of_json_lines_are_found_by_hash(checkout, tmp_path):
    (tmp_path / "rows").mkdir()
    rows = [json.dumps({"text": text}) for text in TEXTS.values()]
    (tmp_path / "rows" / "all.jsonl").write_text("\n".join(rows), "utf-8")
    assert run_hydrate(checkout.root, from_=tmp_path / "rows", output=tmp_path / "out")[1] == 0


def test_the_output_carries_text_and_quotes_and_the_composed_layer_unchanged(checkout, tmp_path):
    hydrate(checkout.root, tmp_path / "out", checkout.raw)
    row = json.loads((tmp_path / "out/annotations/gold/real-dev.jsonl").read_text("utf-8"))
    assert row["measures"][0]["quote"] == "保留外卖"
    assert row["layers"] == ["measures", "entities"]
    assert row["hydrated"] is True
    composed = "annotations/gold/composed-test.jsonl"
    assert (tmp_path / "out" / composed).read_bytes() == (checkout.root / composed).read_bytes()


def test_files_are_fetched_once_retried_and_kept(checkout, server, tmp_path):
    server.failures = {"yhpan/DXY-COVID-19-Data/csv/DXYNews.csv": [503, 429]}
    done = hydrate(checkout.root, tmp_path / "out", base=server.address, fetch=quick_fetch)
    assert [name for name, _ in done.missing] == ["own-1"]
    assert len(server.requests) == 5 + 2
    hydrate(checkout.root, tmp_path / "out", base=server.address, fetch=quick_fetch)
    assert len(server.requests) == 7


def test_a_run_resumes_where_the_network_gave_out(checkout, server, tmp_path):
    server.failures = {"loong0306/2019-nCoV-news/sql/ncov_weibo_news.sql": [500] * 4}
    first = hydrate(checkout.root, tmp_path / "out", base=server.address, fetch=quick_fetch)
    assert [name for name, _ in first.missing] == ["wb-7", "cctv-1", "hkc-1", "own-1"]
    assert "no answer after 4 tries, the server answers 500" in dict(first.missing)["cctv-1"]
    second = hydrate(checkout.root, tmp_path / "out", base=server.address, fetch=quick_fetch)
    assert [name for name, _ in second.missing] == ["own-1"]
    assert server.requests.count("yhpan/DXY-COVID-19-Data/csv/DXYNews.csv") == 1


def test_half_a_file_is_never_kept(checkout, server, tmp_path):
    server.failures = {"yhpan/DXY-COVID-19-Data/csv/DXYNews.csv": [CUT, CUT]}
    done = hydrate(checkout.root, tmp_path / "out", base=server.address, fetch=quick_fetch)
    assert [name for name, _ in done.missing] == ["own-1"]
    assert server.requests.count("yhpan/DXY-COVID-19-Data/csv/DXYNews.csv") == 3


def test_a_file_that_is_gone_leaves_the_others(checkout, server, tmp_path):
    server.failures = {"yhpan/DXY-COVID-19-Data/csv/DXYNews.csv": [404]}
    done = hydrate(checkout.root, tmp_path / "out", base=server.address, fetch=quick_fetch)
    assert [name for name, _ in done.missing] == ["dxy-1", "own-1"]
    assert "the server answers 404" in done.missing[0][1]


def test_a_changed_file_is_refused_and_fetched_again(checkout, server, tmp_path):
    path = checkout.raw / "hkarchivist/hkcnews-article-archive/articles/a_1.md"
    good = path.read_bytes()
    path.write_bytes(good.replace("兩日".encode(), "三日".encode()))
    first = hydrate(checkout.root, tmp_path / "out", base=server.address, fetch=quick_fetch)
    assert dict(first.missing)["hkc-1"].endswith("a_1.md has no text with its recorded SHA-256")
    path.write_bytes(good)
    second = hydrate(checkout.root, tmp_path / "out", base=server.address, fetch=quick_fetch)
    assert [name for name, _ in second.missing] == ["own-1"]


def test_offline_says_so_in_one_line(checkout, server, tmp_path):
    server.close()
    done = hydrate(checkout.root, tmp_path / "out", base=server.address, fetch=quick_fetch)
    assert len(done.missing) == len(TEXTS)
    reason = dict(done.missing)["dxy-1"]
    assert "no answer after 4 tries" in reason
    assert "--from DIR" in reason
    assert "\n" not in reason


def test_pauses_grow(tmp_path):
    pauses = []
    with pytest.raises(fetching.UnreachableError):
        fetching.fetch("http://127.0.0.1:1/x", tmp_path / "x", pause=0.5, sleep=pauses.append)
    assert pauses == [0.5, 1.0, 2.0]


def test_a_span_with_another_hash_stops_with_its_line(checkout, tmp_path):
    path = checkout.root / "annotations/gold/real-test.jsonl"
    row = json.loads(path.read_text("utf-8"))
    row["measures"][0]["hash"] = "0" * 12
    path.write_text(json.dumps(row) + "\n", "utf-8")
    with pytest.raises(InvalidRecordError, match=r"real-test\.jsonl:1: .*does not have the recorded hash 000000000000"):
        hydrate(checkout.root, tmp_path / "out", checkout.raw)


def test_outside_a_checkout_the_cure_is_named(tmp_path):
    with pytest.raises(UnreadableInputError, match="run this in a checkout"):
        hydrate(tmp_path, tmp_path / "out", tmp_path)


def test_nothing_is_written_outside_the_output(checkout, tmp_path):
    before = sorted(checkout.root.rglob("*"))
    hydrate(checkout.root, tmp_path / "out", checkout.raw)
    assert sorted(checkout.root.rglob("*")) == before


@pytest.mark.realtext
@pytest.mark.skipif(not REALTEXT.is_dir(), reason="the folder of real texts is not beside the checkout")
def test_every_real_document_comes_out_hash_for_hash(tmp_path):
    documents = {}
    for name in ("documents.jsonl", "background.jsonl"):
        for _, line in read_lines(REALTEXT / name):
            row = json.loads(line)
            if row["source_repo"] in READERS and (REALTEXT / "sources" / row["source_repo"] / row["path"]).exists():
                documents[row["sha256"]] = row
    assert len(documents) > 1000
    sources = [source_row(r["id"], r["text"], r["source_repo"], r["path"], "train") for r in documents.values()]
    write_sources(tmp_path / "corpus" / "sources.csv", sources)
    gold = [annotate(row["id"], row["text"], layer="real").without_text() for row in documents.values()]
    write_gold(tmp_path, "real", {"train": gold})
    done = hydrate(tmp_path, tmp_path / "out", REALTEXT / "sources")
    assert done.missing == []
    assert done.rows["real-train.jsonl"] == len(documents)
    texts = [json.loads(line) for _, line in read_lines(tmp_path / "out/annotations/gold/real-train.jsonl")]
    assert all(text_hash(row["text"]) == row["sha256"] for row in texts)
