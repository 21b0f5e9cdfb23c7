"""A campaign is begun: by hand, or in one step from the calendar, a call, a risk, a problem, a spike.

What the origin knows is written into a draft: topics, days, texts of the starter with their blanks. The forecast is
frozen later, on approval.
"""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.db import transaction

from otklik.accounts.models import Post, User
from otklik.analytics.criteria.models import Finding
from otklik.audit.services import record
from otklik.charter.carrying import carries_out
from otklik.common.errors import Refused
from otklik.common.models import Municipality
from otklik.common.period import Period
from otklik.common.queue import hold_line, next_number
from otklik.common.today import day_in
from otklik.outreach.models import OfficialPage
from otklik.outreach.selectors import open_pages
from otklik.places.models import Settlement
from otklik.problems.models import Problem
from otklik.risks.campaigns.models import Campaign, CampaignCall, Threat
from otklik.risks.campaigns.rules import refuse_plan
from otklik.risks.campaigns.selectors import climate_of, coming, live_about
from otklik.risks.campaigns.services.calling import answer_call
from otklik.risks.campaigns.services.guard import fresh, held, keeper, take_part, touched
from otklik.risks.campaigns.services.steps import keep_step
from otklik.risks.campaigns.services.texts import CampaignText, Origin, StepText
from otklik.risks.models import Risk
from otklik.risks.services.guard import plain
from otklik.topics.models import Topic

WATCH = timedelta(weeks=8)
"""How long appeals are counted after a campaign that has no season."""
RUN = timedelta(weeks=3)
TEN = time(10)


@carries_out("DEM-RISK-3.2")
@transaction.atomic
def start(
    municipality: Municipality,
    text: CampaignText,
    by: User,
    now: datetime,
    origin: Origin | None = None,
    steps: Sequence[StepText] = (),
) -> Campaign:
    """Begin a draft with its steps; whoever begins has taken part in preparing. Raises Refused."""
    rights = keeper(by, municipality)
    came = origin or Origin()
    made = Campaign.objects.create(
        municipality=municipality,
        number=next_number(Campaign, municipality),
        source=came.source,
        threat=came.threat,
        call=came.call,
        risk=came.risk,
        problem=came.problem,
        finding=came.finding,
        drill=came.drill,
        made_by=by,
        made_title=rights.title[:200],
        made_at=now,
        **_head(municipality, text),
    )
    for one in steps:
        keep_step(made, one)
    if came.call is not None:
        answer_call(came.call, by, now)
    take_part(made, "prepare", "составил план кампании", by, now, rights)
    record(made, "campaigns.started", by, municipality, why=f"{made}. {made.ground}"[:300])
    return made


@transaction.atomic
def change(campaign: Campaign, text: CampaignText, version: int, by: User, now: datetime) -> Campaign:
    """Write the head of a draft anew. Raises Refused when somebody else has changed it meanwhile."""
    found = held(campaign, "draft")
    rights = keeper(by, found.municipality)
    fresh(found, version)
    head = _head(found.municipality, text)
    for name, value in head.items():
        setattr(found, name, value)
    touched(found, *head)
    take_part(found, "prepare", "изменил план кампании", by, now, rights)
    record(found, "campaigns.changed", by, found.municipality, why=str(found)[:300])
    return found


@carries_out("DEM-RISK-3.2")
@transaction.atomic
def start_from(origin: Threat | CampaignCall | Risk | Problem | Finding, by: User, now: datetime) -> Campaign:
    """Begin a campaign in one step: the draft holds all the origin knows. Raises Refused while one is in work."""
    # Two people who begin at once wait for each other: no twins of a campaign.
    hold_line(Campaign, origin.municipality)
    if isinstance(origin, CampaignCall):
        return _of_call(origin, by, now)
    if isinstance(origin, Threat):
        return _of_threat(origin, by, now, None)
    if isinstance(origin, Risk):
        return _of_risk(origin, by, now)
    if isinstance(origin, Problem):
        return _of_problem(origin, by, now)
    return _of_finding(origin, by, now)


def _of_call(call: CampaignCall, by: User, now: datetime) -> Campaign:
    if call.threat is not None:
        return _of_threat(call.threat, by, now, call)
    topics = [call.topic.key] if call.topic is not None else []
    came = Origin(call.source, call=call, drill=call.drill)
    return _plain(call.municipality, call.title, call.reason, topics, came, by, now)


