"""Polls as screens draw them: rows of the list with their clocks, the way of a poll, the response by days."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Count, Q, QuerySet

from otklik.common import words
from otklik.common.models import Municipality
from otklik.deadlines.calendar import WorkCalendar
from otklik.desk.clocks import Chip
from otklik.desk.day_clock import day_chip
from otklik.outreach.polls.models import Poll, Proposal, Sign
from otklik.outreach.polls.results import turnout
from otklik.outreach.polls.rules import Within
from otklik.outreach.polls.selectors import counts_of, participants, with_participants
from otklik.outreach.polls.words import COUNTED, FORMS

WAY = ("draft", "approval", "approved", "open", "closed", "summed", "decided")
WAY_WORDS = {
    "draft": "черновик",
    "approval": "утверждение",
    "approved": "утверждено",
    "open": "идёт",
    "closed": "закрыто",
    "summed": "итоги",
    "decided": "решение",
}
SHOWN = {"": "Идут и готовятся", "ended": "Закончены", "withdrawn": "Сняты", "all": "Все"}
STATES_SHOWN = {
    "": ("draft", "approval", "approved", "open", "closed", "summed"),
    "ended": ("closed", "summed", "decided"),
    "withdrawn": ("withdrawn",),
    "all": (*WAY, "withdrawn"),
}
LEAST_SLOTS = 14


@dataclass(frozen=True)
class Row:
    """A poll of the list: how many took part, proposals that wait for a check, signs nobody has looked at."""

    poll: Poll
    people: int
    waiting: int
    signs: int
    chip: Chip | None


WAITS = {
    "open": ("идут", Q(state="open")),
    "approval": ("ждут утверждения", Q(state="approval")),
    "closed": ("ждут итогов", Q(state="closed")),
    "summed": ("ждут решения", Q(state="summed")),
    "proposals": ("с предложениями на проверке", Q(waiting__gt=0)),
    "signs": ("с неразобранными признаками", Q(signs_open__gt=0)),
}
"""What the first line of the list counts, in words, and the condition behind each count."""


def listed(municipality: Municipality, show: str, form: str, wait: str = "") -> QuerySet[Poll]:
    """Polls of the list with their counts, the newest first; `wait` of WAITS leaves those that wait for it."""
    rows = Poll.objects.filter(municipality=municipality, state__in=STATES_SHOWN[show])
    if form:
        rows = rows.filter(form=form)
    found = counted(rows).order_by("-made_at", "-pk")
    return found.filter(WAITS[wait][1]) if wait else found


def counted(rows: QuerySet[Poll]) -> QuerySet[Poll]:
    """Polls with participants, `waiting` and `signs_open` counted beside them, each by a question of its own."""
    return with_participants(rows).annotate(
        waiting=counts_of(Proposal.objects.filter(state="waiting")),
        signs_open=counts_of(Sign.objects.filter(looked_at=None)),
    )


def row_of(poll: Poll, now: datetime, calendar: WorkCalendar, asked: Within) -> Row:
    """A line of the list; counts are read beforehand."""
    waiting, signs = (int(getattr(poll, name, 0)) for name in ("waiting", "signs_open"))
    return Row(poll, participants(poll), waiting, signs, chip_of_poll(poll, now, calendar, asked))


def chip_of_poll(poll: Poll, now: datetime, calendar: WorkCalendar, asked: Within) -> Chip | None:
    """The date that comes next: the first day, the last one, the summing up, the decision."""
    if poll.state == "approved" and poll.opens_on:
        return day_chip(poll.opens_on, "первый день", now, calendar)
    if poll.state == "open" and poll.closes_on:
        return day_chip(poll.closes_on, "последний день", now, calendar)
    if poll.state == "closed" and poll.closed_at:
        due = calendar.day_of(poll.closed_at) + timedelta(days=asked.sum_days)
        return day_chip(due, "подвести итоги", now, calendar)
    if poll.state == "summed" and poll.closed_at:
        due = calendar.day_of(poll.closed_at) + timedelta(days=asked.decide_days)
        return day_chip(due, "сказать о решении", now, calendar)
    return None


def opening_of(municipality: Municipality) -> list[tuple[str, str]]:
    """What stands now, as parts of a sentence with the address behind each."""
    rows = Poll.objects.filter(municipality=municipality)
    states = dict(rows.values_list("state").annotate(n=Count("pk")).order_by())
    waiting = Proposal.objects.filter(municipality=municipality, state="waiting").count()
    signs = Sign.objects.filter(municipality=municipality, looked_at=None).count()
    forms = dict(rows.filter(state="open").values_list("form").annotate(n=Count("pk")).order_by())
    told = [words.count(forms[key], *COUNTED[key]) for key in FORMS if forms.get(key)]
    parts = (
        [(f"Сейчас {'идёт' if sum(forms.values()) == 1 else 'идут'}: {', '.join(told)}", "?show=")]
        if told
        else []
    )
    for state, said in (
        ("approval", "утвердить"),
        ("closed", "подвести итоги"),
        ("summed", "принять решение"),
    ):
        if states.get(state):
            parts.append((f"{said}: {words.number(states[state])}", f"?wait={state}"))
    if waiting:
        parts.append((f"предложений на проверке: {words.number(waiting)}", "?show=all&wait=proposals"))
    if signs:
        parts.append((f"признаков накрутки не разобрано: {words.number(signs)}", "?show=all&wait=signs"))
    return parts


def way_of(poll: Poll) -> list[dict[str, Any]]:
    """Steps of the poll with the one it stands at; a withdrawn one has none."""
    if poll.state == "withdrawn":
        return []
    here = WAY.index(poll.state)
    return [
        {"title": WAY_WORDS[key], "is_past": place < here, "is_here": place == here}
        for place, key in enumerate(WAY)
    ]


@dataclass(frozen=True)
class Bar:
    """Participants of one day; `height` of the tallest one is a hundred."""

    day: date
    count: int
    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True)
class Response:
    """How many have answered, of how many, by days; `share` is of the audience where its size is known."""

    people: int
    audience: int | None
    share: str
    bars: Sequence[Bar]
    says: str


def response_of(poll: Poll, today: date) -> Response:
    """The response so far: counts of admissions alone, nobody's choice is known before the closing."""
    by_day = dict(turnout(poll))
    people = poll.outer_count if poll.outer_count is not None else sum(by_day.values())
    share = words.percent(people / poll.audience_count, 1) if poll.audience_count else ""
    bars = _bars(by_day, poll, today)
    best = max(by_day.items(), key=lambda one: one[1], default=None)
    says = f"больше всего {words.long_day(best[0])}: {words.number(best[1])}" if best else ""
    return Response(people, poll.audience_count, share, bars, says)


def _bars(by_day: Mapping[date, int], poll: Poll, today: date) -> list[Bar]:
    if not by_day:
        return []
    first = min(min(by_day), poll.opens_on or today)
    last = max(max(by_day), min(today, poll.closes_on or today))
    days = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    # A poll of a day or two fills no whole line: its bars would look like a wall.
    most, width = max(by_day.values()), 100 / max(len(days), LEAST_SLOTS)
    return [
        Bar(
            day,
            by_day.get(day, 0),
            round(place * width, 3),
            round(100 - 100 * by_day.get(day, 0) / most, 2),
            round(width * 0.8, 3),
            round(100 * by_day.get(day, 0) / most, 2),
        )
        for place, day in enumerate(days)
    ]
