"""A small checkout with documents in each source format; every word in it is invented."""

import csv
import json
from dataclasses import dataclass
from pathlib import Path

from policytext.corpus.sources import Source
from policytext.records import Annotation, text_hash
from policytext.text.units import iter_clauses
from policytext.text.view import aligned_view

COMMIT = "0123abc"
DXY = "yhpan/DXY-COVID-19-Data"
DATAFOUNTAIN = "wjunneng/2020-DataFountain-Outbreak-Assistant"
WEIBO = "loong0306/2019-nCoV-news"
CCTV = "DuckBurnIncense/xin-wen-lian-bo"
HKC = "hkarchivist/hkcnews-article-archive"

RAW = {
    (
        DXY,
        "csv/DXYNews.csv",
    ): '\ufeffid,title,summary\r\n1, 栖川市通告 ,"\r\n  即日起暂停堂食，保留外卖。\r\n"\r\n2,,\r\n',
    (DATAFOUNTAIN, "data/local/dev.json"): '{"docid": "a", "context": "望榆区居民请戴口罩。 电话13812345678\\r\\n"}\n',
    (WEIBO, "sql/ncov_weibo_news.sql"): "INSERT INTO `n` VALUES (7, '青堰', '1', NULL, "
    "'青堰镇停课，<br> <br>老师说\\\"别急\\\"。http://t.cn/A1b2 ', '2020-02-02');\n",
    (
        CCTV,
        "news/20221101.md",
    ): "# 新闻\n\n### 甲\n\n<p>无关。</p>\n\n### 云陵省恢复客运\n\n<p>长途班线<br>恢复。</p>\n",
    (
        HKC,
        "articles/a_1.md",
    ): "---\ntitle: x\n---\n\n# 泊雲區停市\n\n<figure><img></figure>\n\n**街市** [停業](http://x)兩日。\n",
}
TEXTS = {
    "dxy-1": "栖川市通告\n即日起暂停堂食，保留外卖。",
    "df-a": "望榆区居民请戴口罩。 电话1**********",
    "wb-7": '青堰镇停课，\n老师说"别急"。',
    "cctv-1": "云陵省恢复客运\n长途班线\n恢复。",
    "hkc-1": "泊雲區停市\n街市 停業兩日。",
    "own-1": "𠀀村封闭路口，外人勿入。\r\n",
}
COMPOSED = {
    "train": "栖川市集贸市场停业通告\n一、各集市停三天，复市另行通知。",
    "dev": "致望榆区家长的一封信\n孩子们本周居家上网课，请备好纸笔。",
    "test": "青堰镇：\n渡船明日恢复，乘客上船先测体温。",
}
FILES = dict(zip(TEXTS, [*RAW, ("", "")], strict=True))
SPLITS = {"dxy-1": "dev", "wb-7": "test"}


def annotate(name: str, text: str, **source: str) -> Annotation:
    """Return an annotation with the clauses of `text` and one measure, on the last of them."""
    clauses = [{"start": u.start, "end": u.end, "sentence": u.sentence} for u in iter_clauses(aligned_view(text))]
    start, end = clauses[-1]["start"], clauses[-1]["end"]
    labels = {"category": "other_measure", "polarity": "impose", "force": "mandatory", "realis": "ordered"}
    return Annotation.model_validate(
        {
            "id": name,
            "text": text,
            "sha256": text_hash(text),
            "date": "2021-12-07",
            "source": {"genre": "news", "script": "Hans", "period": "2021", **source},
            "layers": ["measures", "entities"],
            "clauses": clauses,
            "entities": [{"start": start, "end": start + 2, "label": "VENUE", "quote": text[start : start + 2]}],
            "measures": [{"start": start, "end": end, "quote": text[start:end], **labels}],
        }
    )


def source_row(name: str, text: str, repo: str, path: str, split: str) -> dict[str, str | int]:
    return {
        "id": name, "kind": "news", "script": "Hans", "period": "2021", "date": "2021-12-07", "source_repo": repo,
        "commit": COMMIT if repo else "", "path": path, "locator": "", "sha256": text_hash(text), "length": len(text),
        "split": split, "group": name, "supplied": "" if repo else "user",
    }  # fmt: skip


@dataclass(frozen=True)
class Checkout:
    root: Path
    raw: Path  # the public files, OWNER/REPO/path


def write_sources(path: Path, rows: list[dict[str, str | int]]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(Source.model_fields), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def write_gold(root: Path, layer: str, annotations: dict[str, list[Annotation]]) -> None:
    gold = root / "annotations" / "gold"
    gold.mkdir(parents=True, exist_ok=True)
    for split in ("train", "dev", "test"):
        lines = [annotation.to_json() + "\n" for annotation in annotations.get(split, [])]
        (gold / f"{layer}-{split}.jsonl").write_text("".join(lines), "utf-8")


def build_checkout(folder: Path) -> Checkout:
    root, raw = folder / "checkout", folder / "raw"
    for (repo, path), content in RAW.items():
        (raw / repo / path).parent.mkdir(parents=True)
        (raw / repo / path).write_bytes(content.encode())
    rows, real = [], {}
    for name, text in TEXTS.items():
        split = SPLITS.get(name, "train")
        rows.append(source_row(name, text, *FILES[name], split))
        annotation = annotate(name, text, layer="real", split=split, kind="news").without_text()
        real.setdefault(split, []).append(annotation)
    write_sources(root / "corpus" / "sources.csv", rows)
    write_gold(root, "real", real)
    composed = {
        split: [annotate(f"composed-{split}", text, layer="composed", split=split)] for split, text in COMPOSED.items()
    }
    write_gold(root, "composed", composed)
    articles = [
        {"id": a.id, "text": a.text, "title": None, "date": a.date, "source": a.source}
        for rows_of in composed.values()
        for a in rows_of
    ]
    (root / "corpus" / "composed.jsonl").write_text(
        "".join(json.dumps(article, ensure_ascii=False) + "\n" for article in articles), "utf-8"
    )
    return Checkout(root, raw)
