"""Everything that waits for one person, gathered once: errands, papers, meetings, roadmaps, requests, duties.

Each thing stands here one time with its clock and its one deed. What waits changes by somebody's deed, so it is
remembered for the same few seconds as the counters and forgotten with the person's own deed; the state of the clock
is drawn anew on every page.
"""

import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Min
from django.urls import reverse
from django.utils import timezone

from otklik.cases.models import Case
from otklik.charter.due import duties_due
from otklik.deadlines.calendar import WorkCalendar
from otklik.desk.clocks import Chip, row_chip
from otklik.desk.day_clock import day_chip
from otklik.desk.errand_rows import SHORT, address, errand_chip, source_words
from otklik.desk.request import DeskRequest
from otklik.desk.risk_look import NAMES as RISK_CLOCKS
from otklik.desk.risk_look import clock_chip
from otklik.office.coordination.selectors import waiting_for as coordination_waiting
from otklik.office.errands.models import Errand
from otklik.office.errands.selectors import waiting_for as errands_waiting
from otklik.office.waiting import meetings_waiting
from otklik.outreach.content.doors import waiting_for as materials_waiting
from otklik.outreach.polls.waiting import polls_waiting
from otklik.outreach.selectors import press_waiting
from otklik.problems.roadmaps.selectors import measures_waiting
from otklik.reports.waiting import DEEDS as PAPER_DEEDS
from otklik.reports.waiting import papers_waiting
from otklik.risks.campaigns.selectors import waiting_for as campaigns_waiting
from otklik.risks.models import RiskClock
from otklik.risks.selectors import WORKS as LEADS_RISKS
from otklik.risks.selectors import running_clocks

MEMORY_SECONDS = 10.0
MOST_PUBLICATIONS = 20
MOST_RISKS = 20
_kept: dict[tuple[int, int], tuple[float, list["Item"]]] = {}

STANDS_FOR = ("roadmap", "request")
"""Kinds of errands that stand in place of what they were given for; a protocol or a meeting waits by itself."""

ANSWER_DEEDS = {"on_approval": "Проверить", "signing": "Прочитать"}
MEETING_DEEDS = {"agree": "Согласовать", "sign": "Подписать", "opinion": "Дать мнение"}
MEETING_WORDS = {"agree": "повестка", "sign": "протокол на подписи", "opinion": "мнение заочно"}
COORDINATION = {
    "request": ("запрос материалов", "Ответить"),
    "plan": ("план работы", "Открыть"),
    "visa": ("виза блока", "Завизировать"),
    "proposal": ("предложение", "Решить"),
    "reading": ("методический материал", "Прочитать"),
}

POLLS = {
    "approve": ("опрос на утверждении", "Утвердить", "poll", ""),
    "publish": ("опрос для ПОС", "Опубликовать", "poll", ""),
    "bring": ("опрос в ПОС закончен", "Внести итоги", "poll", ""),
    "check": ("предложения жителей", "Проверить", "poll_proposals", ""),
    "look": ("признаки накрутки", "Разобрать", "poll", "#signs"),
    "sum": ("опрос закончен", "Подвести итоги", "poll", ""),
    "decide": ("итоги опроса", "Записать решение", "poll", ""),
}


@dataclass(frozen=True)
class Item:
    """A thing that waits: what, of which kind, by which day, where, the deed; `behind` is what it is given for."""

    text: str
    kind: str
    due: date | None
    href: str
    deed: str
    behind: str = ""
    errand: Errand | None = None
    clock: RiskClock | None = None


@dataclass(frozen=True)
class InboxRow:
    """A row of the sheet: what, of which kind, its clock of this moment, where and by which deed."""

    text: str
    second: str
    chip: Chip | None
    href: str
    deed: str
    at: datetime | None
    is_answer: bool = False
    behind: str = ""

    @property
    def is_late(self) -> bool:
        return self.chip is not None and self.chip.state == "over"


def inbox_rows(
    request: DeskRequest, answers: Sequence[Case], now: datetime, calendar: WorkCalendar
) -> list[InboxRow]:
    """Answers that wait for the viewer's word among everything else that waits, the nearest first, dateless last."""
    rows = [_answer(case, now, calendar) for case in answers]
    rows += [_row(item, now, calendar) for item in inbox_of(request, now, calendar)]
    far = now + timedelta(days=3660)
    return sorted(rows, key=lambda one: (one.at or far, one.text))


def _answer(case: Case, now: datetime, calendar: WorkCalendar) -> InboxRow:
    body = case.body.short_name if case.body else "без исполнителя"
    second = f"ответ {case.number}, {case.get_state_display().lower()} · {body}"
    chip, href = row_chip(case, now, calendar), reverse("desk:card", args=[case.number])
    return InboxRow(case.gist, second, chip, href, ANSWER_DEEDS[case.state], case.next_control_at, True)


def _row(item: Item, now: datetime, calendar: WorkCalendar) -> InboxRow:
    chip = day_chip(item.due, item.kind, now, calendar) if item.due else None
    if item.errand is not None:
        chip = errand_chip(item.errand, now, calendar)
    at = calendar.end_of_day(item.due) if item.due else None
    if item.clock is not None:
        chip, at = clock_chip(item.clock, now), item.clock.due_at
    return InboxRow(item.text, item.kind, chip, item.href, item.deed, at, behind=item.behind)


def inbox_of(request: DeskRequest, now: datetime, calendar: WorkCalendar) -> list[Item]:
    """The things themselves, each once, remembered for seconds."""
    key = (request.user.pk, request.municipality.pk)
    kept = _kept.get(key)
    if kept is None or time.monotonic() - kept[0] > MEMORY_SECONDS:
        kept = _kept[key] = (time.monotonic(), _gather(request, now, calendar))
    return kept[1]


