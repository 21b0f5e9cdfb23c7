"""Deeds with many rows at once: each row by the same service as on its card, refusals counted and told."""

from collections.abc import Callable

from django.db import transaction
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from otklik.accounts.selectors import bodies_of
from otklik.accounts.services import leave_notice
from otklik.audit.services import record
from otklik.cases import services
from otklik.cases.models import Case
from otklik.cases.selectors import cases_for
from otklik.common.errors import Refused
from otklik.common.words import count
from otklik.desk.page import done, needs
from otklik.desk.request import DeskRequest

MOST = 200
CARDS = ("карточка", "карточки", "карточек")


@require_POST
@needs("cases.bulk")
def bulk(request: DeskRequest) -> HttpResponse:
    """Hand over, hurry, mark urgent or take everything chosen that the person may see."""
    numbers = request.POST.getlist("numbers")[:MOST]
    if not numbers:
        raise Refused("Ничего не выбрано. Отметьте карточки слева.")
    run, said = chosen_deed(request)
    cases = cases_for(request.user, request.municipality, request.rights).filter(number__in=numbers)
    refusals: list[str] = []
    worked = 0
    for case in cases.select_related("municipality", "body"):
        try:
            with transaction.atomic():
                run(case)
            worked += 1
        except Refused as refusal:
            refusals.append(f"{case.number}: {refusal}")
    if not worked:
        raise Refused(refusals[0] if refusals else "Этих карточек больше нет в ленте. Обновите страницу.")
    rest = f"; не вышло {len(refusals)}, например {refusals[0]}" if refusals else ""
    return done(
        request,
        f"{said}: {count(worked, *CARDS)}{rest}",
        request.headers.get("referer") or reverse("desk:list"),
    )


def chosen_deed(request: DeskRequest) -> tuple[Callable[[Case], object], str]:
    """What to do with each case, and how the toast calls it."""
    by, now = request.user, timezone.now()
    match request.POST.get("deed"):
        case "pass":
            body = bodies_of(request.municipality).filter(pk=request.POST.get("body") or 0).first()
            if body is None:
                raise Refused("Выберите орган, которому передать.")
            reason = request.POST.get("reason", "").strip() or "передано списком"

            def pass_or_assign(case: Case) -> object:
                if case.state == "registered":
                    return services.assign_case(case, body, by, now, reason)
                return services.pass_on(case, body, by, now, reason)

            return pass_or_assign, f"Передано в {body.short_name}"
        case "hurry":
            return lambda case: hurry(case, request), "Поторопили"
        case "urgent":
            return lambda case: services.set_urgency(
                case, "high", by, now, "отмечено списком"
            ), "Отмечено срочным"
        case "take":
            return lambda case: services.take_case(case, by, now), "Взято в работу"
        case _:
            raise Refused("Такого дела со списком нет.")


def hurry(case: Case, request: DeskRequest) -> None:
    """A line to the body that has the case; journaled on the case."""
    if case.body is None:
        raise Refused("исполнителя нет, торопить некого")
    text = f"Поторопите ответ: {case.number}"
    leave_notice(case.municipality, text, reverse("desk:card", args=[case.number]), body=case.body)
    record(case, "desk.hurried", request.user, case.municipality, title=request.rights.title)
