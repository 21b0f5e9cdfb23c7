"""What the system proposes as problems: reads the last weeks and hands proposals to `services.propose`.

Each look is safe to repeat: a finding has a seed, a case agreed to a problem is not gathered again.
"""

from collections import Counter
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.db.models import Count, F, Max, Q

from otklik.accounts.models import Body
from otklik.analytics.criteria.models import Finding
from otklik.cases.models import Case, Twin
from otklik.channels.models import Channel
from otklik.charter.selectors import charter_of
from otklik.common.models import Municipality
from otklik.common.period import Period
from otklik.common.words import count, number, percent
from otklik.places.cells import distance
from otklik.places.models import Settlement
from otklik.problems.gathering import NEAR_METRES, Bunch, Item, Link, Member, gather
from otklik.problems.models import OuterIndicator, Problem, ProblemCase, TalkError
from otklik.problems.services.raising import Proposal, grow, propose
from otklik.problems.words import FAULTS, LIVE_STATES
from otklik.topics.models import Topic

LOOK_BACK = timedelta(days=90)
MASS_WINDOW = timedelta(days=30)
CONFLICT_DAYS, CONFLICT_LEAST = 30, 3
TALK_DAYS, TALK_LEAST = 90, 3
SILENT_DAYS = 30
UNREAD_LEAST, UNREAD_SHARE = 10, 0.5
MOST_CASES = 200
CASES = ("карточка", "карточки", "карточек")
FROM_CRITERIA = {
    "topic": "heat_map",
    "settlement": "heat_map",
    "body": "recipients_work",
    "channel": "channel_setup",
}
"""The source of a problem by what a finding is cut by."""


def look(municipality: Municipality, now: datetime) -> list[Problem]:
    """Propose everything that is seen now; returns the new proposals."""
    proposals = (
        *findings(municipality, now),
        *conflicts(municipality, now),
        *talk(municipality, now),
        *channels(municipality, now),
        *indicators(municipality),
    )
    made = [propose(municipality, one, now) for one in proposals]
    return [*mass(municipality, now), *(one for one in made if one is not None)]


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


def findings(municipality: Municipality, now: datetime) -> Iterable[Proposal]:
    """Fresh findings of the analysis that name one topic, place, body or channel."""
    fresh = Finding.objects.filter(
        municipality=municipality, at__gt=now - timedelta(days=14), at__lte=now, criterion__isnull=False
    ).exclude(decision="usual")
    for one in fresh.select_related("criterion").order_by("pk"):
        criterion = one.criterion
        if criterion is None or criterion.comparison == "mass" or not one.cut_key:
            continue
        source = FROM_CRITERIA.get(criterion.cut)
        if source is not None:
            yield _of_finding(municipality, one, source, criterion.cut)


def conflicts(municipality: Municipality, now: datetime) -> Iterable[Proposal]:
    """Bodies that several people complain of within a month."""
    since = now - timedelta(days=CONFLICT_DAYS)
    rows = Case.objects.filter(
        municipality=municipality, came_at__gt=since, came_at__lte=now, complained_of__isnull=False
    )
    found: dict[int, list[Case]] = {}
    for case in rows.select_related("complained_of", "applicant").order_by("pk"):
        found.setdefault(case.complained_of_id or 0, []).append(case)
    zone = ZoneInfo(municipality.time_zone)
    for key, cases in found.items():
        authors = {(one.applicant.fingerprint if one.applicant else "") or str(one.pk) for one in cases}
        body = cases[0].complained_of
        if len(authors) < CONFLICT_LEAST or body is None:
            continue
        yield Proposal(
            source="conflicts",
            title=f"Жалуются на работу: {body.short_name}",
            reason=f"{count(len(cases), *CASES)} с жалобой на этот орган за {CONFLICT_DAYS} дней,"
            f" {count(len(authors), 'автор', 'автора', 'авторов')}",
            since=min(one.came_at for one in cases).astimezone(zone).date(),
            sureness=0.7,
            seed=f"conflict:{key}",
            ground=f"жалобы на орган за {CONFLICT_DAYS} дней",
            cases={one.pk: Member(0.7, "жалоба на этот орган") for one in cases[:MOST_CASES]},
            block_key=Counter(one.block_key for one in cases).most_common(1)[0][0],
            body=body,
        )


def talk(municipality: Municipality, now: datetime) -> Iterable[Proposal]:
    """One fault of communication that one body repeats within three months."""
    today = now.astimezone(ZoneInfo(municipality.time_zone)).date()
    rows = TalkError.objects.filter(
        municipality=municipality, on__gt=today - timedelta(days=TALK_DAYS), body__isnull=False, problem=None
    )
    found: dict[tuple[int, str], list[TalkError]] = {}
    for one in rows.select_related("body").order_by("on", "pk"):
        found.setdefault((one.body_id or 0, one.fault), []).append(one)
    for (key, fault), errors in found.items():
        body = errors[0].body
        if len(errors) < TALK_LEAST or body is None:
            continue
        said = dict(FAULTS)[fault]
        yield Proposal(
            source="communication",
            title=f"Повторяется в ответах: {said} — {body.short_name}"[:200],
            reason=f"{count(len(errors), 'ошибка', 'ошибки', 'ошибок')} общения «{said}» за {TALK_DAYS} дней",
            since=errors[0].on,
            until=errors[-1].on,
            sureness=0.75,
            seed=f"talk:{key}:{fault}",
            ground="реестр ошибок общения",
            ground_link=f"/talk-errors/?body={key}&fault={fault}",
            cases={one.case_id: Member(0.75, f"ошибка общения: {said}") for one in errors if one.case_id},
            block_key=Counter(one.block_key for one in errors).most_common(1)[0][0],
            body=body,
        )


