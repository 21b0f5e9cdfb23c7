"""Ideas from roadmaps: works ahead and works done with proof, beside the messages they answer."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from django.db.models import Count, Exists, F, OuterRef, Q

from otklik.analytics.selectors import counts
from otklik.common.models import Municipality
from otklik.common.period import Period
from otklik.common.periods import last_days
from otklik.common.words import full_day, number
from otklik.outreach.content.rules import Figure
from otklik.problems.roadmaps.models import EffectCount, Measure
from otklik.problems.roadmaps.words import AGREED, AT_WORK, OPEN
from otklik.reports.worth_telling import texts
from otklik.reports.worth_telling.ideas import Idea, Sure
from otklik.reports.worth_telling.rules import Thresholds, say_planned, sure_of_days, sure_of_proofs

MONTH = 30
MOST = 6
PAGE = "/roadmaps/"


def planned_ideas(town: Municipality, today: date, asked: Thresholds) -> list[Idea]:
    """Measures of roadmaps in force that begin or end in the days ahead, the nearest first."""
    ahead = Period(today, today + timedelta(days=asked.days_ahead))
    begins = Q(start__range=(ahead.since, ahead.until), state="planned")
    ends = Q(due__range=(ahead.since, ahead.until), state__in=OPEN)
    rows = Measure.objects.filter(begins | ends, municipality=town, roadmap__state__in=AT_WORK)
    measures = list(rows.select_related("roadmap", "post").order_by("due", "pk")[:MOST])
    if not measures:
        return []
    messages, sure = messages_of(town, measures, today), _kept(town, today)
    return [_planned(one, ahead, messages[one.pk], sure) for one in measures]


def _planned(measure: Measure, ahead: Period, messages: int, sure: Sure) -> Idea:
    starts = measure.start >= ahead.since and measure.state == "planned"
    figures = (
        Figure("Начало", full_day(measure.start)),
        Figure("Окончание", full_day(measure.due)),
        Figure("Сообщений за 30 дней", number(messages)),
        Figure("Отвечает", measure.post.title),
    )
    text = texts.of_planned(measure.title, measure.result, measure.start, measure.due)
    reason, link = say_planned(starts, messages, MONTH), _link(measure)
    key = f"planned:{measure.pk}"
    return Idea(key, "planned", measure.title, reason, figures, sure, text, link, ahead, _topic(measure))


def _kept(town: Municipality, today: date) -> Sure:
    """By measures whose first approved day has passed."""
    passed = Measure.objects.filter(
        ~Q(state="dropped"), municipality=town, roadmap__state__in=AGREED, first_due__lt=today
    )
    told = passed.aggregate(all=Count("pk"), kept=Count("pk", filter=Q(done_on__lte=F("first_due"))))
    return sure_of_days(told["kept"], told["all"])


def done_ideas(town: Municipality, today: date, asked: Thresholds) -> list[Idea]:
    """Measures reported done with a proof in the days past, the newest first."""
    back = Period(today - timedelta(days=asked.days_back), today)
    proved = EffectCount.objects.filter(roadmap=OuterRef("roadmap"), verdict="proved")
    rows = Measure.objects.filter(municipality=town, state="done", done_on__range=(back.since, back.until))
    rows = rows.annotate(papers=Count("proofs"), is_proved=Exists(proved)).filter(papers__gt=0)
    measures = list(rows.select_related("roadmap").order_by("-done_on", "-pk")[:MOST])
    return [_done(one, one.papers, one.is_proved, back) for one in measures]


def _done(measure: Measure, proofs: int, is_proved: bool, back: Period) -> Idea:
    day = measure.done_on or measure.due
    figures = (
        Figure("Сделано", full_day(day)),
        Figure(measure.indicator, f"{measure.was} → {measure.fact or measure.will_be}"),
        Figure("Подтверждений", number(proofs)),
    )
    reason = f"Мероприятие карты № {measure.roadmap.number} исполнено и подтверждено: людям видно обещанное."
    text = texts.of_done(measure.title, measure.report, measure.indicator, measure.was, measure.fact, day)
    key, sure = f"done:{measure.pk}", sure_of_proofs(proofs, is_proved)
    return Idea(
        key, "done", measure.title, reason, figures, sure, text, _link(measure), back, _topic(measure)
    )


def messages_of(town: Municipality, measures: Sequence[Measure], today: date) -> dict[int, int]:
    """Messages of the last thirty days by topics and places of each measure's roadmap; by no topic: none."""
    topics = {key for one in measures for key in one.roadmap.topics}
    if not topics:
        return dict.fromkeys((one.pk for one in measures), 0)
    days = last_days(today - timedelta(days=1), MONTH)
    by = counts([town.pk], days, ("topic", "settlement"), {"topic": sorted(topics)}, "received")
    return {one.pk: _within(by.items(), one.roadmap.topics, one.roadmap.settlements) for one in measures}


def _within(
    found: Iterable[tuple[tuple[object, ...], int]], topics: Sequence[str], settlements: Sequence[int]
) -> int:
    return sum(
        n
        for (topic, settlement), n in found
        if topic in topics and (not settlements or settlement in settlements)
    )


def _link(measure: Measure) -> str:
    return f"{PAGE}{measure.roadmap_id}/"


def _topic(measure: Measure) -> str:
    topics = measure.roadmap.topics
    return topics[0] if len(topics) == 1 else ""
