"""Questions about the charter: its text as an object, its parameters on a day, its clauses.

Called by nearly every package. What is read is remembered for a few seconds per process, so a batch of fifty
thousand messages asks the database once; a change made elsewhere is seen after MEMORY_SECONDS at the latest.
"""

import time
from collections.abc import Callable, Mapping
from dataclasses import fields, replace
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING, TypeVar, cast

from django.db.models import QuerySet

from otklik.charter.models import Act, CharterVersion, Clause, Parameter
from otklik.charter.schema import Charter, Mark
from otklik.charter.values import ParameterValue, value_on
from otklik.common.models import Municipality
from otklik.common.today import today_in

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

MEMORY_SECONDS = 5.0
N = TypeVar("N", bound="DataclassInstance")

Rows = dict[str, list[ParameterValue]]
_digests: dict[tuple[int, date | None], tuple[float, str]] = {}
_rows: dict[int, tuple[float, Rows]] = {}


class CharterMissingError(LookupError):
    """The municipality has no loaded charter, or the charter has no such parameter."""


def charter_of(municipality: Municipality, on: date | None = None) -> Charter:
    """The charter in force on the day (today by default). Raises `CharterMissingError` when none is loaded."""
    digest = _remembered(_digests, (municipality.id, on), lambda: _digest_of(municipality, on))
    return _charter_by_digest(municipality.id, digest)


def parameter(municipality: Municipality, key: str, on: date | None = None) -> ParameterValue:
    """The value in force on the day (today by default). Raises `CharterMissingError` when there is none."""
    value = value_on(_rows_of(municipality).get(key, []), on or today_in(municipality))
    if value is None:
        raise CharterMissingError(f"{municipality.key}: no value of {key} on {on or 'today'}")
    return value


def parameters_of(municipality: Municipality, on: date | None = None) -> Mapping[str, ParameterValue]:
    """Every parameter in force on the day, by key, in the order of keys."""
    day = on or today_in(municipality)
    found = {key: value_on(rows, day) for key, rows in sorted(_rows_of(municipality).items())}
    return {key: value for key, value in found.items() if value is not None}


def numbers_of(municipality: Municipality, prefix: str, usual: N, on: date | None = None) -> N:
    """Thresholds as the charter names them, a parameter by `prefix` and the field; the rest as in `usual`."""
    named = {
        one.key.removeprefix(prefix): one.value for one in named_numbers(municipality, prefix, usual, on)
    }
    return replace(
        usual, **{name: value for name, value in named.items() if isinstance(value, int) and value > 0}
    )


def named_numbers(
    municipality: Municipality, prefix: str, usual: "DataclassInstance", on: date | None = None
) -> list[ParameterValue]:
    """The parameters `numbers_of` reads, those that the charter has."""
    known = parameters_of(municipality, on)
    keys = [f"{prefix}{one.name}" for one in fields(usual)]
    return [known[key] for key in keys if key in known]


def history_of(municipality: Municipality, key: str) -> QuerySet[Parameter]:
    """Every row the parameter ever had, the newest first."""
    return Parameter.objects.filter(municipality=municipality, key=key).order_by("-created_at", "-id")


def clauses_of(municipality: Municipality) -> QuerySet[Clause]:
    """The duties of the charter in the order of its text."""
    return Clause.objects.filter(municipality=municipality).order_by("position")


def acts_of(municipality: Municipality) -> QuerySet[Act]:
    """Acts behind the charter, oldest first; an act without a date stands last."""
    return Act.objects.filter(municipality=municipality).order_by("date", "key")


def forget_remembered() -> None:
    """Drop what this process remembers; services call it after a change."""
    _digests.clear()
    _rows.clear()


K = TypeVar("K")
V = TypeVar("V")


def _remembered(memory: dict[K, tuple[float, V]], key: K, ask: Callable[[], V]) -> V:
    kept = memory.get(key)
    now = time.monotonic()
    if kept is None or now - kept[0] > MEMORY_SECONDS:
        kept = memory[key] = (now, ask())
    return kept[1]


def _digest_of(municipality: Municipality, on: date | None) -> str:
    versions = CharterVersion.objects.filter(municipality=municipality).order_by("-loaded_at", "-id")
    on_the_day = versions.filter(loaded_at__date__lte=on) if on else versions
    # Before the first loading the first version speaks: an older paper is judged by the oldest known charter.
    version = on_the_day.only("digest").first() or versions.only("digest").last()
    if version is None:
        raise CharterMissingError(f"{municipality.key}: no charter is loaded")
    return version.digest


@lru_cache(maxsize=200)
def _charter_by_digest(municipality_id: int, digest: str) -> Charter:
    version = (
        CharterVersion.objects.filter(municipality_id=municipality_id, digest=digest).order_by("id").last()
    )
    if version is None:
        raise CharterMissingError(f"municipality {municipality_id}: version {digest} is gone")
    # Strictness was for the hand-written file; here dates come back from JSON as words.
    return Charter.model_validate(version.data["charter"], strict=False)


def _rows_of(municipality: Municipality) -> Rows:
    return _remembered(_rows, municipality.id, lambda: _read_rows(municipality))


def _read_rows(municipality: Municipality) -> Rows:
    rows: Rows = {}
    for row in Parameter.objects.filter(municipality=municipality).order_by("id"):
        rows.setdefault(row.key, []).append(_as_value(row))
    return rows


def _as_value(row: Parameter) -> ParameterValue:
    return ParameterValue(
        key=row.key,
        title=row.title,
        value=row.value,
        source=row.source,
        mark=cast(Mark, row.mark),
        confirmed=row.confirmed_on is not None,
        confirmed_on=row.confirmed_on,
        valid_from=row.valid_from,
        valid_to=row.valid_to,
        is_local=row.changed_by_operator,
        row_id=row.id,
    )
