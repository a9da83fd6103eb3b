"""Tag the sample article and write what a terminal shows as docs/tag.svg, the picture of the README."""

from __future__ import annotations

import io
from pathlib import Path

from rich.console import Console

import policytext
from policytext.formats.table import to_table
from policytext.records import Article
from policytext.tagging.pipeline import make_doc

ROOT = Path(__file__).resolve().parents[1]


def main() -> None:
    text = (ROOT / "corpus" / "sample.txt").read_text("utf-8")
    nlp = policytext.load()
    doc = nlp(make_doc(nlp, Article(id="corpus/sample.txt", text=text)))
    console = Console(record=True, width=118, file=io.StringIO(), force_terminal=True)
    to_table(doc._.policytext, console)
    console.save_svg(str(ROOT / "docs" / "tag.svg"), title="policytext tag corpus/sample.txt")


if __name__ == "__main__":
    main()
