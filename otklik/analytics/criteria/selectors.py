"""Questions about criteria and findings: who is told, what waits, what a criterion would have found before."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Q, QuerySet

from otklik.accounts.models import Holding, Role, User
from otklik.analytics.criteria.models import Criterion, Finding, Run
from otklik.analytics.criteria.reading import (
    OF_CASE,
    Told,
    found_on,
    measure_of,
    namer_of,
    terms_of,
    told_of,
    tracks_of,
)
from otklik.analytics.criteria.rules import is_told, replay
from otklik.analytics.sight import Sight
from otklik.cases.models import Case
from otklik.common.models import Municipality
from otklik.common.period import Period
from otklik.common.today import today_in
from otklik.topics.models import Block, Topic

TRIAL_WEEKS = 26
LATELY_DAYS = 14


@dataclass(frozen=True)
class Trial:
    """What a criterion would have found over past weeks: how many times, the last ones in words."""

    period: Period
    weeks: int
    found: tuple[Told, ...]

    @property
    def times(self) -> int:
        """How many findings there would have been."""
        return len(self.found)


def criteria_of(municipality: Municipality) -> QuerySet[Criterion]:
    """All criteria, those that are on first."""
    return Criterion.objects.filter(municipality=municipality)


def findings_of(municipality: Municipality, period: Period | None = None) -> QuerySet[Finding]:
    """Findings by the moment they were made, the newest first."""
    found = Finding.objects.filter(municipality=municipality).select_related("criterion", "by", "decided_by")
    if period is None:
        return found
    start, end = period.moments(municipality.time_zone)
    return found.filter(at__gte=start, at__lt=end)


def undecided(municipality: Municipality, now: datetime) -> QuerySet[Finding]:
    """Fresh findings of the analysis nobody has decided upon; a growth factor is a person's word already."""
    return findings_of(municipality).filter(decision="", cause="", at__gt=now - timedelta(days=LATELY_DAYS))


def within(found: QuerySet[Finding], municipality: Municipality, sight: Sight) -> QuerySet[Finding]:
    """Findings of these that a person may see: of the own blocks, their topics, the own bodies, like cases there.

    What is told of the whole municipality, of a place or of a channel is not for a part of it.
    """
    if sight.is_whole:
        return found
    blocks = Block.objects.filter(municipality=municipality, key__in=sight.blocks)
    topics = Topic.objects.filter(blocks__in=blocks).values("key")
    seen = Q(criterion__cut="block", cut_key__in=sight.blocks) | Q(criterion__cut="topic", cut_key__in=topics)
    seen |= Q(criterion__cut="body", cut_key__in=[str(body) for body in sight.bodies])
    like = found.filter(criterion__comparison="mass").order_by().values_list("cut_key", flat=True).distinct()
    named = {key: int(key.removeprefix(OF_CASE)) for key in like if key.startswith(OF_CASE)}
    place = Q(block_key__in=sight.blocks) | Q(body__in=sight.bodies)
    own = set(Case.objects.filter(place, pk__in=named.values()).values_list("pk", flat=True))
    return found.filter(seen | Q(cut_key__in=[key for key, case in named.items() if case in own]))


def last_run(municipality: Municipality) -> Run | None:
    """The latest automatic analysis."""
    return Run.objects.filter(municipality=municipality).first()


def roles_to_tell(municipality: Municipality) -> list[tuple[str, str]]:
    """Roles of the charter whose holders may see figures: (key, title) in the charter's order."""
    roles = Role.objects.filter(municipality=municipality, permissions__contains=["analytics.view"])
    return list(roles.order_by("position").values_list("key", "title"))


def people_in_roles(municipality: Municipality, keys: list[str]) -> QuerySet[User]:
    """Working people who hold any of the roles today."""
    today = today_in(municipality)
    held = Holding.objects.filter(
        Q(until__isnull=True) | Q(until__gte=today),
        since__lte=today,
        municipality=municipality,
        role__key__in=keys,
    )
    return User.objects.filter(is_active=True, pk__in=held.values("user")).order_by("pk")


def was_told(criterion: Criterion, key: str, until: date) -> bool:
    """Whether the same finding stands with its window not over yet."""
    last = criterion.findings.filter(cut_key=key).order_by("-until").values_list("until", flat=True).first()
    return is_told(last, until, criterion.window_days)


def try_criterion(
    criterion: Criterion, municipality: Municipality, today: date, weeks: int = TRIAL_WEEKS
) -> Trial:
    """Findings of the weeks up to yesterday as the timer would have made them; the row need not be saved."""
    last = today - timedelta(days=1)
    period = Period(last - timedelta(days=7 * weeks - 1), last)
    if criterion.comparison == "mass":
        return Trial(period, weeks, tuple(_mass_trial(criterion, municipality, period)))
    name = namer_of(criterion, municipality)
    tracks = tracks_of(criterion, municipality, period)
    fired = replay(terms_of(criterion), measure_of(criterion), tracks, list(period.days()))
    return Trial(period, weeks, tuple(told_of(criterion, key, one, name) for key, one in fired))


def _mass_trial(criterion: Criterion, municipality: Municipality, period: Period) -> list[Told]:
    """Groups of like cases looked for once a week: each look reads the links of its window."""
    told: dict[str, date] = {}
    found: list[Told] = []
    for day in list(period.days())[::-7][::-1]:
        for one in found_on(criterion, municipality, day):
            if not is_told(told.get(one.key), day, criterion.window_days):
                told[one.key] = day
                found.append(one)
    return found
