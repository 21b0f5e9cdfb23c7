"""The registry: problems by the address's filter, one by its number, problems like a case."""

from dataclasses import dataclass, fields

from django.db.models import Case as When
from django.db.models import Count, Max, Q, QuerySet, Value
from django.db.models import When as Then
from django.http import QueryDict

from otklik.cases.models import Case
from otklik.common.models import Municipality
from otklik.problems.models import Problem, TalkError
from otklik.problems.words import LIVE_STATES, STATES

ORDER = ("proposed", "in_work", "confirmed", "solved", "watch", "closed", "dismissed")
"""What waits for a person comes first, what is over last."""


@dataclass(frozen=True)
class ProblemFilter:
    """Conditions of the list, all as text of the address. No state asks for the live ones."""

    state: str = ""
    block: str = ""
    source: str = ""
    settlement: str = ""
    q: str = ""

    @classmethod
    def from_query(cls, query: QueryDict) -> "ProblemFilter":
        """Read the address; unknown names are left out."""
        return cls(**{one.name: query.get(one.name, "").strip()[:100] for one in fields(cls)})

    @property
    def is_empty(self) -> bool:
        """Whether nothing is asked."""
        return not any(getattr(self, one.name) for one in fields(self))

    def condition(self) -> Q:
        """The same as a condition of rows."""
        found = Q()
        if self.state in dict(STATES):
            found &= Q(state=self.state)
        elif self.state != "all":
            found &= Q(state__in=LIVE_STATES)
        if self.block:
            found &= Q(block_key="" if self.block == "0" else self.block)
        if self.source:
            found &= Q(source=self.source)
        if self.settlement.isdecimal():
            found &= Q(settlement_id=int(self.settlement))
        if self.q:
            found &= Q(title__icontains=self.q) | Q(number__icontains=self.q) | Q(gist__icontains=self.q)
        return found


def problems_of(municipality: Municipality, asked: ProblemFilter | None = None) -> QuerySet[Problem]:
    """Problems with how many cases they have, proposed first, then by the newest case."""
    order = When(
        *(Then(state=key, then=Value(at)) for at, key in enumerate(ORDER)), default=Value(len(ORDER))
    )
    live = ~Q(links__state="struck")
    return (
        Problem.objects.filter((asked or ProblemFilter()).condition(), municipality=municipality)
        .select_related("topic", "settlement", "owner_post", "body", "municipality")
        .annotate(
            many=Count("links", filter=live, distinct=True),
            last_case=Max("links__case__came_at", filter=live),
            order=order,
        )
        .order_by("order", "-last_case", "-raised_at", "-pk")
    )


def get_problem(municipality: Municipality, number: str) -> Problem:
    """One problem; raises `Problem.DoesNotExist`."""
    parts = ("municipality", "topic", "settlement", "owner_post__body", "body", "indicator", "raised_by")
    return Problem.objects.select_related(*parts).get(municipality=municipality, number=number)


def like_problems(case: Case) -> QuerySet[Problem]:
    """Live problems the case is of or may be of: linked, or of its theme at its place."""
    linked = Q(links__case=case) & ~Q(links__state="struck")
    near = Q(topic__isnull=False, topic=case.topic_id, settlement=case.settlement_id)
    found = Problem.objects.filter(linked | near, municipality=case.municipality, state__in=LIVE_STATES)
    return found.distinct().order_by("-raised_at", "-pk")


def waiting_count(municipality: Municipality) -> int:
    """How many proposals wait for a person."""
    return Problem.objects.filter(municipality=municipality, state="proposed").count()


def talk_errors_of(municipality: Municipality) -> QuerySet[TalkError]:
    """The register of errors of communication, the newest first."""
    parts = ("case", "body", "problem", "by", "lesson_by")
    return TalkError.objects.filter(municipality=municipality).select_related(*parts)
