"""What a list of requests is asked by: numbers, services, days, status, page."""

from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.http import QueryDict
from django.utils import timezone

from otklik.api.open311.render import FaultError

LONGEST = timedelta(days=90)
MOST = 1000
FIRST_YEAR = 1970
STATUSES = frozenset({"open", "closed"})


@dataclass(frozen=True)
class Asked:
    """Numbers outweigh everything else, as the standard says; empty sets mean any."""

    numbers: tuple[str, ...]
    services: tuple[str, ...]
    statuses: frozenset[str]
    since: datetime
    until: datetime
    page: int
    size: int


def asked_of(query: QueryDict, now: datetime) -> Asked:
    """The conditions of a list. Raises FaultError for a wrong one."""
    since, until = _days(query, now)
    statuses = frozenset(_parts(query, "status"))
    if statuses - STATUSES:
        raise FaultError(400, "status — open или closed.")
    return Asked(
        numbers=_parts(query, "service_request_id"),
        services=_parts(query, "service_code"),
        statuses=statuses,
        since=since,
        until=until,
        page=_number(query, "page", 1, 100_000),
        size=_number(query, "page_size", MOST, MOST),
    )


def _parts(query: QueryDict, name: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in query.get(name, "").split(",") if part.strip())[:MOST]


def _days(query: QueryDict, now: datetime) -> tuple[datetime, datetime]:
    start, end = _moment(query, "start_date"), _moment(query, "end_date")
    if start and end and end < start:
        raise FaultError(400, "end_date раньше start_date.")
    if start and end and end - start > LONGEST:
        raise FaultError(400, "Между start_date и end_date не больше 90 дней.")
    if start is None:
        until = end or now
        return until - LONGEST, until
    return start, end or min(start + LONGEST, now)


def _moment(query: QueryDict, name: str) -> datetime | None:
    text = query.get(name, "").strip()
    if not text:
        return None
    told: datetime | None = None
    with suppress(ValueError):
        # A plus of the zone comes as a space where a client did not encode it.
        told = datetime.fromisoformat(text.replace(" ", "+"))
    # Before the computer age there is nothing to find, and no ninety days to count back.
    if told is None or told.year < FIRST_YEAR:
        raise FaultError(400, f"{name} — время ISO 8601, например 2026-10-01T00:00:00Z.") from None
    return told if told.tzinfo else timezone.make_aware(told)


def _number(query: QueryDict, name: str, default: int, most: int) -> int:
    text = query.get(name, "").strip()
    if not text:
        return default
    if not text.isdecimal() or not 1 <= int(text) <= most:
        raise FaultError(400, f"{name} — число от 1 до {most}.")
    return int(text)