def channels(municipality: Municipality, now: datetime) -> Iterable[Proposal]:
    """Channels that fell silent, and those whose messages mostly cannot be read to a theme or a place."""
    since = now - timedelta(days=SILENT_DAYS)
    lately = Count("pk", filter=Q(came_at__gt=since))
    unread = Count("pk", filter=Q(came_at__gt=since) & (Q(topic=None) | Q(settlement=None)))
    rows = (
        Case.objects.filter(municipality=municipality, came_at__gt=now - LOOK_BACK, came_at__lte=now)
        .values("channel_id")
        .annotate(many=Count("pk"), lately=lately, unread=unread, last=Max("came_at"))
    )
    titles = {one.pk: one for one in Channel.objects.filter(municipality=municipality)}
    zone = ZoneInfo(municipality.time_zone)
    for row in rows.order_by("channel_id"):
        channel, last = titles[row["channel_id"]], row["last"].astimezone(zone).date()
        link = f"/cases/?channel={channel.key}"
        if not row["lately"] and row["many"] >= UNREAD_LEAST:
            yield Proposal(
                source="channel_setup",
                title=f"Канал молчит: {channel.title}",
                reason=f"{SILENT_DAYS} дней ни одного сообщения, за два месяца до того — {number(row['many'])}",
                since=last,
                sureness=0.65,
                seed=f"channel:{channel.key}:silent",
                ground=f"последнее сообщение пришло {last:%d.%m.%Y}",
                ground_link=link,
            )
        elif row["lately"] >= UNREAD_LEAST and row["unread"] / row["lately"] >= UNREAD_SHARE:
            share = percent(row["unread"] / row["lately"])
            yield Proposal(
                source="channel_setup",
                title=f"Сообщения без темы или места: {channel.title}",
                reason=f"за {SILENT_DAYS} дней у {share} сообщений канала тема или место не определены:"
                " форма канала их не спрашивает",
                since=since.astimezone(zone).date(),
                sureness=0.65,
                seed=f"channel:{channel.key}:unread",
                ground=f"{number(row['unread'])} из {number(row['lately'])} карточек канала",
                ground_link=link,
            )


def indicators(municipality: Municipality) -> Iterable[Proposal]:
    """Indicators of outer lists whose fact is worse than the plan."""
    worse = Q(is_lower_better=False, fact__lt=F("plan")) | Q(is_lower_better=True, fact__gt=F("plan"))
    rows = OuterIndicator.objects.filter(
        worse, municipality=municipality, plan__isnull=False, fact__isnull=False
    )
    for one in rows.order_by("pk"):
        plan, fact = number(one.plan or 0.0), number(one.fact or 0.0)
        yield Proposal(
            source="national_projects",
            title=f"План не достигнут: {one.title}"[:200],
            reason=f"факт {fact} {one.unit} при плане {plan} на {one.on:%d.%m.%Y}",
            since=one.on,
            sureness=1.0,
            seed=f"outer:{one.pk}",
            ground=f"{one.list_name}: {one.source}",
            ground_link="/problems/outer/",
            block_key=one.block_key,
            indicator=one,
            outer_ref=one.key,
        )


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
        case__came_at__gt=start,
        other__came_at__gt=start,
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
    street = f"ул. {bunch.street}" if bunch.street else ""
    where = ", ".join(part for part in (str(settlement or ""), street) if part)
    first = Case.objects.filter(pk__in=bunch.members).order_by("came_at", "pk").first()
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


def _of_finding(municipality: Municipality, found: Finding, source: str, cut: str) -> Proposal:
    """A finding with the cases of its key and days."""
    where = {
        "topic": {"topic__key": found.cut_key},
        "settlement": {"settlement_id": found.cut_key},
        "body": {"body_id": found.cut_key},
        "channel": {"channel__key": found.cut_key},
    }[cut]
    start, end = _days(found.since, found.until, municipality)
    rows = Case.objects.filter(municipality=municipality, came_at__gte=start, came_at__lt=end, **where)
    keys = (
        list(rows.order_by("pk").values_list("pk", flat=True)[:MOST_CASES])
        if cut in ("topic", "settlement")
        else []
    )
    title = found.criterion.title if found.criterion else "Находка"
    is_place, is_body = cut == "settlement", cut == "body"
    body = Body.objects.filter(pk=found.cut_key).first() if is_body else None
    topic = Topic.objects.filter(key=found.cut_key).first() if cut == "topic" else None
    settlement = (
        Settlement.objects.filter(pk=found.cut_key, municipality=municipality).first() if is_place else None
    )
    named = (
        topic
        or settlement
        or body
        or Channel.objects.filter(municipality=municipality, key=found.cut_key).first()
    )
    return Proposal(
        source=source,
        title=f"{title}: {named or found.cut_key}"[:200],
        reason=found.text[:500],
        sureness=0.7,
        since=found.since,
        until=found.until,
        seed=f"finding:{found.criterion_id}:{found.cut_key}",
        ground=f"анализ по критериям: {found.formula}"[:300],
        ground_link=found.link,
        cases={pk: Member(0.5, "карточка находки: тот же разрез и дни") for pk in keys},
        topic=topic,
        settlement=settlement,
        body=body,
        block_key=_block_of_body(municipality, body) if body else "",
    )


def _block_of_body(municipality: Municipality, body: Body) -> str:
    """The block most cases of the body stand in."""
    rows = Case.objects.filter(municipality=municipality, body=body).exclude(block_key="")
    most = rows.values("block_key").annotate(n=Count("pk")).order_by("-n", "block_key").first()
    return most["block_key"] if most else ""


def _days(since: date, until: date, municipality: Municipality) -> tuple[datetime, datetime]:
    return Period(since, until).moments(municipality.time_zone)
