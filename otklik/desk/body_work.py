"""What still stands at a body and has to be handed over before it is closed: cases, errands, problems, rules, roles."""

from dataclasses import dataclass

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from otklik.accounts.models import Body, Holding
from otklik.accounts.selectors import bodies_of
from otklik.cases.models import Assignment, Case
from otklik.cases.states import OPEN_STATES
from otklik.common.words import count
from otklik.desk.page import may
from otklik.desk.request import DeskRequest
from otklik.desk.seen_by import SEES_CASES, SEES_PROBLEMS
from otklik.office.errands.models import Errand
from otklik.office.errands.rules import OPEN
from otklik.problems.models import Problem
from otklik.problems.words import LIVE_STATES
from otklik.routing.models import Rule

NAMED = 5
"""Numbers of cases told by name; the rest is counted."""


@dataclass(frozen=True)
class Left:
    """What is left, how much in words, and where it is handed over (empty where the person sees no such screen)."""

    words: str
    address: str = ""


def left_at(body: Body, request: DeskRequest) -> list[Left]:
    """Everything that keeps the body from closing; empty when it is free."""
    return [
        one for one in (*_cases(body, request), *_other_work(body, request), *_own(body)) if one is not None
    ]


def _cases(body: Body, request: DeskRequest) -> list[Left | None]:
    at = f"{reverse('desk:list')}?body={body.pk}&state=open" if may(request, *SEES_CASES) else ""
    main = Case.objects.filter(body=body, state__in=OPEN_STATES).count()
    shared = Assignment.objects.filter(
        body=body, until=None, is_main=False, case__state__in=OPEN_STATES
    ).order_by("case__number")
    numbers = [str(one) for one in shared.values_list("case__number", flat=True)]
    named = ", ".join(numbers[:NAMED]) + (" и другие" if len(numbers) > NAMED else "")
    return [
        _told(main, ("открытая карточка", "открытые карточки", "открытых карточек"), at),
        _told(len(numbers), ("карточка", "карточки", "карточек"), "", f"в соисполнителях: {named}"),
    ]


def _other_work(body: Body, request: DeskRequest) -> list[Left | None]:
    errands = Errand.objects.filter(body=body, state__in=OPEN).count()
    problems = Problem.objects.filter(body=body, state__in=LIVE_STATES).count()
    rules = Rule.objects.filter(Q(body=body) | Q(co_bodies=body), replaced_at=None).distinct().count()
    at_problems = reverse("desk:problems") if may(request, *SEES_PROBLEMS) else ""
    at_rules = reverse("desk:rules") if may(request, "routing.edit") else ""
    return [
        _told(errands, ("поручение", "поручения", "поручений"), f"{reverse('desk:errands')}?body={body.pk}"),
        _told(problems, ("проблема", "проблемы", "проблем"), at_problems),
        _told(rules, ("автоправило", "автоправила", "автоправил"), at_rules),
    ]


def _own(body: Body) -> list[Left | None]:
    lasting = Q(until=None) | Q(until__gte=timezone.localdate())
    roles = Holding.objects.filter(lasting, Q(body=body) | Q(post__body=body)).select_related("user")
    people = ", ".join(sorted({one.user.get_full_name() for one in roles}))
    below = bodies_of(body.municipality).filter(parent=body)
    names = ", ".join(one.short_name for one in below)
    return [
        _told(len(roles), ("роль", "роли", "ролей"), reverse("desk:people"), f"у сотрудников: {people}"),
        _told(len(below), ("орган", "органа", "органов"), "", f"внутри: {names}"),
    ]


def _told(n: int, forms: tuple[str, str, str], address: str, where: str = "") -> Left | None:
    return Left(f"{count(n, *forms)} {where}".strip(), address) if n else None
