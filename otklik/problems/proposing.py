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
from otklik.cases.models import Case
from otklik.channels.models import Channel
from otklik.common.models import Municipality
from otklik.common.period import Period
from otklik.common.words import count, number, percent
from otklik.places.models import Settlement
from otklik.problems.gathering import Member
from otklik.problems.massing import LOOK_BACK, mass
from otklik.problems.models import OuterIndicator, Problem, TalkError
from otklik.problems.polled import polled
from otklik.problems.services.raising import Proposal, propose
from otklik.problems.words import FAULTS
from otklik.topics.models import Topic

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
        *polled(municipality, now),
    )
    made = [propose(municipality, one, now) for one in proposals]
    return [*mass(municipality, now), *(one for one in made if one is not None)]


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
