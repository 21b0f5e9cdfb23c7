"""Parameters: a value with its source, its mark and its dates (DOMAIN's rule: every norm is a setting)."""

from collections.abc import Mapping
from datetime import date
from typing import Annotated, Literal

from pydantic import BeforeValidator, JsonValue, StringConstraints, model_validator

from otklik.charter.schema.base import Part, Words

Mark = Literal["found", "to_verify", "proposal", "disputed"]
ParameterKey = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*(\.[a-z0-9_]+)+$", max_length=80)]


class ParameterRow(Part):
    """One dated value; `found` needs no confirmation, every other mark wears a badge until confirmed."""

    title: Words
    value: JsonValue
    source: Words
    mark: Mark
    options: list[JsonValue] = []
    valid_from: date | None = None
    valid_to: date | None = None

    @model_validator(mode="after")
    def _dates_in_order(self) -> "ParameterRow":
        if self.valid_from and self.valid_to and self.valid_from > self.valid_to:
            raise ValueError("valid_from позже valid_to")
        return self


def _as_rows(rows: object) -> object:
    return [rows] if isinstance(rows, Mapping) else rows


# One table `[parameters."k"]` or several dated `[[parameters."k"]]`: both become a list of rows.
ParameterRows = Annotated[list[ParameterRow], BeforeValidator(_as_rows)]
