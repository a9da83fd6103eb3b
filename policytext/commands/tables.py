"""Small tables, for the terminal or for Markdown."""

from __future__ import annotations

from collections.abc import Sequence
from io import StringIO
from typing import NamedTuple

# Wide enough for the widest table, so that a pipe gets the same lines as a terminal.
_WIDTH = 120


class Table(NamedTuple):
    """A title, the columns' names and the rows; the first column is text, the others are figures."""

    title: str
    columns: Sequence[str]
    rows: Sequence[Sequence[str]]


def terminal(table: Table) -> str:
    """Return the table as lines of text."""
    from rich import box
    from rich.console import Console
    from rich.table import Table as RichTable
    from rich.text import Text

    shown = RichTable(title=table.title, title_justify="left", box=box.SIMPLE_HEAD)
    for place, column in enumerate(table.columns):
        shown.add_column(column, justify="right" if place else "left", overflow="fold")
    for row in table.rows:
        shown.add_row(*map(Text, row))
    console = Console(file=StringIO(), width=_WIDTH, color_system=None)
    console.print(shown)
    return "\n".join(line.rstrip() for line in console.file.getvalue().splitlines()).strip("\n")  # type: ignore[attr-defined]


def markdown(table: Table) -> str:
    """Return the table as Markdown, its title in bold."""
    rule = [":--", *["--:"] * (len(table.columns) - 1)]
    rows = [table.columns, rule, *([cell.replace("|", "\\|") for cell in row] for row in table.rows)]
    return "\n".join([f"**{table.title}**", "", *(f"| {' | '.join(row)} |" for row in rows)])
