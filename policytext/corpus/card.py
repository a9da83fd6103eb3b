"""The dataset card: front matter for `datasets` and the hub, and the part of the README that is made from data."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from policytext.corpus import stats
from policytext.corpus.croissant import croissant
from policytext.corpus.files import AGREEMENT, CROISSANT, FLAT, GOLD, data_version, write_bytes
from policytext.corpus.flat import configurations, write_flat
from policytext.corpus.gold import read_gold
from policytext.corpus.splits import SPLITS
from policytext.corpus.yaml import to_yaml
from policytext.errors import InvalidRecordError
from policytext.taxonomy import load_taxonomy

BEGIN, END = "<!-- card:begin -->", "<!-- card:end -->"
_SECTION = re.compile(f"{re.escape(BEGIN)}.*?{re.escape(END)}", re.DOTALL)
_FRONT = re.compile(r"\A---\n.*?\n---\n", re.DOTALL)

_ANNOTATORS = (
    "The annotators were language models working from the guidelines, each pass without sight of the others. "
    "What is called agreement here is agreement between models, not between people. To replace or check it, let a "
    "reader of Chinese annotate the dev and test documents from the same guidelines, and compare with "
    "`policytext agreement`."
)


def front_matter(root: Path) -> dict[str, Any]:
    """Return the metadata of the flat files below `root`, as the hub and `datasets` read it."""
    files = {name: [s for s in SPLITS if (root / FLAT / f"{name}-{s}.jsonl").exists()] for name in configurations()}
    return {
        "pretty_name": "policytext",
        "language": ["zh"],
        "license": ["apache-2.0", "cc-by-4.0"],
        "annotations_creators": ["machine-generated"],
        "task_categories": ["text-classification", "token-classification"],
        "tags": ["public-health", "policy", "covid-19", "chinese"],
        "size_categories": [_size_category(root)],
        "configs": [_configuration(root, name, splits) for name, splits in files.items() if splits],
        "dataset_info": [
            {"config_name": name, "features": [_feature(feature) for feature in features.items()]}
            for name, features in configurations().items()
            if files[name]
        ],
    }


def _configuration(root: Path, name: str, splits: Sequence[str]) -> dict[str, Any]:
    paths = {split: FLAT / f"{name}-{split}.jsonl" for split in splits}
    return {
        "config_name": name,
        "version": _config_version(root / path for path in paths.values()),
        "data_files": [{"split": split, "path": path.as_posix()} for split, path in paths.items()],
        **({"default": True} if name == "measures" else {}),
    }


def _config_version(paths: Iterator[Path]) -> str:
    # `datasets` keys its cache by folder name and YAML, not by content: only a new version makes it read new data.
    digest = hashlib.sha256()
    for path in paths:
        digest.update(path.read_bytes())
    return f"1.{int(digest.hexdigest()[:6], 16)}.{int(digest.hexdigest()[6:12], 16)}"


def _size_category(root: Path) -> str:
    clauses = sum(len(gold.annotation.clauses) for gold in read_gold(root))
    return next((name for limit, name in ((1000, "n<1K"), (10_000, "1K<n<10K")) if clauses < limit), "10K<n<100K")


def _feature(feature: tuple[str, Any]) -> dict[str, Any]:
    name, kind = feature
    if isinstance(kind, dict):
        return {"name": name, "list": [_feature(item) for item in kind.items()]}
    if isinstance(kind, list):
        return {"name": name, "list": _dtype(kind[0])}
    return {"name": name, "dtype": _dtype(kind)}


def _dtype(kind: str | tuple[str, ...]) -> str | dict[str, Any]:
    if isinstance(kind, str):
        return kind
    return {"class_label": {"names": {str(number): name for number, name in enumerate(kind)}}}


def section(root: Path) -> str:
    """Return the generated section: sizes, label list with counts, agreement, and who annotated."""
    corpus = read_gold(root)
    parts = [
        f"Data version `{data_version(root)}` (hash of `{GOLD.as_posix()}`), guidelines {load_taxonomy().version}.",
        stats.overview(corpus).to_markdown(),
        stats.categories(corpus).to_markdown(),
        stats.attributes(corpus).to_markdown(),
        stats.entities(corpus).to_markdown(),
        *_agreements(root / AGREEMENT),
        _ANNOTATORS,
    ]
    return "\n\n".join((BEGIN, *parts, END))


def _agreements(path: Path) -> Iterator[str]:
    if path.exists():
        found = json.loads(path.read_text("utf-8"))
        for name, agreement in ({"": found} if "categories" in found else found).items():
            yield from _agreement(name, agreement)


def _agreement(name: str, agreement: dict[str, Any]) -> Iterator[str]:
    title = f"Agreement of two passes{f', {name}' if name else ''}"
    overall = [(key, _interval(value)) for key, value in agreement.get("overall", {}).items()]
    yield stats.Table(title, ("score", "value (95 % interval)"), tuple(overall)).to_markdown()
    for layer in ("categories", "attributes", "entities"):
        rows = agreement.get(layer) or []
        scores = list(rows[0]["scores"]) if rows else []
        cells = [(r["label"], r["a"], r["b"], *(_interval(r["scores"][score]) for score in scores)) for r in rows]
        if cells:
            yield stats.Table(f"{title}: {layer}", ("label", "pass A", "pass B", *scores), tuple(cells)).to_markdown()
    if agreement.get("recipe"):
        yield f"Recipe: {agreement['recipe']}"


def _interval(score: dict[str, float | None]) -> str:
    if score.get("value") is None:
        return "–"
    low, high = score.get("low"), score.get("high")
    return f"{score['value']:.2f}" + (f" ({low:.2f}–{high:.2f})" if low is not None and high is not None else "")


def with_card(readme: str, root: Path) -> str:
    """Return `readme` with front matter and generated section made anew from the data below `root`."""
    if not _SECTION.search(readme):
        raise InvalidRecordError(f"no {BEGIN} … {END}", "put the two marks where the card belongs", "README.md")
    generated = section(root)
    body = _SECTION.sub(lambda _: generated, _FRONT.sub("", readme), count=1)
    return f"---\n{to_yaml(front_matter(root))}---\n{body}"


def publish(root: Path, readme: str) -> None:
    """Write the flat files below `root`, their metadata, and README.md: `readme` with the card between its marks."""
    write_flat(root)
    write_bytes(root / CROISSANT, croissant(root).encode())
    write_bytes(root / "README.md", with_card(readme, root).encode())
