"""Pages of the list by keyset: the cost is what is shown, not what is stored."""

import base64
import json
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from django.db.models import Q, QuerySet

from otklik.accounts.models import User
from otklik.accounts.selectors import Rights
from otklik.cases.models import Case
from otklik.cases.selectors.doors import LIST_PARTS, cases_for
from otklik.cases.selectors.filters import CaseFilter
from otklik.common.models import Municipality

HEAVY = ("masked_text", "bands", "search", "topic_options", "body_reason", "kind_reason")


class RowClock(NamedTuple):
    """Of a case only what its clock in a list is told by."""

    state: str
    next_term_key: str
    next_control_at: datetime | None
    next_legal_at: datetime | None
    registered_at: datetime


@dataclass(frozen=True)
class Page:
    """Rows of one page and the cursor of the next; an empty cursor means the end."""

    rows: list[Case]
    next_cursor: str


def _encode(case: Case, order: str) -> str:
    moment = case.next_control_at if order == "term" else case.came_at
    return base64.urlsafe_b64encode(
        json.dumps([moment.isoformat() if moment else "", case.pk]).encode()
    ).decode()


def _after(cursor: str, order: str) -> Q:
    try:
        moment, key = json.loads(base64.urlsafe_b64decode(cursor))
        at = datetime.fromisoformat(moment)
    except (ValueError, TypeError):
        return Q()
    return _beyond(at, int(key), order)


def _beyond(at: datetime, key: int, order: str, back: bool = False) -> Q:
    """What stands after this place in the order, or before it."""
    name = "next_control_at" if order == "term" else "came_at"
    side = "gt" if (order == "term") is not back else "lt"
    return Q(**{f"{name}__{side}": at}) | Q(**{name: at, f"pk__{side}": key})


def list_page(
    user: User,
    municipality: Municipality,
    conditions: CaseFilter,
    now: datetime,
    after: str = "",
    limit: int = 50,
    rights: Rights | None = None,
) -> Page:
    """One page: newest first, or nearest to breach first with `order=term`."""
    cases = conditions.apply(cases_for(user, municipality, rights), user, municipality, now)
    if after:
        cases = cases.filter(_after(after, conditions.order))
    # Keys first, from the table of cases alone: among joins the planner leaves the index that gives the order.
    keys = _ordered(cases, conditions.order).values("pk")[: limit + 1]
    shown = Case.objects.filter(pk__in=keys).defer(*HEAVY).select_related(*LIST_PARTS)
    rows = list(_ordered(shown, conditions.order))
    has_more = len(rows) > limit
    rows = rows[:limit]
    return Page(rows, _encode(rows[-1], conditions.order) if has_more else "")


def neighbour(
    case: Case,
    user: User,
    municipality: Municipality,
    conditions: CaseFilter,
    now: datetime,
    rights: Rights,
    back: bool = False,
) -> str:
    """Number of the next case of the list (or of the one before); empty at its end.

    A case that has left the list by its order (no running clock) is followed by the first of the list.
    """
    found = _ordered(
        conditions.apply(cases_for(user, municipality, rights), user, municipality, now), conditions.order
    ).exclude(pk=case.pk)
    at = case.next_control_at if conditions.order == "term" else case.came_at
    if at is not None:
        found = found.filter(_beyond(at, case.pk, conditions.order, back))
    elif back:
        return ""
    return (found.reverse() if back else found).values_list("number", flat=True).first() or ""


def list_clocks(
    user: User, municipality: Municipality, conditions: CaseFilter, now: datetime, rights: Rights, limit: int
) -> list[RowClock]:
    """The clocks of the first cases of the whole list, for counting its groups."""
    cases = conditions.apply(cases_for(user, municipality, rights), user, municipality, now)
    rows = _ordered(cases, conditions.order).values_list(*RowClock._fields)[:limit]
    return [RowClock(*row) for row in rows]


def _ordered(cases: QuerySet[Case], order: str) -> QuerySet[Case]:
    if order == "term":
        return cases.filter(next_control_at__isnull=False).order_by("next_control_at", "pk")
    return cases.order_by("-came_at", "-pk")


def triage_page(
    user: User, municipality: Municipality, limit: int = 50, rights: Rights | None = None
) -> list[Case]:
    """The tray of what the machine was not sure of, oldest first: nobody waits longer than another."""
    tray = cases_for(user, municipality, rights).filter(needs_triage=True)
    return list(tray.select_related(*LIST_PARTS).order_by("came_at")[:limit])
