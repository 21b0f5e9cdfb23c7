"""Находки: what the automatic analysis found, what a person says of it, growth factors written down."""

from typing import Any

from django.db.models import Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from otklik.analytics.criteria.models import DECISIONS, Finding
from otklik.analytics.criteria.reading import link_of
from otklik.analytics.criteria.selectors import criteria_of, findings_of, last_run, undecided, within
from otklik.analytics.criteria.services import decide, note_growth
from otklik.analytics.sight import sight_of
from otklik.channels.selectors import channels_of
from otklik.common.errors import Refused
from otklik.common.period import Period
from otklik.desk.listed import behind
from otklik.desk.page import done, may, needs, page_or_part
from otklik.desk.periods import told_period, turned
from otklik.desk.request import DeskRequest
from otklik.desk.seen_by import SEES_CASES
from otklik.desk.sight import say_sight

MOST = 60
SHOWN = {
    "": ("Ждут решения", None),
    "weak": ("Слабые стороны", Q(decision="weak")),
    "growth": ("Факторы роста", ~Q(cause="")),
    "all": ("Все", Q()),
}


@require_safe
@needs("analytics.view")
def findings(request: DeskRequest) -> HttpResponse:
    """The newest findings of the chosen kind; by default those nobody has decided upon."""
    town, now = request.municipality, timezone.now()
    show = request.GET.get("show", "") if request.GET.get("show", "") in SHOWN else ""
    condition = SHOWN[show][1]
    sight = sight_of(request.rights, town)
    found = undecided(town, now) if condition is None else findings_of(town).filter(condition)
    context: dict[str, Any] = {
        "rows": list(within(found, town, sight)[:MOST]),
        "limits": say_sight(sight, town),
        "shown": [(title, turned(request.GET, show=key), key == show) for key, (title, _) in SHOWN.items()],
        "show": show,
        "run": last_run(town),
        "on": criteria_of(town).filter(is_on=True).count(),
        "listed": may(request, *SEES_CASES),
        "may_decide": may(request, "analytics.study"),
        "may_note": sight.is_whole and may(request, "analytics.study"),
        "may_edit": may(request, "analytics.criteria"),
        "may_campaign": may(request, "risks.work"),
        "decisions": DECISIONS,
        "channels": channels_of(town),
    }
    return page_or_part(request, "findings/findings", context)


@require_safe
@needs("analytics.view")
def cases(request: DeskRequest, key: int) -> HttpResponse:
    """The cases of a finding: a group of like ones as it was found, of any other what its measure counts."""
    found = get_object_or_404(_seen(request), pk=key)
    if "cases" not in found.figures:
        return redirect(link_of(found))
    back = (reverse("desk:findings"), "Находки")
    return behind(request, found.figures["cases"], found.text.rstrip("."), back, "findings/findings")


def _seen(request: DeskRequest) -> QuerySet[Finding]:
    town = request.municipality
    return within(findings_of(town), town, sight_of(request.rights, town))


@require_POST
@needs("analytics.study")
def decision(request: DeskRequest, key: int) -> HttpResponse:
    """What a finding is: a weak side, something dealt with, nothing out of the ordinary."""
    found = get_object_or_404(_seen(request), pk=key)
    said = request.POST
    decide(found, said.get("decision", ""), said.get("words", ""), request.user, timezone.now())
    return done(request, f"Записано: {found.get_decision_display()}", _page(said.get("show", "")))


@require_POST
@needs("analytics.study")
def growth(request: DeskRequest) -> HttpResponse:
    """«Записать фактор роста»: figures of the machine beside the cause a person names."""
    said, town = request.POST, request.municipality
    period: Period | None = told_period(f"{said.get('since', '')}..{said.get('until', '')}")
    if not sight_of(request.rights, town).is_whole:
        raise Refused("Фактор роста записывает тот, кто видит весь муниципалитет: рост считается по нему.")
    if period is None:
        raise Refused("Назовите дни: с какого по какой рос поток.")
    if said.get("channel") and not channels_of(town).filter(key=said["channel"]).exists():
        raise Refused("Выберите канал из списка.")
    note_growth(town, said.get("channel", ""), period, said.get("cause", ""), request.user, timezone.now())
    return done(request, "Фактор роста записан", _page("growth"))


def _page(show: str) -> str:
    return f"{reverse('desk:findings')}{f'?show={show}' if show in SHOWN and show else ''}"
