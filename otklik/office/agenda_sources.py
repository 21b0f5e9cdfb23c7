"""What this house offers for an agenda: late cases, errands, problems, roadmaps, risks, findings, clauses.

Requests for materials are offered by the package that keeps them. Counts only, no persons.
"""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.db.models import Count, Min, Q

from otklik.analytics.criteria.selectors import undecided
from otklik.cases.models import Case
from otklik.cases.states import OPEN_STATES
from otklik.charter.evidence import evidence_keys
from otklik.charter.proof import evidence_of
from otklik.charter.selectors import clauses_of
from otklik.common.models import Municipality
from otklik.common.today import day_in
from otklik.common.words import count, short_day, table_day
from otklik.office.errands.models import Errand
from otklik.office.errands.rules import WORKING
from otklik.office.models import Meeting
from otklik.office.offers import Figure, Offer, offers
from otklik.office.selectors import page_of
from otklik.problems.models import Problem
from otklik.problems.roadmaps.models import Roadmap
from otklik.problems.words import OPEN_STATES as OPEN_PROBLEMS
from otklik.risks.deciding import for_decision
from otklik.risks.selectors import page_of as page_of_risk

MOST = 4
WINDOW = timedelta(days=60)
CASES = ("карточка", "карточки", "карточек")
ERRANDS = ("поручение", "поручения", "поручений")
MEASURES = ("мероприятие", "мероприятия", "мероприятий")


def _today(municipality: Municipality, now: datetime) -> date:
    return now.astimezone(ZoneInfo(municipality.time_zone)).date()


@offers("Просроченные карточки")
def late_cases(municipality: Municipality, now: datetime) -> list[Offer]:
    """Bodies with most cases past their control term."""
    late = Case.objects.filter(municipality=municipality, state__in=OPEN_STATES, next_control_at__lt=now)
    rows = (
        late.exclude(body=None)
        .values("body_id", "body__short_name")
        .annotate(n=Count("pk"), oldest=Min("next_control_at"))
        .order_by("-n", "body_id")[:MOST]
    )
    return [
        Offer(
            source=f"late-{row['body_id']}",
            title=f"Просрочка: {row['body__short_name']}",
            reason=f"срок прошёл у {count(row['n'], 'карточки', 'карточек', 'карточек')}",
            link=f"/cases/?term=overdue&body={row['body_id']}",
            figures=(
                Figure("Просрочено", str(row["n"]), f"/cases/?term=overdue&body={row['body_id']}"),
                Figure(
                    "Самый ранний срок",
                    short_day(day_in(municipality, row["oldest"]), _today(municipality, now)),
                ),
            ),
        )
        for row in rows
    ]


@offers("Исполнение поручений")
def errands(municipality: Municipality, now: datetime) -> list[Offer]:
    """The errands of the last signed protocol, and bodies that let their dates pass."""
    today, found = _today(municipality, now), []
    kept = Errand.objects.filter(municipality=municipality)
    last = Meeting.objects.filter(municipality=municipality, signed_at__isnull=False).first()
    if last is not None:
        of_it = kept.filter(decision__item__meeting=last)
        done, everything = of_it.filter(state="accepted").count(), of_it.exclude(state="removed").count()
        if everything:
            found.append(
                Offer(
                    source=f"protocol-{last.pk}",
                    title=f"Исполнение поручений протокола № {last.number}",
                    reason=f"исполнено {done} из {everything}",
                    link=page_of(last),
                    figures=(
                        Figure("Поручений", str(everything), page_of(last)),
                        Figure("Исполнено", str(done)),
                        Figure("Просрочено", str(of_it.filter(state__in=WORKING, due_on__lt=today).count())),
                    ),
                )
            )
    late = kept.filter(state__in=WORKING, due_on__lt=today).values("body_id", "body__short_name")
    for row in late.annotate(n=Count("pk"), oldest=Min("due_on")).order_by("-n", "body_id")[:MOST]:
        found.append(
            Offer(
                source=f"errands-{row['body_id']}",
                title=f"Не исполнены поручения: {row['body__short_name']}",
                reason=f"прошёл срок: {count(row['n'], *ERRANDS)}, самое раннее — {table_day(row['oldest'])}",
                link="/errands/",
                figures=(Figure("Просрочено поручений", str(row["n"]), "/errands/"),),
            )
        )
    return found


