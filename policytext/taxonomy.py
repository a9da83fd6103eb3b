"""The label set: measure categories in their groups, the attributes' values and the entity labels."""

from __future__ import annotations

from functools import lru_cache
from importlib.resources import files
from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError

from policytext.errors import InvalidRecordError, UnreadableInputError
from policytext.records import describe


class Category(BaseModel):
    """A measure category: its id, Chinese name, group and the guideline's definition."""

    model_config = ConfigDict(frozen=True, extra="allow")

    id: str
    zh: str
    group: str
    definition: str


class Taxonomy(BaseModel):
    """The label set of one version of the guidelines."""

    model_config = ConfigDict(frozen=True, extra="allow")

    version: str
    groups: dict[str, str]
    categories: tuple[Category, ...]
    attributes: dict[str, tuple[str, ...]]
    entity_labels: tuple[str, ...]

    @property
    def category_ids(self) -> tuple[str, ...]:
        """The category ids in the order of the guidelines."""
        return tuple(category.id for category in self.categories)

    def category(self, category_id: str) -> Category:
        """Return the category of that id; KeyError where there is none."""
        for category in self.categories:
            if category.id == category_id:
                return category
        raise KeyError(category_id)


def read_taxonomy(path: Path) -> Taxonomy:
    """Return the taxonomy in the JSON file `path`; raise an error that names the file where it holds none."""
    try:
        return Taxonomy.model_validate_json(path.read_bytes())
    except OSError as error:
        raise UnreadableInputError("no taxonomy to read", "give the path of a labels.json", str(path)) from error
    except ValidationError as error:
        raise InvalidRecordError(describe(error), "see annotations/labels.json", str(path)) from error


@lru_cache(maxsize=1)
def load_taxonomy() -> Taxonomy:
    """Return the taxonomy of the installed package."""
    return Taxonomy.model_validate_json(files("policytext.data").joinpath("labels.json").read_bytes())