def _of_threat(threat: Threat, by: User, now: datetime, call: CampaignCall | None) -> Campaign:
    town = threat.municipality
    _refuse_second(town, threat=threat)
    today = day_in(town, now)
    season = coming(threat, today, climate_of(town)) if threat.kind != "constant" else None
    watch = season.period if season else Period(today, today + WATCH)
    warn = max(today + timedelta(days=1), season.warn if season else today)
    pages, audience = _own_pages(town), threat.audience or "все жители"
    first = max(warn, min(watch.since, warn + RUN))
    steps = [
        StepText(
            "post", f"Предупреждаем: {threat.title}"[:200], _at(town, warn), threat.message, audience, pages
        ),
        StepText(
            "post",
            f"Напоминаем: {threat.title}"[:200],
            _at(town, first + timedelta(days=1)),
            threat.message,
            audience,
            pages,
        ),
        StepText(
            "print",
            "Памятка для тех, кто не пользуется сетями",
            _at(town, warn + timedelta(days=3)),
            threat.message,
        ),
    ]
    if threat.advice:
        steps.append(StepText("work", threat.advice[:200], _at(town, warn + timedelta(days=7))))
    text = CampaignText(
        title=threat.title,
        aim=f"Предупредить до начала и снизить число обращений: {threat.gist[:1].lower()}{threat.gist[1:]}"[
            :500
        ],
        audience=audience,
        ground=call.reason if call else f"Стоит в перечне угроз. {threat.gist}"[:500],
        run=Period(today, max(watch.until, first + timedelta(days=2))),
        watch=Period(max(watch.since, today), max(watch.until, today)),
        topics=threat.topics,
    )
    return start(town, text, by, now, Origin("calendar", threat=threat, call=call), steps)


def _of_risk(risk: Risk, by: User, now: datetime) -> Campaign:
    town = risk.municipality
    _refuse_second(town, risk=risk)
    topics = [risk.topic.key] if risk.topic is not None else []
    places = [risk.settlement_id] if risk.settlement_id else []
    ground = f"Информационный риск {risk}: {risk.gist}"
    return _plain(
        town,
        risk.title,
        ground,
        topics,
        Origin("risk", risk=risk, drill=risk.drill),
        by,
        now,
        places,
        risk.post,
    )


def _of_problem(problem: Problem, by: User, now: datetime) -> Campaign:
    town = problem.municipality
    _refuse_second(town, problem=problem)
    topics = [problem.topic.key] if problem.topic is not None else []
    places = [problem.settlement_id] if problem.settlement_id else []
    ground = f"Проблема {problem.number}: {problem.reason or problem.gist or problem.title}"
    return _plain(
        town,
        problem.title,
        ground,
        topics,
        Origin("problem", problem=problem),
        by,
        now,
        places,
        problem.owner_post,
    )


def _of_finding(finding: Finding, by: User, now: datetime) -> Campaign:
    town = finding.municipality
    _refuse_second(town, finding=finding)
    topic = topic_of_finding(finding)
    title = topic.title if topic else str(finding)
    topics = [topic.key] if topic else []
    return _plain(town, title, finding.text, topics, Origin("spike", finding=finding), by, now)


def topic_of_finding(finding: Finding) -> Topic | None:
    """The topic a finding speaks of; None where it was cut by something else."""
    if finding.criterion is None or finding.criterion.cut != "topic":
        return None
    return Topic.objects.filter(key=finding.cut_key).first()


def _plain(
    town: Municipality,
    title: str,
    ground: str,
    topics: Sequence[str],
    origin: Origin,
    by: User,
    now: datetime,
    settlements: Sequence[int] = (),
    post: Post | None = None,
) -> Campaign:
    """A campaign of no season: three weeks of words, eight weeks of counting, one post to be written."""
    today = day_in(town, now)
    tomorrow = today + timedelta(days=1)
    text = CampaignText(
        title=title[:200],
        aim="Объяснить жителям, что происходит и что делать, и снизить число обращений",
        audience="жители, которых это касается",
        ground=ground[:500],
        run=Period(today, today + RUN),
        watch=Period(today, today + WATCH),
        topics=topics,
        settlements=settlements,
        post=post,
    )
    pages = _own_pages(town)
    steps = [StepText("post", f"Рассказываем: {title}"[:200], _at(town, tomorrow), pages=pages)]
    return start(town, text, by, now, origin, steps)


def _own_pages(town: Municipality) -> list[OfficialPage]:
    """Pages of the administration: institutions are asked by name."""
    return list(open_pages(town).filter(owner="administration"))


def _refuse_second(town: Municipality, **origin: object) -> None:
    known = live_about(town, **origin)
    if known is not None:
        raise Refused(f"Такая кампания уже в работе: {known}. Откройте её.")


def _head(town: Municipality, text: CampaignText) -> dict[str, Any]:
    refusal = refuse_plan(text.title, text.aim, text.audience, text.ground, text.run, text.watch)
    if refusal:
        raise Refused(refusal)
    known = set(Topic.objects.filter(key__in=text.topics).values_list("key", flat=True))
    places = set(
        Settlement.objects.filter(municipality=town, pk__in=text.settlements).values_list("pk", flat=True)
    )
    if set(text.topics) - known or set(text.settlements) - places:
        raise Refused("Выберите темы и места из списка.")
    return {
        "title": plain(text.title)[:200],
        "aim": plain(text.aim)[:500],
        "audience": plain(text.audience)[:300],
        "ground": plain(text.ground)[:500],
        "since": text.run.since,
        "until": text.run.until,
        "watch_since": text.watch.since,
        "watch_until": text.watch.until,
        "topics": list(dict.fromkeys(text.topics)),
        "settlements": list(dict.fromkeys(text.settlements)),
        "places": plain(text.places)[:300],
        "post": text.post,
    }


def _at(town: Municipality, day: date) -> datetime:
    """Ten in the morning of the town's day."""
    return datetime.combine(day, TEN, ZoneInfo(town.time_zone))