@offers("Проблемы")
def problems(municipality: Municipality, now: datetime) -> list[Offer]:
    """Problems on the list, those with most cases of the last sixty days first."""
    fresh = Q(links__state="confirmed", links__case__came_at__gte=now - WINDOW)
    rows = (
        Problem.objects.filter(municipality=municipality, state__in=[*OPEN_PROBLEMS])
        .exclude(state="watch")
        .annotate(n=Count("links", filter=fresh, distinct=True), whole=Count("links", distinct=True))
        .order_by("-n", "-whole", "pk")[:MOST]
    )
    return [
        Offer(
            source=f"problem-{one.pk}",
            title=one.title,
            reason=f"проблема № {one.number}, {one.get_state_display()}; за 60 дней {count(one.n, *CASES)}",
            link=f"/problems/{one.number}/",
            figures=(
                Figure("Карточек за 60 дней", str(one.n), f"/problems/{one.number}/"),
                Figure("Всего в проблеме", str(one.whole)),
            ),
        )
        for one in rows
    ]


@offers("Дорожные карты")
def roadmaps(municipality: Municipality, now: datetime) -> list[Offer]:
    """Roadmaps with measures past their date."""
    late = Q(measures__state__in=["planned", "running"], measures__due__lt=_today(municipality, now))
    rows = (
        Roadmap.objects.filter(municipality=municipality, finished_at=None, approved_at__isnull=False)
        .annotate(
            late=Count("measures", filter=late, distinct=True),
            whole=Count("measures", distinct=True),
            first=Min("measures__due", filter=late),
        )
        .filter(late__gt=0)
        .order_by("-late", "pk")[:MOST]
    )
    return [
        Offer(
            source=f"roadmap-{one.pk}",
            title=f"Дорожная карта «{one.title}» отстаёт",
            reason=f"не сделано в срок: {count(one.late, *MEASURES)} из {one.whole}, с {table_day(one.first)}",
            link=f"/roadmaps/{one.pk}/",
            figures=(Figure("Отстаёт мероприятий", str(one.late), f"/roadmaps/{one.pk}/"),),
        )
        for one in rows
    ]


@offers("Информационные риски")
def risks(municipality: Municipality, now: datetime) -> list[Offer]:
    """Risks a meeting has to know of: the gravest level, those that came again, those nobody answered in time."""
    return [
        Offer(
            source=f"risk-{one.risk.pk}",
            title=f"Информационный риск: {one.risk.title}"[:300],
            reason=one.reason,
            link=page_of_risk(one.risk),
            figures=(
                Figure("Уровень", one.level),
                Figure("Состояние", one.risk.get_state_display(), page_of_risk(one.risk)),
                Figure("Карточек", str(one.cases)),
            ),
        )
        for one in for_decision(municipality, now)[:MOST]
    ]


@offers("Находки анализа")
def findings(municipality: Municipality, now: datetime) -> list[Offer]:
    """What the automatic analysis has found and nobody has decided upon."""
    return [
        Offer(
            source=f"finding-{one.pk}",
            title=one.text[:300],
            reason=f"находка {short_day(day_in(municipality, one.at), day_in(municipality, now))}: {one.formula}"[
                :500
            ],
            link=one.link,
            figures=(Figure("Карточки находки", "открыть", one.link),) if one.link else (),
        )
        for one in undecided(municipality, now)[:MOST]
    ]


@offers("Положение")
def clauses(municipality: Municipality, now: datetime) -> list[Offer]:
    """Clauses nothing has proved for a year, whose deeds this centre could do: each with its number."""
    rows = [one for one in clauses_of(municipality) if one.evidence_key in evidence_keys()]
    found = evidence_of((one.evidence_key for one in rows), municipality, now, _today(municipality, now))
    silent = [one for one in rows if (told := found.get(one.evidence_key)) is not None and not told.count]
    named = [one for one in silent if not evidence_keys()[one.evidence_key].is_fact]
    return [
        Offer(
            source=f"clause-{one.clause_id}",
            title=f"Пункт {one.clause_id} не исполнялся",
            reason=f"{one.title}: за год нет ни одной записи",
            link=f"/charter/#{one.clause_id}",
        )
        for one in named[:MOST]
    ]
