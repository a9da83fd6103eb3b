"""Write portions for a pass: whole documents of some splits in random order, or both passes' answers to decide on."""

from __future__ import annotations

import argparse
import random
import sys
from pathlib import Path

from policytext.corpus.answers import read_answers
from policytext.corpus.articles import read_articles
from policytext.corpus.decisions import render_adjudication
from policytext.corpus.files import write_bytes
from policytext.corpus.notation import PARSERS
from policytext.corpus.portions import pack, read_portion, render
from policytext.corpus.splits import SPLITS
from policytext.errors import PolicytextError
from policytext.text.layout import read_layout

ROOT = Path(__file__).parents[1]


def make_portions(given: argparse.Namespace) -> None:
    articles = read_articles(given.root, given.texts or [ROOT / ".." / "shared"])
    keys = [
        key
        for key, article in sorted(articles.items())
        if article.source["split"] in given.splits and article.source["layer"] == given.layer
    ]
    draw = random.Random(given.seed)
    drawn = draw.sample(keys, round(len(keys) * given.share))
    sizes = {key: len(read_layout(articles[key].text).clauses) for key in drawn}
    for number, portion in enumerate(pack(sizes, given.size), 1):
        path = given.output / f"{given.name}{number:02d}.txt"
        write_bytes(path, "".join(render(articles[key]) for key in portion).encode())
        print(f"{path}: {len(portion)} documents, {sum(sizes[key] for key in portion)} clauses")


def make_adjudication(given: argparse.Namespace) -> int:
    portion = given.portion.read_text("utf-8")
    sides = [read_answers(path, read_portion(portion), PARSERS[given.kind]) for path in (given.a, given.b)]
    if findings := [line for side in sides for line in side.findings]:
        print("\n".join(findings))
        return 1
    write_bytes(given.output, render_adjudication(portion, given.kind, *sides).encode())
    return 0


def read_options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    fresh = commands.add_parser("documents", help="portions for a pass")
    fresh.add_argument("name", help="how the portions' names begin")
    fresh.add_argument("--splits", nargs="+", choices=SPLITS, default=SPLITS)
    fresh.add_argument("--layer", choices=("real", "composed"), default="real")
    fresh.add_argument("--size", type=int, default=1100, help="clauses a portion")
    fresh.add_argument("--share", type=float, default=1.0, help="part of the documents, drawn at random")
    fresh.add_argument("--seed", type=int, default=0)
    fresh.add_argument("--texts", type=Path, action="append", help="where the real texts lie (../shared by default)")
    fresh.add_argument("--root", type=Path, default=ROOT)
    fresh.add_argument("-o", "--output", type=Path, required=True, help="folder")
    both = commands.add_parser("adjudication", help="a portion with two passes' answers")
    both.add_argument("kind", choices=list(PARSERS))
    for name in ("portion", "a", "b"):
        both.add_argument(name, type=Path)
    both.add_argument("-o", "--output", type=Path, required=True, help="file")
    return parser.parse_args()


def main() -> int:
    given = read_options()
    if given.command == "adjudication":
        return make_adjudication(given)
    make_portions(given)
    return 0


if __name__ == "__main__":
    try:
        sys.exit(main())
    except PolicytextError as error:
        sys.exit(str(error))
