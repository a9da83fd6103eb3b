"""The progress bar: articles done, rate, time left; on a terminal's standard error, for more than one input."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Self

from policytext.records import Annotation


class Progress:
    """A context in which `advance` is called for each article; shows nothing where nobody would see it."""

    def __init__(self, paths: Sequence[str], *, shown: bool) -> None:
        self.paths, self.shown = paths, shown
        self.bar: Any = None
        self.task: Any = None

    def __enter__(self) -> Self:
        from rich.console import Console

        console = Console(stderr=True)
        if self.shown and console.is_terminal:
            from policytext.ingest import count_inputs

            total = count_inputs(self.paths)
            if total is None or total > 1:
                self._start(console, total)
        return self

    def _start(self, console: Any, total: int | None) -> None:
        from rich import progress

        self.bar = progress.Progress(
            progress.TextColumn("tagging"),
            progress.BarColumn(),
            progress.MofNCompleteColumn(),
            progress.TextColumn("{task.fields[rate]}"),
            progress.TimeRemainingColumn(),
            console=console,
            transient=True,
        )
        self.task = self.bar.add_task("tag", total=total, rate="")
        self.bar.start()

    def advance(self, _: Annotation | None) -> None:
        """Count one article."""
        if self.bar is not None:
            speed = self.bar.tasks[0].speed
            self.bar.update(self.task, advance=1, rate=f"{speed:.0f} articles/s" if speed else "")

    def __exit__(self, *_: object) -> None:
        if self.bar is not None:
            self.bar.stop()
