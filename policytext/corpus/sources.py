"""The register of the real layer: where each document stands in public, and the hash that its text must have."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Literal
from urllib.parse import quote

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator

from policytext.errors import InvalidRecordError, UnreadableInputError
from policytext.records import describe

RAW_ADDRESS = "https://raw.githubusercontent.com"


class Source(BaseModel):
    """One row of sources.csv; `supplied` is "user" where no public file can be fetched and only the hash is known."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str = Field(min_length=1)
    kind: str
    script: Literal["Hans", "Hant"]
    period: str
    date: str
    source_repo: str
    commit: str
    path: str
    locator: str
    sha256: str = Field(pattern=r"^[0-9a-f]{64}$")
    length: int = Field(gt=0, description="Unicode code points of the text")
    split: Literal["train", "dev", "test"]
    group: str = Field(min_length=1, description="id of the group of near-duplicates")
    supplied: Literal["", "user"] = ""

    @field_validator("source_repo", "commit", "path")
    @classmethod
    def _stays_inside(cls, part: str) -> str:
        if part.startswith("/") or "\\" in part or ".." in part.split("/"):
            raise ValueError(f"{part!r} is no relative path")
        return part

    @property
    def file(self) -> str:
        """The raw file as OWNER/REPO/path, the layout of a local folder of sources."""
        return f"{self.source_repo}/{self.path}"

    def address(self, base: str = RAW_ADDRESS) -> str:
        """Return the public address of the raw file at the pinned commit."""
        return f"{base}/{quote(f'{self.source_repo}/{self.commit}/{self.path}')}"


def read_sources(path: Path) -> list[Source]:
    """Return the rows of sources.csv; raise an error that names file and line of the first bad one."""
    try:
        with path.open(encoding="utf-8", newline="") as file:
            rows = csv.DictReader(file)
            return [_read_row(row, f"{path}:{rows.line_num}") for row in rows]
    except OSError as error:
        cure = "run this in a checkout of the policytext repository, or name one with --root"
        raise UnreadableInputError("no register of sources here", cure, str(path)) from error


def _read_row(row: dict[str, str], where: str) -> Source:
    try:
        return Source.model_validate(row)
    except ValidationError as error:
        raise InvalidRecordError(describe(error), "see annotations/schema/source.json", where) from error
