"""Starter criteria of the automatic analysis: rules over measures a municipality begins with and edits later."""

from typing import Literal

from pydantic import Field

from otklik.charter.schema.base import Key, Keyed, Words


class Criterion(Keyed):
    """A rule: a measure, what it is cut by, what is compared, over how many days, who is told.

    `measure` names a record of the catalogue of measures, which is checked when the criterion is loaded.
    """

    title: Words
    measure: Key
    cut: Literal["", "topic", "block", "body", "settlement", "channel"] = ""
    channels: list[Key] = []
    comparison: Literal["growth", "fall", "more", "above", "below", "spike", "mass"]
    limit: float = 0.0
    window_days: int = Field(default=7, ge=1, le=92)
    least: int = Field(default=1, ge=1)
    tells: list[Key]
