"""Which of several dated rows of a parameter is in force. Pure: rows in, value out.

Called by `selectors` with rows of the table and by `rules` of deadlines with values from a file.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from pydantic import JsonValue

from otklik.charter.schema import Mark


@dataclass(frozen=True)
class ParameterValue:
    """A value with what it rests on. `row_id` is 0 when it comes straight from a file."""

    key: str
    title: str
    value: JsonValue
    source: str
    mark: Mark
    confirmed: bool = False
    confirmed_on: date | None = None
    valid_from: date | None = None
    valid_to: date | None = None
    is_local: bool = False
    row_id: int = 0

    @property
    def needs_confirmation(self) -> bool:
        """Whether the badge «требует подтверждения» stands beside every decision it makes."""
        return self.mark != "found" and not self.confirmed

    def is_valid(self, on: date) -> bool:
        return (self.valid_from is None or self.valid_from <= on) and (
            self.valid_to is None or on <= self.valid_to
        )


def value_on(rows: Iterable[ParameterValue], on: date) -> ParameterValue | None:
    """The row in force on the day: a person's word before the file's, the later start, the newer row."""
    valid = [row for row in rows if row.is_valid(on)]
    return max(valid, key=_weight, default=None)


def _weight(row: ParameterValue) -> tuple[bool, date, int]:
    return row.confirmed or row.is_local, row.valid_from or date.min, row.row_id


def say_value(value: JsonValue) -> str:
    """A value as a person reads it."""
    match value:
        case None | "":
            return "не задано"
        case bool():
            return "да" if value else "нет"
        case list():
            return ", ".join(say_value(one) for one in value)
        case dict():
            return "; ".join(f"{key}: {say_value(one)}" for key, one in sorted(value.items()))
        case _:
            return str(value)
