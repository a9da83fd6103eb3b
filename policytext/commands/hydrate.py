"""`policytext hydrate`: complete the real layer on the user's machine."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from policytext.corpus.hydrate import Hydration, hydrate
from policytext.corpus.sources import RAW_ADDRESS


def run_hydrate(
    root: Path = Path(),
    *,
    from_: Path | None = None,
    output: Path = Path("hydrated"),
    base: str = RAW_ADDRESS,
    progress: Callable[[str], None] = lambda _: None,
) -> tuple[str, int]:
    """Hydrate the checkout `root` into `output`; return the report and the exit code, 1 where a document is missing."""
    done = hydrate(root, output, from_, base=base, progress=progress)
    return _report(done), 1 if done.missing else 0


def _report(done: Hydration) -> str:
    lines = [f"{done.output}: {sum(done.rows.values())} documents with their text"]
    lines += [f"  {name}: {count}" for name, count in sorted(done.rows.items())]
    if done.missing:
        lines += [f"{len(done.missing)} documents are missing:"]
        lines += [f"  {name}: {reason}" for name, reason in done.missing]
    return "\n".join(lines)
