"""Write annotations/passes/ and annotations/gold/ from annotators' answers; says what is missing or unfinished.

Answers lie in ANSWERS/PASS/LAYER/PORTION.tsv, where PASS is measures-a, -b, -adjudication, -train or -train-second, or
the same for entities; portions lie in PORTIONS/PORTION.txt. Run it again whenever answers arrive.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path

from policytext.corpus.articles import read_articles
from policytext.corpus.decisions import Merged, decision_row, merge, parse_ruling
from policytext.corpus.files import GOLD, write_lines
from policytext.corpus.notation import PARSERS
from policytext.corpus.passes import Pass, gold_row, pass_row, read_pass, read_portions
from policytext.corpus.splits import SPLITS
from policytext.errors import PolicytextError
from policytext.records import Article

ROOT = Path(__file__).parents[1]
PASSES = Path("annotations/passes")
ANNOTATORS = ("a", "b", "train", "train-second")
ADJUDICATION = "adjudication"
# A language model of the annotators' family, reading both passes with the guidelines.
ADJUDICATOR = "adjudicator (language model)"

Passes = Mapping[str, Pass]
Articles = Mapping[str, Article]


def merge_passes(article: Article, passes: Passes) -> Merged | None:
    """Return the gold of a document: two passes made one in dev and test, the single pass in train."""
    a, b, train = (passes[name].by_document.get(article.id) for name in ("a", "b", "train"))
    if article.source["split"] == "train":
        single = train if train is not None else a
        return None if single is None else Merged(dict(sorted(single.items())), [])
    if a is None or b is None:
        return None
    return merge(a, b, passes[ADJUDICATION].by_document.get(article.id, {}))


def write_layers(path: Path, rows: Iterable[tuple[str, str]]) -> None:
    """Write {layer, line} pairs to `path`, which has {layer} in its name; a layer without lines gets no file."""
    lines: dict[str, list[str]] = {"real": [], "composed": []}
    for layer, line in rows:
        lines[layer].append(line)
    for layer, found in lines.items():
        target = path.with_name(path.name.format(layer=layer))
        if found:
            write_lines(target, found)
        else:
            target.unlink(missing_ok=True)


def write_pass(root: Path, kind: str, name: str, given: Pass, articles: Articles) -> None:
    found = [articles[key] for key in sorted(given.by_document)]
    rows = ((a.source["layer"], pass_row(a, kind, given.by_document[a.id]).to_json()) for a in found)
    write_layers(root / PASSES / f"{kind}-{name}" / "{layer}.jsonl", rows)


def write_decisions(root: Path, kind: str, given: Pass, articles: Articles) -> None:
    rows = (
        (articles[key].source["layer"], decision_row(articles[key], number, ruling, kind=kind, who=ADJUDICATOR))
        for key, rulings in sorted(given.by_document.items())
        for number, ruling in sorted(rulings.items())
    )
    lines = ((layer, json.dumps(row, ensure_ascii=False)) for layer, row in rows)
    write_layers(root / PASSES / f"{kind}-{ADJUDICATION}" / "{layer}-decisions.jsonl", lines)


def write_gold(root: Path, passes: Mapping[str, Passes], articles: Articles) -> list[str]:
    """Write the gold of both layers and all splits; return what it lacks, one line for each lack."""
    merged = {
        key: {kind: found for kind, given in passes.items() if (found := merge_passes(article, given))}
        for key, article in sorted(articles.items())
    }
    for split in SPLITS:
        rows = (
            (articles[key].source["layer"], gold_row(articles[key], _answers(layers), _undecided(layers)).to_json())
            for key, layers in merged.items()
            if "measures" in layers and articles[key].source["split"] == split
        )
        write_layers(root / GOLD / f"{{layer}}-{split}.jsonl", rows)
    return list(_lacks(merged, articles))


def _answers(layers: Mapping[str, Merged]) -> dict[str, dict[int, object]]:
    return {kind: found.answers for kind, found in layers.items()}


def _undecided(layers: Mapping[str, Merged]) -> dict[str, list[int]]:
    return {kind: found.undecided for kind, found in layers.items()}


def _lacks(merged: Mapping[str, Mapping[str, Merged]], articles: Articles) -> Iterable[str]:
    for place in sorted({(a.source["layer"], a.source["split"]) for a in articles.values()}):
        keys = [key for key, a in articles.items() if (a.source["layer"], a.source["split"]) == place]
        for kind in PARSERS:
            missing = [key for key in keys if kind not in merged[key]]
            open_ = sum(len(merged[key][kind].undecided) for key in keys if kind in merged[key])
            yield (
                f"{'-'.join(place)}: {kind} on {len(keys) - len(missing)} of {len(keys)} documents, "
                f"{open_} clauses undecided"
            )


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--answers", type=Path, required=True)
    parser.add_argument("--portions", type=Path, required=True)
    parser.add_argument("--texts", type=Path, action="append", help="where the real texts lie (../shared by default)")
    parser.add_argument("--root", type=Path, default=ROOT)
    given = parser.parse_args()
    articles = read_articles(given.root, given.texts or [ROOT / ".." / "shared"])
    portions = read_portions(given.portions)
    passes: dict[str, dict[str, Pass]] = {}
    for kind, parse in PARSERS.items():
        passes[kind] = {
            name: read_pass(given.answers / f"{kind}-{name}", portions, articles, parse) for name in ANNOTATORS
        }
        rulings = given.answers / f"{kind}-{ADJUDICATION}"
        passes[kind][ADJUDICATION] = read_pass(rulings, portions, articles, parse_ruling(kind), whole=False)
        for name in ANNOTATORS:
            write_pass(given.root, kind, name, passes[kind][name], articles)
        write_decisions(given.root, kind, passes[kind][ADJUDICATION], articles)
    findings = [line for found in passes.values() for one in found.values() for line in one.findings]
    print("\n".join([*findings, *write_gold(given.root, passes, articles)]))
    return 1 if findings else 0


if __name__ == "__main__":
    try:
        sys.exit(main())
    except PolicytextError as error:
        sys.exit(str(error))
