"""Инфориски: the list with its clocks, what burns first; exercises apart."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.paginator import Paginator
from django.db.models import F, Prefetch, Q, QuerySet
from django.http import HttpResponse, QueryDict
from django.utils import timezone
from django.views.decorators.http import require_safe

from otklik.charter.schema.risks import RiskLevel
from otklik.common.models import Municipality
from otklik.desk.page import may, needs, page_or_part
from otklik.desk.periods import turned
from otklik.desk.request import DeskRequest
from otklik.desk.risk_look import level_of, nearest, opening_of
from otklik.desk.views.risks import SEES, WORKS
from otklik.risks.models import Risk, RiskClock
from otklik.risks.selectors import (
    for_list,
    is_kept,
    late_clocks,
    levels_of,
    risks_for,
    sightings,
    watched_pages,
)
from otklik.risks.words import KINDS, OPEN_STATES, STATES

AT_ONCE = 50
RUNNING = "running"
NARROWS = ("state", "level", "kind", "page_id")
SHOWN = {"": "открытые", "closed": "отработанные", "all": "все"}


@require_safe
@needs(*SEES)
def risks(request: DeskRequest) -> HttpResponse:
    """The list: what burns first, each risk with its level, its nearest clock, its reach; exercises apart."""
    town, now, asked = request.municipality, timezone.now(), request.GET
    drill = asked.get("drill") == "1"
    levels = levels_of(town)
    seen = risks_for(town, request.rights).filter(drill=drill)
    rows = for_list(_narrowed(seen, asked, levels)).prefetch_related(_running()).order_by(*_order(asked))
    page = Paginator(rows, AT_ONCE).get_page(asked.get("page"))
    context: dict[str, Any] = {
        "page": page,
        "rows": [
            {
                "risk": one,
                "level": level_of(one.level_key, levels),
                "chip": nearest(getattr(one, RUNNING), now),
            }
            for one in page
        ],
        "drill": drill,
        "drills": risks_for(town, request.rights).filter(drill=True, state__in=OPEN_STATES).count(),
        "opening": "" if drill else _opening(request, now),
        "asked": asked,
        "kept": (*NARROWS, "drill"),
        "is_narrowed": any(asked.get(name) for name in (*NARROWS, "q")),
        "pickers": [_picker(asked, name, offered) for name, offered in _offered(town, levels).items()],
        "may_work": may(request, WORKS),
        "is_kept": is_kept(town),
    }
    return page_or_part(request, "risks/list", context)


def _running() -> "Prefetch[str, QuerySet[RiskClock], str]":
    clocks = RiskClock.objects.filter(stopped_at=None, round=F("risk__round")).order_by("due_at", "pk")
    return Prefetch("clocks", queryset=clocks, to_attr=RUNNING)


def _narrowed(rows: QuerySet[Risk], asked: QueryDict, levels: Mapping[str, RiskLevel]) -> QuerySet[Risk]:
    state, page, words = asked.get("state", ""), asked.get("page_id", ""), asked.get("q", "").strip()
    if state in STATES:
        rows = rows.filter(state=state)
    elif state != "all":
        rows = rows.filter(state__in=OPEN_STATES)
    if asked.get("level") in levels:
        rows = rows.filter(level_key=asked["level"])
    if asked.get("kind") in KINDS:
        rows = rows.filter(kind=asked["kind"])
    if page.isdecimal():
        rows = rows.filter(page_id=int(page))
    if words.isdecimal():
        rows = rows.filter(number=words)
    elif words:
        rows = rows.filter(Q(title__icontains=words) | Q(gist__icontains=words))
    return rows


def _order(asked: QueryDict) -> tuple[str, ...]:
    """What is due first stands first; closed ones by their end."""
    return ("-closed_at", "-pk") if asked.get("state") == "closed" else ("next_due", "-began_at", "-pk")


def _offered(town: Municipality, levels: Mapping[str, RiskLevel]) -> dict[str, dict[str, str]]:
    """What each condition of the list may be, the usual one first: value of the address -> word of the phrase."""
    states = {key: title for key, title in STATES.items() if key in OPEN_STATES}
    return {
        "state": {**SHOWN, **states},
        "level": {"": "любого уровня", **{key: one.title for key, one in levels.items()}},
        "kind": {"": "любого вида", **KINDS},
        "page_id": {"": "с любых страниц", **{str(one.pk): one.title for one in watched_pages(town)}},
    }


@dataclass(frozen=True)
class Picker:
    """A condition in the phrase: its word now and (word, address, whether it is chosen) of each choice."""

    word: str
    choices: Sequence[tuple[str, str, bool]]


def _picker(asked: QueryDict, name: str, offered: Mapping[str, str]) -> Picker:
    chosen = asked.get(name, "")
    choices = [
        (title, turned(asked, **{name: key, "page": ""}), key == chosen) for key, title in offered.items()
    ]
    return Picker(offered.get(chosen, offered[""]), choices)


def _opening(request: DeskRequest, now: datetime) -> str:
    late = late_clocks(request.municipality, now).count()
    waiting = sightings(request.municipality).count() if may(request, WORKS) else 0
    open_now = risks_for(request.municipality, request.rights).filter(drill=False, state__in=OPEN_STATES)
    calm = "Сроки по рискам не нарушены." if open_now.exists() else "Открытых рисков нет."
    return opening_of(late, waiting, calm)
