"""Находки of Мой день: what nobody asked about and somebody has to look at. Only what the role can act on."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils import timezone

from otklik.analytics.criteria.selectors import undecided, within
from otklik.analytics.sight import sight_of
from otklik.cases.selectors import cases_for
from otklik.charter.selectors import parameters_of
from otklik.common import words
from otklik.deadlines.selectors import calendar_alarm
from otklik.desk.counters import counters
from otklik.desk.request import DeskRequest
from otklik.satisfaction.selectors import lately, mean_of

CONCERNED = (
    "quality.check",
    "channels.view_raw",
    "cases.send_answer",
    "satisfaction.view",
    "charter.confirm",
    "analytics.study",
)
LOW_MEAN = 3.5
FEW_SCORES = 5
MOST_ANALYSED = 2


@dataclass(frozen=True)
class Finding:
    """One line with the screen where it is dealt with."""

    text: str
    href: str


def findings_of(request: DeskRequest, now: datetime) -> list[Finding]:
    """What stands out today, the most pressing first; asks only about what the person may open."""
    held = request.rights.permissions
    found = [*_waiting(request)]
    if "cases.send_answer" in held:
        found += _to_place(request)
    if "satisfaction.view" in held:
        found += _unhappy(request, now)
    if "analytics.study" in held:
        found += _analysed(request, now)
    if "charter.confirm" in held:
        found += _unconfirmed(request)
    return found


def _waiting(request: DeskRequest) -> Iterator[Finding]:
    """What the menu counts already."""
    numbers = counters(request.user, request.municipality, request.rights)
    if n := numbers["rechecks"]:
        said = words.count(n, "плохая оценка ждёт", "плохие оценки ждут", "плохих оценок ждут")
        yield Finding(f"{said} проверки ответа", reverse("desk:rechecks"))
    if n := numbers["raw"]:
        said = words.count(n, "сообщение пришло", "сообщения пришли", "сообщений пришло")
        yield Finding(f"{said} и не прочитано машиной", reverse("desk:raw"))


def _to_place(request: DeskRequest) -> Iterator[Finding]:
    mine = cases_for(request.user, request.municipality, request.rights)
    if n := mine.filter(state="placing").count():
        said = words.count(n, "подписанный ответ ждёт", "подписанных ответа ждут", "подписанных ответов ждут")
        yield Finding(f"{said} размещения в источнике", f"{reverse('desk:list')}?state=placing")


def _unhappy(request: DeskRequest, now: datetime) -> Iterator[Finding]:
    mean, n, _ = mean_of(lately(request.municipality, now))
    if mean is not None and n >= FEW_SCORES and mean < LOW_MEAN:
        said = words.count(n, "оценке", "оценкам", "оценкам")
        at = reverse("desk:rechecks" if "quality.check" in request.rights.permissions else "desk:list")
        yield Finding(f"Средняя оценка за 30 дней — {words.number(mean, 1)} по {said}", at)


def _analysed(request: DeskRequest, now: datetime) -> Iterator[Finding]:
    """What the automatic analysis has found and nobody has decided upon: the newest in its own words."""
    town = request.municipality
    found = within(undecided(town, now), town, sight_of(request.rights, town))
    waiting = list(found[: MOST_ANALYSED + 1])
    at = reverse("desk:findings")
    if len(waiting) > MOST_ANALYSED:
        said = words.count(found.count(), "находка ждёт", "находки ждут", "находок ждут")
        yield Finding(f"{said} решения. {waiting[0].text}", at)
        return
    yield from (Finding(one.text, at) for one in waiting)


def _unconfirmed(request: DeskRequest) -> Iterator[Finding]:
    alarm = calendar_alarm(timezone.localdate())
    if alarm:
        yield Finding(alarm, reverse("desk:calendar"))
    n = sum(one.needs_confirmation for one in parameters_of(request.municipality).values())
    if n:
        said = words.count(n, "норма положения", "нормы положения", "норм положения")
        verb = words.plural(n, "требует", "требуют", "требуют")
        yield Finding(f"{said} {verb} подтверждения", reverse("desk:parameters"))
