"""The strict ground of every part of the charter: unknown keys and loose types are errors."""

from collections.abc import Mapping
from typing import Annotated, TypeVar

from pydantic import BaseModel, BeforeValidator, ConfigDict, StringConstraints

Key = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*$", max_length=40)]
Words = Annotated[str, StringConstraints(min_length=1, strip_whitespace=True)]


class Part(BaseModel):
    """A part of a charter file."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class Keyed(Part):
    """A part that stands in a table by its key; `key` is filled from the table's heading."""

    key: Key


K = TypeVar("K", bound=Keyed)


def _with_keys(table: object) -> object:
    if not isinstance(table, Mapping):
        return table
    return {key: {"key": key, **part} if isinstance(part, Mapping) else part for key, part in table.items()}


# `[roles.curator]` in the file becomes `charter.roles["curator"]` with `.key == "curator"`.
Table = Annotated[dict[Key, K], BeforeValidator(_with_keys)]
