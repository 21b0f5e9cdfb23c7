"""How terms are counted here: the charter's parameters with the law's and the product's defaults. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from otklik.common.errors import Refused
from otklik.deadlines.clocks import CLOCKS, Unit
from otklik.deadlines.hours import WorkingHours, hours_from

Shift = Literal["previous", "next", "none"]
Parameters = Mapping[str, object]

SHIFTS: tuple[Shift, ...] = ("previous", "next", "none")
CONTROL_SHIFT, LEGAL_SHIFT = "deadline.control_shift", "deadline.legal_shift"
REGISTER_SHIFT, START, POS_SHIFT = "deadline.register_shift", "deadline.start", "deadline.pos_shift"
UNIT_FZ59, UNIT_POS_FAST = "deadline.unit_fz59", "pos.days_fast_unit"
FIRST_ANSWER_LEGAL = "im.first_answer_legal_hours"
WORK_HOURS = "im.work_hours"
WARN_DAYS = "deadline.warn_days"
LONGEST = 3660

DEFAULTS: dict[str, object] = {
    CONTROL_SHIFT: "previous",
    LEGAL_SHIFT: "next",
    REGISTER_SHIFT: "next",
    START: "next_day",
    POS_SHIFT: True,
    UNIT_FZ59: "calendar",
    UNIT_POS_FAST: "calendar",
    FIRST_ANSWER_LEGAL: 24,
    WORK_HOURS: ["08:00", "17:00"],
    WARN_DAYS: [10, 5, 3, 1],
    **{clock.key: clock.amount for clock in CLOCKS.values()},
}


@dataclass(frozen=True)
class Norms:
    """Questions to the parameters of one municipality. Each raises `Refused` for an unusable value."""

    parameters: Parameters

    def number(self, key: str) -> int:
        """A whole number, not negative."""
        value = self._value(key)
        if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= LONGEST:
            raise Refused(f"Параметр {key} должен быть целым числом от 0 до {LONGEST}, а стоит {value!r}.")
        return value

    def numbers(self, key: str) -> tuple[int, ...]:
        """A list of whole numbers."""
        value = self._value(key)
        if not isinstance(value, list) or not all(isinstance(one, int) for one in value):
            raise Refused(f"Параметр {key} должен быть списком целых чисел, а стоит {value!r}.")
        return tuple(value)

    def shift(self, key: str) -> Shift:
        """Where a date that falls on a day off moves."""
        value = self._value(key)
        found = next((shift for shift in SHIFTS if shift == value), None)
        if found is None:
            raise Refused(f"Параметр {key} бывает {', '.join(SHIFTS)}, а стоит {value!r}.")
        return found

    def unit_of(self, key: str) -> Unit:
        """Calendar or working days, where the operator may choose between them."""
        chooser = UNIT_FZ59 if key.startswith("fz59.") else UNIT_POS_FAST if key == "pos.days_fast" else ""
        return "working_day" if chooser and self._value(chooser) == "working" else CLOCKS[key].unit

    def first_day_counts(self) -> bool:
        """The day of the event is already the first day of the term."""
        return self._value(START) == "same_day"

    def shifts_pos(self) -> bool:
        """Terms of ПОС move off days off as those of 59-ФЗ do."""
        return self._value(POS_SHIFT) is True

    def answering_hours(self) -> WorkingHours:
        """Hours in which messages of open pages are answered."""
        value = self._value(WORK_HOURS)
        if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
            raise Refused(f"Параметр {WORK_HOURS} должен быть списком времён, а стоит {value!r}.")
        return hours_from(value)

    def _value(self, key: str) -> object:
        value = self.parameters.get(key)
        return DEFAULTS[key] if value is None else value
