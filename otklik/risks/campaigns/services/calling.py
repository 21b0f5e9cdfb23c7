"""Topics that need a campaign: proposed by the calendar and the forecast, told to the alert chat (DEM-RISK-3.1)."""

from datetime import datetime, timedelta

from django.db import transaction

from otklik.accounts.models import User
from otklik.accounts.services import leave_notice
from otklik.audit.services import record
from otklik.charter.carrying import carries_out
from otklik.common.errors import Refused
from otklik.common.models import Municipality
from otklik.common.period import Period
from otklik.common.today import day_in
from otklik.risks.campaigns.flows import FORECAST_WEEKS, WEEK, growing, monday_of, seasons_came
from otklik.risks.campaigns.models import Campaign, CampaignCall
from otklik.risks.campaigns.rules import call_text, growth_reason, season_reason
from otklik.risks.campaigns.selectors import PAGE, Coming, climate_of, coming, threats_on, thresholds_of
from otklik.risks.campaigns.services.guard import NOTICE_LIMIT, keeper
from otklik.risks.campaigns.words import LIVE
from otklik.risks.chat.services import say as say_in_chat
from otklik.risks.selectors import WORKS
from otklik.risks.services.guard import written
from otklik.topics.models import Topic

REST = timedelta(weeks=8)
"""A topic that called is not proposed again so soon by the forecast."""

MOST_BY_FORECAST = 3
"""The strongest of a night: more at once would be read by nobody."""


@carries_out("DEM-RISK-3.1")
def propose(municipality: Municipality, now: datetime) -> list[CampaignCall]:
    """Write down threats whose time to warn has come and topics foretold to grow; returns new calls."""
    made = [*_by_calendar(municipality, now), *_by_forecast(municipality, now)]
    for one in made:
        record(one, "campaigns.call_found", None, municipality, why=f"{one.title}. {one.reason}"[:300])
    if made:
        said = f"Пора готовить кампании: {', '.join(one.title for one in made)}"
        leave_notice(municipality, said[:NOTICE_LIMIT], f"{PAGE}#calls", permission=WORKS)
    return made


@carries_out("DEM-RISK-3.1")
@transaction.atomic
def call_by_hand(
    municipality: Municipality,
    topic: Topic,
    why: str,
    period: Period,
    by: User,
    now: datetime,
    drill: bool = False,
) -> CampaignCall:
    """Write down a topic that needs a campaign, as a person sees it."""
    keeper(by, municipality)
    made = CampaignCall.objects.create(
        municipality=municipality,
        topic=topic,
        source="hand",
        title=topic.title,
        reason=written(why, "почему нужна", 500),
        since=period.since,
        until=period.until,
        drill=drill,
        found_at=now,
    )
    record(made, "campaigns.call_found", by, municipality, why=f"{made.title}. {made.reason}"[:300])
    return made


@carries_out("DEM-RISK-3.1")
@transaction.atomic
def tell_chat(call: CampaignCall, by: User, now: datetime) -> CampaignCall:
    """Tell the alert chat of a topic that needs a campaign. Raises Refused where the charter names no chat."""
    found = _held(call)
    rights = keeper(by, found.municipality)
    if found.told_at is not None:
        raise Refused("Об этой теме в алерт-чате уже сказано.")
    if found.state == "refused":
        raise Refused("По этой теме решено, что кампания не нужна.")
    need = found.threat.advice if found.threat else ""
    text = call_text(found.title, found.reason, need, found.since, found.until, found.drill)
    found.alert = say_in_chat(
        found.municipality, "campaign", text, by, now, about=found.about, drill=found.drill
    )
    found.told_at, found.told_by, found.told_title = now, by, rights.title[:200]
    if found.state == "open":
        found.state = "told"
    found.save(update_fields=["alert", "told_at", "told_by", "told_title", "state"])
    record(found, "campaigns.call_told", by, found.municipality, why=found.title)
    return found


