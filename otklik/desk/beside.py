"""What stands beside a case: its problem, its risk and the errands on it, read with the case in one statement."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, QuerySet
from django.db.models.expressions import Combinable
from django.db.models.functions import JSONObject
from django.urls import reverse

from otklik.cases.models import Case
from otklik.deadlines.calendar import WorkCalendar
from otklik.desk.clocks import Chip
from otklik.desk.errand_rows import address, errand_chip
from otklik.desk.page import may
from otklik.desk.request import DeskRequest
from otklik.desk.seen_by import SEES_PROBLEMS, SEES_RISKS
from otklik.office.about import errands_beside_case
from otklik.office.errands.models import Errand
from otklik.office.errands.rules import STATES as ERRAND_STATES
from otklik.problems.models import ProblemCase
from otklik.problems.words import STATES as PROBLEM_STATES
from otklik.risks.models import RiskCase
from otklik.risks.words import STATES as RISK_STATES

PROBLEMS, ERRANDS, RISKS = "beside_problems", "beside_errands", "beside_risks"
MOST = 5
ERRAND_FIELDS = ("number", "text", "due_on", "state", "reported_at", "closed_at")


@dataclass(frozen=True)
class Beside:
    """A problem, a risk or an errand as the card names it: what, how it stands, where."""

    title: str
    second: str
    href: str
    chip: Chip | None = None


def asked_beside(request: DeskRequest) -> dict[str, Combinable]:
    """What to read with the case; a person without the right to problems is told of none."""
    asked: dict[str, Combinable] = {}
    errands = errands_beside_case(request.user, request.municipality, request.rights)
    asked[ERRANDS] = _listed(errands, **{name: name for name in ERRAND_FIELDS})
    if may(request, *SEES_PROBLEMS):
        links = ProblemCase.objects.filter(case=OuterRef("pk")).exclude(state="struck")
        links = links.exclude(problem__state="dismissed").order_by("state", "pk")
        names = {"number": "problem__number", "title": "problem__title", "state": "problem__state"}
        asked[PROBLEMS] = _listed(links, link="state", **names)
    if may(request, *SEES_RISKS):
        tied = RiskCase.objects.filter(case=OuterRef("pk"), risk__drill=False).order_by("-pk")
        asked[RISKS] = _listed(
            tied, key="risk_id", number="risk__number", title="risk__title", state="risk__state"
        )
    return asked


def _listed(rows: QuerySet[Any], **fields: str) -> ArraySubquery:
    return ArraySubquery(rows.values(told=JSONObject(**fields))[:MOST])


def problems_beside(case: Case) -> list[Beside]:
    """Problems the case belongs to or is offered to."""
    states = dict(PROBLEM_STATES)
    return [
        Beside(
            f"{one['number']} {one['title']}",
            states[one["state"]] if one["link"] == "confirmed" else "предложена, ждёт решения",
            reverse("desk:problem", args=[one["number"]]),
        )
        for one in getattr(case, PROBLEMS, None) or []
    ]


def risks_beside(case: Case) -> list[Beside]:
    """Information risks the case is tied to, the newest first."""
    return [
        Beside(
            f"Риск № {one['number']}: {one['title']}",
            RISK_STATES[one["state"]],
            reverse("desk:risk", args=[one["key"]]),
        )
        for one in getattr(case, RISKS, None) or []
    ]


def errands_beside(case: Case, now: datetime, calendar: WorkCalendar) -> list[Beside]:
    """Errands on the case, the newest first."""
    found = [_errand(one) for one in getattr(case, ERRANDS, None) or []]
    return [
        Beside(
            one.text,
            f"поручение № {one.number}, {ERRAND_STATES[one.state]}",
            address(one),
            errand_chip(one, now, calendar),
        )
        for one in found
    ]


def _errand(told: dict[str, Any]) -> Errand:
    days = {name: told[name] and datetime.fromisoformat(told[name]) for name in ("reported_at", "closed_at")}
    return Errand(**{**told, **days, "due_on": date.fromisoformat(told["due_on"])})