def forget_inbox(request: DeskRequest) -> None:
    """Gather anew at the next screen: the person has just changed what waits."""
    _kept.pop((request.user.pk, request.municipality.pk), None)


def _gather(request: DeskRequest, now: datetime, calendar: WorkCalendar) -> list[Item]:
    today = calendar.day_of(now)
    found = [
        *_errands(request),
        *_papers(request, today),
        *_meetings(request, now),
        *_roadmaps(request, now),
        *_coordination(request, today),
        *_publications(request),
        *_press(request),
        *_polls(request, today),
        *_campaigns(request, now),
        *_risks(request),
        *_duties(request, now, today, calendar),
    ]
    return sorted(each_once(found), key=lambda one: (one.due or date.max, one.text))


def each_once(items: Iterable[Item]) -> list[Item]:
    """Without what stands twice: the same thing said again, or what an errand that waits was given for."""
    found = list(items)
    given_for = {one.behind for one in found if one.behind}
    unlike: dict[tuple[str, str], Item] = {}
    for one in found:
        if one.href not in given_for:
            unlike.setdefault((one.href, one.text), one)
    return list(unlike.values())


def _errands(request: DeskRequest) -> Iterator[Item]:
    for one in errands_waiting(request.user, request.municipality, request.rights):
        errand = one.errand
        kind = f"поручение № {errand.number}, {source_words(errand)}"
        behind = errand.source_link if errand.kind in STANDS_FOR else ""
        yield Item(errand.text, kind, errand.due_on, address(errand), SHORT[one.deed], behind, errand)


def _papers(request: DeskRequest, today: date) -> Iterator[Item]:
    for one in papers_waiting(request.municipality, request.rights, today):
        kind = "отчёт" if one.what in ("sign", "check") else "запрос материалов"
        yield Item(one.title, kind, one.due, one.link, PAPER_DEEDS[one.what])


def _meetings(request: DeskRequest, now: datetime) -> Iterator[Item]:
    for one in meetings_waiting(request.user, request.municipality, request.rights, now):
        due = timezone.localdate(one.until) if one.until else None
        page = {"agree": "meeting", "sign": "protocol", "opinion": "opinions"}[one.what]
        href = reverse(f"desk:{page}", args=[one.meeting.pk])
        yield Item(one.meeting.reason, MEETING_WORDS[one.what], due, href, MEETING_DEEDS[one.what])


def _roadmaps(request: DeskRequest, now: datetime) -> Iterator[Item]:
    for one in measures_waiting(request.user, request.municipality, request.rights, now):
        yield Item(one.title, one.kind, one.due, one.link, "Открыть")


def _coordination(request: DeskRequest, today: date) -> Iterator[Item]:
    for one in coordination_waiting(request.user, request.rights, request.municipality, today):
        kind, deed = COORDINATION.get(one.kind, (one.kind, "Открыть"))
        yield Item(one.title, kind, one.due, one.link, deed)


def _polls(request: DeskRequest, today: date) -> Iterator[Item]:
    for one in polls_waiting(request.municipality, request.user, request.rights, today):
        kind, deed, page, way = POLLS[one.what]
        yield Item(one.poll.title, kind, one.due, reverse(f"desk:{page}", args=[one.poll.pk]) + way, deed)


def _publications(request: DeskRequest) -> Iterator[Item]:
    """Materials whose next word is the viewer's, by the day their first post goes out."""
    rows = materials_waiting(request.municipality, request.rights).annotate(first=Min("posts__planned_at"))
    for one in rows.only("number", "title").order_by("number")[:MOST_PUBLICATIONS]:
        due = timezone.localdate(one.first) if one.first else None
        href = reverse("desk:content_material", args=[one.number])
        yield Item(one.title, "материал для публикации", due, href, "Согласовать")


def _press(request: DeskRequest) -> Iterator[Item]:
    for one in press_waiting(request.user, request.rights, request.municipality):
        yield Item(one.title, one.kind, one.due, one.link, "Ответить" if one.due else "Согласовать")


def _campaigns(request: DeskRequest, now: datetime) -> Iterator[Item]:
    for one in campaigns_waiting(request.user, request.municipality, request.rights, now):
        yield Item(one.title, one.kind, one.due, one.link, "Открыть")


def _risks(request: DeskRequest) -> Iterator[Item]:
    """Open risks by their nearest clock, for whoever leads them; minutes of risks run day and night."""
    if LEADS_RISKS not in request.rights.permissions:
        return
    nearest: dict[int, RiskClock] = {}
    for clock in running_clocks(request.municipality)[: 5 * MOST_RISKS]:
        nearest.setdefault(clock.risk_id, clock)
    for clock in list(nearest.values())[:MOST_RISKS]:
        risk, due = clock.risk, timezone.localdate(clock.due_at)
        kind = f"информационный риск {risk}: {RISK_CLOCKS[clock.key]}"
        yield Item(risk.title, kind, due, reverse("desk:risk", args=[risk.pk]), "Открыть", clock=clock)


def _duties(request: DeskRequest, now: datetime, today: date, calendar: WorkCalendar) -> Iterator[Item]:
    """Duties of the person's roles; the duties of the whole centre wait for who organises it."""
    actors = set(request.rights.role_keys)
    if "office.organise" in request.rights.permissions:
        actors.add("")
    town = request.municipality
    for one in duties_due(town, actors, now, today, calendar.previous_working_day):
        href = f"{reverse('desk:charter')}#clause-{one.clause_id}"
        yield Item(one.title, f"пункт {one.clause_id}, {one.cadence}", one.due, one.link or href, "Исполнить")
