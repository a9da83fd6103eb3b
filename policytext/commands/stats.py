"""`policytext stats`: what a corpus holds."""

from __future__ import annotations

import json
from io import StringIO
from pathlib import Path
from typing import Literal

from policytext.corpus.gold import read_gold
from policytext.corpus.stats import Table, show, tables


def run_stats(
    path: Path = Path(),
    *,
    form: Literal["table", "markdown", "json"] = "table",
    plot: Path | None = None,
    width: int = 120,
) -> str:
    """Return the tables of a checkout, a folder of annotations or a file; write a picture to `plot` if it is given."""
    corpus = read_gold(path)
    found = tables(corpus)
    if plot is not None:
        from policytext.corpus.plots import plot_categories

        plot_categories(corpus, plot)
    if form == "json":
        return json.dumps([table.to_dict() for table in found], ensure_ascii=False, indent=1)
    if form == "markdown":
        return "\n\n".join(table.to_markdown() for table in found)
    return _draw(found, width)


def _draw(found: list[Table], width: int) -> str:
    from rich.console import Console
    from rich.table import Table as Drawn

    console = Console(file=StringIO(), width=width)
    for table in found:
        drawn = Drawn(title=table.title, title_justify="left")
        for number, column in enumerate(table.columns):
            textual = any(isinstance(row[number], str) for row in table.rows)
            drawn.add_column(column, justify="left" if textual else "right", overflow="fold")
        for row in table.rows:
            drawn.add_row(*map(show, row))
        console.print(drawn)
    return str(console.file.getvalue())  # type: ignore[attr-defined]
