"""Measure speed and memory in one run and print ratios: tagging against jieba alone, start-up, memory of a long stream.

    python scripts/benchmark.py FOLDER_OR_JSONL [--stream-mb 100]

Without a folder the composed corpus is used. Ratios depend little on the machine; seconds do.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


def read_texts(path: Path) -> list[str]:
    """Return the texts of the JSONL rows of a file or folder."""
    files = sorted(path.glob("*.jsonl")) if path.is_dir() else [path]
    return [json.loads(line)["text"] for file in files for line in file.open(encoding="utf-8")]


def seconds(job: Callable[[], object]) -> float:
    """Return how long a call takes."""
    begun = time.perf_counter()
    job()
    return time.perf_counter() - begun


def compare_with_jieba(texts: list[str]) -> None:
    """Print whole tagging, and its parts, as multiples of jieba.lcut on the same texts; best of three each."""
    import jieba

    import policytext
    from policytext.records import Article
    from policytext.tagging.pipeline import tag_each
    from policytext.text.layout import read_layout

    jieba.setLogLevel("WARNING")
    jieba.lcut("热身")
    nlp = policytext.load()
    articles = [Article(id=str(number), text=text) for number, text in enumerate(texts)]
    nlp("热身。")
    characters = sum(map(len, texts))

    def tag() -> None:
        read_layout.cache_clear()
        for _ in tag_each(nlp, articles):
            pass

    def entities() -> None:
        read_layout.cache_clear()
        component = nlp.get_pipe("policytext_entities")
        for text in texts:
            component.tagger.tag(read_layout(text))  # type: ignore[attr-defined]

    base = min(seconds(lambda: [jieba.lcut(text) for text in texts]) for _ in range(3))
    print(f"{len(texts)} documents, {characters:,} characters")
    print(f"jieba.lcut            {base:6.2f} s   1.00")
    for name, job in (("whole tagging", tag), ("entity tagger alone", entities)):
        spent = min(seconds(job) for _ in range(3))
        print(f"{name:20}  {spent:6.2f} s  {spent / base:5.2f}   {characters / spent:,.0f} characters/s")


def start_up() -> None:
    """Print the time of `--help` and of the first result on one short file, as multiples of a bare interpreter."""
    bare = min(seconds(lambda: subprocess.run([sys.executable, "-c", "pass"], check=True)) for _ in range(3))
    with tempfile.TemporaryDirectory() as folder:
        short = Path(folder) / "short.txt"
        short.write_text("自即日起，全镇中小学停课。", "utf-8")
        for name, words in (("--help", ["--help"]), ("first result", ["tag", str(short), "-q"])):
            command = [sys.executable, "-m", "policytext", *words]
            spent = min(seconds(lambda c=command: subprocess.run(c, check=True, capture_output=True)) for _ in range(3))
            print(f"{name:20}  {spent:6.2f} s  {spent / bare:5.1f} bare interpreters")


def stream(texts: list[str], megabytes: int) -> None:
    """Print the peak memory of tagging a JSONL file of that size, and of a tenth of it."""
    for size in (megabytes // 10, megabytes):
        with tempfile.TemporaryDirectory() as folder:
            source, target = Path(folder) / "in.jsonl", Path(folder) / "out.jsonl"
            _fill(source, texts, size * 10**6)
            probe = (
                "import resource, subprocess, sys; subprocess.run(sys.argv[1:], check=True);"
                "print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024)"
            )
            command = [sys.executable, "-m", "policytext", "tag", str(source), "-o", str(target), "-q"]
            result = subprocess.run([sys.executable, "-c", probe, *command], check=True, capture_output=True, text=True)
            rows = sum(1 for _ in target.open("rb"))
            print(f"stream of {size} MB: {rows} articles written, peak memory {result.stdout.strip()} MB")


def _fill(path: Path, texts: list[str], size: int) -> None:
    with path.open("w", encoding="utf-8") as out:
        number = 0
        while out.tell() < size:
            # The number makes each text a new one, so that no cache helps.
            text = f"{texts[number % len(texts)]}\n第{number}号"
            out.write(json.dumps({"id": str(number), "text": text}, ensure_ascii=False) + "\n")
            number += 1


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("texts", type=Path, nargs="?", default=ROOT / "corpus" / "composed.jsonl")
    parser.add_argument("--stream-mb", type=int, default=0, help="also measure memory on a stream of this size")
    options = parser.parse_args()
    texts = read_texts(options.texts)
    compare_with_jieba(texts)
    start_up()
    if options.stream_mb:
        stream(texts, options.stream_mb)


if __name__ == "__main__":
    main()
