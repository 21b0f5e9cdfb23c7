"""Мой день and Сроки: what burns for this person, counted once by the database."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.db.models import Count, Q, QuerySet
from django.db.models.functions import Least

from otklik.accounts.models import User
from otklik.accounts.selectors import Rights
from otklik.cases.models import Case, Term
from otklik.cases.selectors.doors import LIST_PARTS, cases_for
from otklik.cases.selectors.lists import HEAVY
from otklik.cases.states import OPEN_STATES
from otklik.common.models import Municipality

HOLIDAYS = timedelta(days=14)


@dataclass(frozen=True)
class MyDay:
    """Counts for the opening sentence, the burning rows, what waits for approval or signature."""

    broken: int
    today: int
    triage: int
    arrived: int
    burning: list[Case]
    to_sign: list[Case]


@dataclass(frozen=True)
class TermsBoard:
    """Running clocks by column; each column holds terms with their cases, nearest first."""

    overdue: list[Term]
    today: list[Term]
    tomorrow: list[Term]
    week: list[Term]
    counts: dict[str, int]


def day_start(day: date, zone: ZoneInfo) -> datetime:
    """Local midnight as a moment."""
    return datetime.combine(day, time.min, zone)


def my_day(user: User, municipality: Municipality, now: datetime, rights: Rights) -> MyDay:
    """What this person must see first; cases that wait for the own signature are not repeated among what burns."""
    zone = ZoneInfo(municipality.time_zone)
    today = now.astimezone(zone).date()
    tonight = day_start(today + timedelta(days=1), zone)
    mine = cases_for(user, municipality, rights)
    to_sign = _waiting_for(mine, rights)
    counts = mine.filter(Q(next_control_at__lt=tonight) | Q(needs_triage=True)).aggregate(
        broken=Count("pk", filter=Q(next_control_at__lt=now)),
        today=Count("pk", filter=Q(next_control_at__gte=now, next_control_at__lt=tonight)),
        triage=Count("pk", filter=Q(needs_triage=True)),
    )
    burning = mine.filter(next_control_at__lt=tonight).exclude(pk__in=[case.pk for case in to_sign])
    return MyDay(
        **counts,
        arrived=mine.filter(came_at__gte=now - timedelta(days=1)).count(),
        burning=list(_light(burning.order_by("next_control_at", "pk"))[:9]),
        to_sign=to_sign,
    )


def _waiting_for(mine: QuerySet[Case], rights: Rights) -> list[Case]:
    states = [
        *(["on_approval"] if "cases.approve_answer" in rights.permissions else []),
        *(["signing"] if {"cases.sign_answer", "cases.approve_answer"} & rights.permissions else []),
    ]
    if not states:
        return []
    return list(_light(mine.filter(state__in=states).order_by("next_control_at", "pk"))[:20])


def _light(cases: QuerySet[Case]) -> QuerySet[Case]:
    return cases.defer(*HEAVY).select_related(*LIST_PARTS)


def terms_board(
    user: User, municipality: Municipality, now: datetime, rights: Rights, limit: int = 30
) -> TermsBoard:
    """Running clocks of the person's cases: overdue, today, tomorrow, the rest of the week."""
    zone = ZoneInfo(municipality.time_zone)
    today = now.astimezone(zone).date()
    edges = [day_start(today + timedelta(days=days), zone) for days in (1, 2, 8)]
    columns = {
        "overdue": Q(breach_at__lt=now),
        "today": Q(breach_at__gte=now, breach_at__lt=edges[0]),
        "tomorrow": Q(breach_at__gte=edges[0], breach_at__lt=edges[1]),
        "week": Q(breach_at__gte=edges[1], breach_at__lt=edges[2]),
    }
    # A standing clock burns nobody: it stands until the applicant answers.
    # The law's clock hours run on through days off, so its moment may come before the control one; the index
    # leads by control moments, and no holidays part the two by more than a fortnight.
    live = Term.objects.filter(
        municipality=municipality, stopped_at=None, paused_at=None, control_at__lt=edges[2] + HOLIDAYS
    ).annotate(breach_at=Least("control_at", "legal_at"))
    if "cases.view" not in rights.permissions:
        live = live.filter(case__in=cases_for(user, municipality, rights).filter(state__in=OPEN_STATES))
    counts = live.aggregate(**{name: Count("pk", filter=condition) for name, condition in columns.items()})
    # Keys first, from the clocks alone; then what is shown, all columns at once.
    keys = {
        name: list(live.filter(condition).order_by("breach_at", "pk").values_list("pk", flat=True)[:limit])
        for name, condition in columns.items()
    }
    shown = _with_cases(key for column in keys.values() for key in column)
    return TermsBoard(
        **{name: [shown[key] for key in column] for name, column in keys.items()}, counts=counts
    )


def _with_cases(keys: Iterable[int]) -> dict[int, Term]:
    terms = Term.objects.filter(pk__in=list(keys)).select_related(
        "case", *(f"case__{part}" for part in LIST_PARTS)
    )
    return {term.pk: term for term in terms.defer(*(f"case__{name}" for name in HEAVY))}
