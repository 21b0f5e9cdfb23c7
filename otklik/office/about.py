"""What the office has decided about things of other packages: a problem, a case."""

from django.db.models import OuterRef, Q, QuerySet

from otklik.accounts.models import User
from otklik.accounts.selectors import Rights
from otklik.common.models import Municipality
from otklik.office.errands.models import Errand
from otklik.office.errands.selectors import errands_for
from otklik.office.models import Meeting
from otklik.problems.models import Problem
from otklik.problems.roadmaps.models import Measure


def meetings_about(problem: Problem) -> QuerySet[Meeting]:
    """Meetings with the problem on their agenda, the latest first."""
    rows = Meeting.objects.filter(municipality=problem.municipality, items__source=f"problem-{problem.pk}")
    return rows.exclude(state="cancelled").distinct()


def errands_about(problem: Problem, user: User, rights: Rights) -> QuerySet[Errand]:
    """Errands the person may see: by decisions of meetings on the problem, for measures of roadmaps against it, on
    its cases."""
    decided = Q(decision__item__source=f"problem-{problem.pk}")
    measures = Measure.objects.filter(roadmap__aims__problem=problem).values("pk")
    numbers = problem.links.filter(state="confirmed").values("case__number")
    about = decided | Q(kind="roadmap", source_id__in=measures) | Q(case_number__in=numbers)
    return errands_for(user, problem.municipality, rights).filter(about)


def errands_beside_case(user: User, municipality: Municipality, rights: Rights) -> QuerySet[Errand]:
    """Errands the person may see of the case in hand, for a subquery on cases."""
    rows = errands_for(user, municipality, rights).filter(case_number=OuterRef("number"))
    return rows.order_by("-given_at", "-pk")
