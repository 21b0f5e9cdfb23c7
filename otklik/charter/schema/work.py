"""Points 9 and 11, and the daily work: rating, fast track, approval route, escalation, numbers, hours."""

from datetime import time
from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from otklik.charter.schema.base import Key, Part, Words
from otklik.charter.schema.intake import CaseKind
from otklik.charter.schema.topics import Group

Criterion = Literal["count", "terms", "speed", "completeness", "quality", "completeness_and_quality"]


class Rating(Part):
    """By what the recipients are compared; off where the charter has no rating."""

    on: bool
    criteria: list[Criterion] = []
    scopes: list[Literal["recipients", "units", "channel"]] = []
    channels: list[Key] = []
    by_roles: list[Key] = []


class FastTrack(Part):
    """Ускоренное решение: `limit_days` is strict («менее 30» is stored as 29 full days at most)."""

    on: bool
    limit_days: int | None = None
    channels: list[Key] = []
    groups: list[Group] = []
    interdepartmental: bool = False
    proposed_from_repeats: bool = False
    note: str = ""


class AnswerRoute(Part):
    """Who approves and who signs an answer; the first line that fits the case decides.

    `approves` are role keys in order. `four_eyes`: the author of a draft may not be the one who approves it.
    `signature`: `required` - a signed document, `mark` - the approver's mark is enough, `none`.
    """

    kinds: list[CaseKind] = []
    channels: list[Key] = []
    approves: list[Key]
    signs: Key | None = None
    four_eyes: bool
    signature: Literal["required", "mark", "none"]
    ground: Words


class EscalationStep(Part):
    """Who is warned so many days before (negative) or after (positive) the internal control date."""

    days: int
    to: Key
    words: Words


class Numbering(Part):
    """Pattern of case numbers with the fields {year}, {number} and {kind}; counting starts anew each year."""

    case: Annotated[str, StringConstraints(pattern=r"\{number(:0\d+d)?\}")] = "{year}-{number}"
    appeal_letter: str = "О"
    message_letter: str = "С"


class WorkHours(Part):
    """Local working hours; `short_by_minutes` is taken off the end of a day before a holiday."""

    start: time
    end: time
    lunch_start: time | None = None
    lunch_end: time | None = None
    working_days: list[Annotated[int, Field(ge=1, le=7)]] = [1, 2, 3, 4, 5]
    short_by_minutes: int = 60
    night_duty: bool = False
