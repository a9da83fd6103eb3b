"""What a reader gets out of one file."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Content:
    """The text of a file, and what its format says about it; `dropped` names what was left out of the text."""

    text: str
    encoding: str | None = None
    title: str | None = None
    date: str | None = None
    dropped: str | None = None
