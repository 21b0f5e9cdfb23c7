"""Проблемы: the deeds on one problem, each a form of its card."""

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_POST

from otklik.cases.models import Case
from otklik.cases.selectors import cases_for
from otklik.common.errors import Refused
from otklik.common.words import count
from otklik.desk.forms.problems import OfficialTextForm, OwnerForm, PartForm, first_fault
from otklik.desk.page import done, needs, tried, version_in
from otklik.desk.request import DeskRequest
from otklik.desk.views.problems import MANAGE, address, find, shown, whole_of
from otklik.problems import services
from otklik.problems.models import OfficialText, Problem, ProblemBody
from otklik.problems.rules import MOVES


@require_POST
@needs(MANAGE, "problems.recommend", "cases.work")
def deed(request: DeskRequest, number: str, name: str) -> HttpResponse:
    """One deed on a problem; rights over its block are asked by the service."""
    found = find(request, number)
    if name in MOVES:
        return _move(request, found, name)
    if name == "text":
        return _text(request, found)
    if name not in DEEDS:
        raise Http404
    return done(request, DEEDS[name](request, found), address(found))


def _move(request: DeskRequest, found: Problem, name: str) -> HttpResponse:
    kept = {whole_of(one) for one in request.POST.getlist("keep")}
    offered = {whole_of(one) for one in request.POST.getlist("offered")}
    services.move(
        found,
        name,
        request.user,
        timezone.now(),
        request.POST.get("why", ""),
        whole_of(request.POST.get("version", "")) or None,
        without=offered - kept,
    )
    return done(request, f"{found.number}: {MOVES[name].title.lower()}", address(found))


def _owner(request: DeskRequest, found: Problem) -> str:
    form = OwnerForm(request.municipality, request.POST)
    _checked(form)
    data = form.cleaned_data
    services.set_owner(found, data["post"], data["body"], request.user, timezone.now())
    return "Ответственный назван"


def _join(request: DeskRequest, found: Problem) -> str:
    numbers = request.POST.get("numbers", "").replace(",", " ").split()
    many = services.join_cases(found, numbers, request.POST.get("why", ""), request.user, timezone.now())
    return f"Включено: {count(many, 'карточка', 'карточки', 'карточек')}"


def _strike(request: DeskRequest, found: Problem) -> str:
    seen = cases_for(request.user, request.municipality, request.rights)
    case = seen.filter(number=request.POST.get("case", "")).first()
    if case is None:
        raise Refused("Карточка не найдена. Обновите страницу.")
    services.strike_case(found, case, request.POST.get("why", ""), request.user, timezone.now())
    return f"Карточка {case.number} исключена"


def _accept(request: DeskRequest, found: Problem) -> str:
    """Cases offered to a problem that stands: those ticked come in, the rest are struck out."""
    kept = {whole_of(one) for one in request.POST.getlist("keep")}
    offered = found.links.filter(state="proposed", case_id__in=_wholes(request, "offered")).select_related(
        "case"
    )
    waiting: list[Case] = [one.case for one in offered]
    come = [one.number for one in waiting if one.pk in kept]
    now = timezone.now()
    for case in waiting:
        if case.pk not in kept:
            services.strike_case(found, case, "не об этой проблеме", request.user, now)
    if come:
        services.join_cases(found, come, "предложена машиной, согласился сотрудник", request.user, now)
    return f"Включено: {len(come)}, исключено: {len(waiting) - len(come)}"


def _call(request: DeskRequest, found: Problem) -> str:
    form = PartForm(request.municipality, request.POST)
    _checked(form)
    data = form.cleaned_data
    services.call_body(found, data["body"], data["task"], request.user, timezone.now())
    return f"Привлечён: {data['body'].short_name}"


def _told(request: DeskRequest, found: Problem) -> str:
    part = ProblemBody.objects.filter(problem=found, pk=whole_of(request.POST.get("part", ""))).first()
    if part is None:
        raise Refused("Участие не найдено. Обновите страницу.")
    services.part_done(part, request.POST.get("result", ""), request.user, timezone.now())
    return "Отчёт органа записан"


def _text(request: DeskRequest, found: Problem) -> HttpResponse:
    """The long text is not lost: what could not be saved stands on the card as it was typed."""
    form = OfficialTextForm(request.municipality, request.POST, auto_id="text-%s")
    by, now = request.user, timezone.now()
    if form.is_valid() and tried(
        form,
        lambda: services.write_text(found, **form.cleaned_data, version=version_in(request), by=by, now=now),
    ):
        return done(request, "Официальный текст записан", address(found))
    return shown(request, found, form)


def _give(request: DeskRequest, found: Problem) -> str:
    given = services.give_text(_official(request, found), request.user, timezone.now())
    drafts = count(given.drafted, "карточка получила", "карточки получили", "карточек получили")
    return f"{drafts} свой проект, оставлено {given.left}"


def _withdraw(request: DeskRequest, found: Problem) -> str:
    services.withdraw_text(_official(request, found), request.user)
    return "Текст отозван"


def _official(request: DeskRequest, found: Problem) -> OfficialText:
    text = found.texts.filter(pk=whole_of(request.POST.get("text", ""))).first()
    if text is None:
        raise Refused("Текст не найден. Обновите страницу.")
    return text


DEEDS: dict[str, Callable[[DeskRequest, Problem], str]] = {
    "owner": _owner,
    "join": _join,
    "strike": _strike,
    "accept": _accept,
    "call": _call,
    "told": _told,
    "give": _give,
    "withdraw": _withdraw,
}


def _checked(form: Any) -> None:
    if not form.is_valid():
        raise Refused(first_fault(form))


def _wholes(request: DeskRequest, name: str) -> set[int]:
    return {whole_of(one) for one in request.POST.getlist(name)}
