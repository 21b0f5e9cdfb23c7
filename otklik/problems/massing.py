"""Mass problems: like cases about one place within a month, gathered for a person to confirm.

Each look is safe to repeat: a problem that stands is offered its new cases, a refused one is not asked again.
"""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.db.models import Count, Q

from otklik.accounts.models import Body
from otklik.cases.models import Case, Twin
from otklik.charter.selectors import charter_of
from otklik.common.models import Municipality
from otklik.places.cells import distance
from otklik.places.models import Settlement
from otklik.places.words import with_kind
from otklik.problems.gathering import NEAR_METRES, Bunch, Item, Link, gather
from otklik.problems.models import Problem, ProblemCase
from otklik.problems.services.raising import Proposal, grow, propose
from otklik.problems.words import LIVE_STATES
from otklik.topics.models import Topic

LOOK_BACK = timedelta(days=90)
MASS_WINDOW = timedelta(days=30)


def mass(municipality: Municipality, now: datetime) -> list[Problem]:
    """Like cases of the last month gathered into problems; a problem that stands is offered its new cases."""
    today = now.astimezone(ZoneInfo(municipality.time_zone)).date()
    items, links = _cases(municipality, now)
    made = []
    for bunch in gather(items, links, today, _least(municipality)):
        if (today - bunch.until) > MASS_WINDOW:
            continue
        standing = _standing(municipality, bunch)
        if standing is not None:
            grow(standing, bunch.members, now)
        elif not _was_dismissed(municipality, bunch):
            problem = propose(municipality, _of_bunch(municipality, bunch), now)
            made += [problem] if problem is not None else []
    return made


def _least(municipality: Municipality) -> int:
    """So many cases the charter's criterion of a mass problem asks for; three where it says nothing."""
    part = charter_of(municipality).criteria.get("mass_problem")
    return max(int(part.limit), 3) if part is not None else 3


def _cases(municipality: Municipality, now: datetime) -> tuple[list[Item], list[Link]]:
    """Cases of the last three months that no problem has, and links between those of the last month."""
    taken = ProblemCase.objects.filter(municipality=municipality, state="confirmed").values("case_id")
    rows = Case.objects.filter(
        municipality=municipality, came_at__gt=now - LOOK_BACK, came_at__lte=now
    ).exclude(text_kind__in=["spam", "thanks"])
    zone = ZoneInfo(municipality.time_zone)
    agreed = set(taken.values_list("case_id", flat=True))
    columns = (
        "pk",
        "topic__key",
        "settlement_id",
        "street",
        "lat",
        "lon",
        "came_at",
        "applicant__fingerprint",
    )
    items = [
        Item(
            pk,
            topic or "",
            settlement,
            street,
            (lat, lon) if lat is not None and lon is not None else None,
            came_at.astimezone(zone).date(),
            author or "",
        )
        for pk, topic, settlement, street, lat, lon, came_at, author in rows.order_by("pk").values_list(
            *columns
        )
        if pk not in agreed
    ]
    start = now - MASS_WINDOW
    twins = Twin.objects.filter(
        ~Q(decision="refused"),
        municipality=municipality,
        case_came_at__gt=start,
        other_came_at__gt=start,
    )
    links = [Link(*row) for row in twins.values_list("case_id", "other_id", "sureness", "reason")]
    return items, links


def _standing(municipality: Municipality, bunch: Bunch) -> Problem | None:
    """A live problem that has cases of the bunch, or one of the same theme at the same place."""
    live = Problem.objects.filter(municipality=municipality, state__in=LIVE_STATES)
    linked = live.filter(links__case__in=bunch.members.keys()).exclude(links__state="struck")
    found = linked.annotate(n=Count("links")).order_by("-n", "pk").first()
    if found is not None or not bunch.topic or bunch.settlement is None:
        return found
    same = live.filter(source="cases", topic__key=bunch.topic, settlement_id=bunch.settlement)
    return next((one for one in same.order_by("pk") if _is_near(one, bunch)), None)


def _is_near(problem: Problem, bunch: Bunch) -> bool:
    if bunch.point is None or problem.lat is None or problem.lon is None:
        return bool(bunch.street) and bunch.street.lower() in problem.place_text.lower()
    return distance(*bunch.point, problem.lat, problem.lon) <= NEAR_METRES


def _was_dismissed(municipality: Municipality, bunch: Bunch) -> bool:
    """A person has said no to most of these cases already; twice as many are worth asking again."""
    dismissed = Problem.objects.filter(
        municipality=municipality, state="dismissed", links__case__in=bunch.members.keys()
    )
    most = dismissed.annotate(n=Count("links")).order_by("-n").first()
    return most is not None and len(bunch.members) < 2 * most.links.count()


def _of_bunch(municipality: Municipality, bunch: Bunch) -> Proposal:
    topic = Topic.objects.filter(key=bunch.topic).first() if bunch.topic else None
    settlement = Settlement.objects.filter(pk=bunch.settlement or 0, municipality=municipality).first()
    first = Case.objects.filter(pk__in=bunch.members).order_by("came_at", "pk").first()
    kind = first.street_kind if first and first.street == bunch.street else ""
    street = with_kind(kind, bunch.street)
    where = ", ".join(part for part in (str(settlement or ""), street) if part)
    name = topic.title if topic else (first.gist if first else "похожие обращения")
    bodies = Body.objects.filter(cases__in=bunch.members.keys(), is_external=False)
    return Proposal(
        source="cases",
        title=(f"{name}: {where}" if where else name)[:200],
        gist=first.gist if first else "",
        reason=bunch.reason,
        sureness=bunch.sureness,
        since=bunch.since,
        until=bunch.until,
        seed=f"cases:{min(bunch.members)}",
        ground="похожие обращения об одном месте",
        cases=bunch.members,
        topic=topic,
        settlement=settlement,
        place_text=street,
        point=bunch.point,
        body=bodies.annotate(n=Count("pk")).order_by("-n", "pk").first(),
    )
