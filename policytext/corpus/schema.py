"""The form of every data file as JSON Schema, from the models that read them."""

from __future__ import annotations

import json
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter

from policytext.corpus.sources import Source
from policytext.records import Annotation, Article
from policytext.taxonomy import Taxonomy

Split = Literal["train", "dev", "test"]


class Decision(BaseModel):
    """One adjudicated disagreement: its key, what was decided, by whom, why and by which rule of the guidelines."""

    model_config = ConfigDict(frozen=True, extra="allow")

    key: str = Field(min_length=1)
    decision: Any
    who: str = Field(min_length=1)
    why: str = Field(min_length=1)
    rule: str | None = None


FORMS: dict[str, TypeAdapter[Any]] = {
    "annotation": TypeAdapter(Annotation),
    "article": TypeAdapter(Article),
    "source": TypeAdapter(Source),
    "splits": TypeAdapter(dict[str, Split]),
    "decision": TypeAdapter(Decision),
    "labels": TypeAdapter(Taxonomy),
}


def schema_files() -> dict[str, str]:
    """Return {file name: content} of the JSON Schema of each form."""
    return {f"{name}.json": _write(name, form.json_schema()) for name, form in FORMS.items()}


def _write(name: str, schema: dict[str, Any]) -> str:
    head = {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": name}
    return json.dumps(head | schema, ensure_ascii=False, indent=1) + "\n"