@transaction.atomic
def refuse_call(call: CampaignCall, why: str, by: User, now: datetime) -> CampaignCall:
    """Say why no campaign is needed; the season's call does not come again."""
    found = _held(call)
    keeper(by, found.municipality)
    if found.state not in ("open", "told"):
        raise Refused("По этой теме решение уже есть. Обновите страницу.")
    found.state, found.words = "refused", written(why, "почему не нужна", 300)
    found.decided_at, found.decided_by = now, by
    found.save(update_fields=["state", "words", "decided_at", "decided_by"])
    record(found, "campaigns.call_refused", by, found.municipality, why=found.words)
    return found


def answer_call(call: CampaignCall, by: User, now: datetime) -> None:
    """A campaign was started for the call."""
    found = _held(call)
    if found.state not in ("open", "told"):
        raise Refused("По этой теме решение уже есть. Обновите страницу.")
    found.state, found.decided_at, found.decided_by = "started", now, by
    found.save(update_fields=["state", "decided_at", "decided_by"])


def _by_calendar(municipality: Municipality, now: datetime) -> list[CampaignCall]:
    today, climate = day_in(municipality, now), climate_of(municipality)
    seasons = (coming(one, today, climate) for one in threats_on(municipality).exclude(kind="constant"))
    waiting = [one for one in seasons if one is not None and one.is_now(today)]
    known = set(
        CampaignCall.objects.filter(municipality=municipality, threat__isnull=False).values_list(
            "threat", "season_year"
        )
    )
    busy = set(
        Campaign.objects.filter(municipality=municipality, state__in=LIVE, threat__isnull=False).values_list(
            "threat", flat=True
        )
    )
    fresh = [one for one in waiting if (one.threat.pk, one.year) not in known and one.threat.pk not in busy]
    came = seasons_came(municipality, {one.threat.pk: (one.threat.topics, one.year_ago) for one in fresh})
    return [_call(municipality, one, came[one.threat.pk], now) for one in fresh]


def _call(municipality: Municipality, one: Coming, came: int | None, now: datetime) -> CampaignCall:
    return CampaignCall.objects.create(
        municipality=municipality,
        threat=one.threat,
        season_year=one.year,
        source="calendar",
        title=one.threat.title[:200],
        reason=season_reason(one.period, day_in(municipality, now), came)[:500],
        figures={"last_season": came},
        since=one.period.since,
        until=one.period.until,
        found_at=now,
    )


def _by_forecast(municipality: Municipality, now: datetime) -> list[CampaignCall]:
    today, asked = day_in(municipality, now), thresholds_of(municipality)
    grown = {
        key: (expected - before, expected, before, reason)
        for key, (expected, before) in growing(municipality, today).items()
        if (reason := growth_reason(expected, before, asked))
    }
    if not grown:
        return []
    known = Topic.objects.filter(key__in=set(grown) - _called(municipality, now), is_open=True, solvable=True)
    topics = sorted(known, key=lambda one: (-grown[one.key][0], one.key))[:MOST_BY_FORECAST]
    monday = monday_of(today)
    return [
        CampaignCall.objects.create(
            municipality=municipality,
            topic=topic,
            source="forecast",
            title=topic.title,
            reason=grown[topic.key][3][:500],
            figures={"expected": round(grown[topic.key][1], 1), "before": grown[topic.key][2]},
            since=monday,
            until=monday + WEEK * FORECAST_WEEKS - timedelta(days=1),
            found_at=now,
        )
        for topic in topics
    ]


def _called(municipality: Municipality, now: datetime) -> set[str]:
    """Topics that have called lately or have a campaign in work."""
    calls = CampaignCall.objects.filter(municipality=municipality, found_at__gte=now - REST)
    found = set(calls.filter(topic__isnull=False).values_list("topic__key", flat=True))
    for topics in calls.filter(threat__isnull=False).values_list("threat__topics", flat=True):
        found |= set(topics)
    for topics in Campaign.objects.filter(municipality=municipality, state__in=LIVE).values_list(
        "topics", flat=True
    ):
        found |= set(topics)
    return found


def _held(call: CampaignCall) -> CampaignCall:
    rows = CampaignCall.objects.select_for_update(of=("self",)).select_related(
        "municipality", "threat", "topic"
    )
    return rows.get(pk=call.pk)
