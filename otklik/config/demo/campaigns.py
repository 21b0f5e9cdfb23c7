"""Campaigns of a demo town: the list of threats taken and looked through, calls, campaigns in every state.

Asked by the plain demo for the present day and by the played year month by month; only where the charter asks for
campaigns.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from otklik.accounts.models import Post, User
from otklik.accounts.selectors import held_posts, people_in_role, people_with
from otklik.charter.selectors import charter_of
from otklik.common.models import Municipality
from otklik.common.period import Period
from otklik.common.today import day_in
from otklik.outreach.content.models import Post as PagePost
from otklik.outreach.content.services import place_by_hand
from otklik.outreach.selectors import open_pages
from otklik.risks.campaigns import services
from otklik.risks.campaigns.models import Campaign, CampaignCall, CampaignStep
from otklik.risks.campaigns.rules import BLANK
from otklik.risks.campaigns.selectors import threats_of, waiting_calls
from otklik.risks.campaigns.services import CampaignText, StepText

FILLED = (
    ("телефон", "112"),
    ("ссылка", "на сайте администрации"),
    ("адрес", "в доме культуры"),
    ("график", "на сайте администрации"),
)
OUT = ("approved", "by_hand")
ELSE = "по объявлению на остановках"
RESULTS = {
    "print": "Отпечатали 300 памяток, развесили у подъездов и на остановках",
    "work": "Сделано по плану, бригада отчиталась",
    "meeting": "Провели сход, пришли 40 человек",
}
PLAIN = "Рассказываем, что происходит и куда обращаться: телефон 112."
ENDED = "Жители узнали заранее, повторим через год; памятки печатать на неделю раньше."
REFUSED = "обойдёмся напоминанием в общей записи о сезоне"
LOOKED = "Перечень просмотрен: дни сверены с прошлым годом, лишнего нет."


@dataclass(frozen=True)
class Team:
    """Who prepares and who approves in a town, and the post that answers."""

    town: Municipality
    officer: User
    approver: User
    post: Post


def team_of(town: Municipality) -> Team | None:
    """The people of campaigns; None where the charter asks for none or has nobody to approve."""
    risks = charter_of(town).risks
    if not risks.campaigns or risks.officer is None:
        return None
    officer = people_in_role(risks.officer, town).first()
    approver = (
        people_with("outreach.approve", town).exclude(pk=officer.pk if officer else 0).order_by("pk").first()
    )
    held = held_posts(town).filter(post__isnull=False).select_related("post").order_by("pk").first()
    if officer is None or approver is None or held is None or held.post is None:
        return None
    return Team(town, officer, approver, held.post)


def make_campaigns(town: Municipality, now: datetime) -> int:
    """What the plain demo shows: a list looked through, calls, a campaign in each state; returns how many there are."""
    team = team_of(town)
    if team is None or threats_of(town).exists():
        return 0
    began = now - timedelta(weeks=10)
    keep_list(team, began)
    services.propose(town, began)
    old = begin(team, began)
    if old is not None:
        old = run(team, old, began)
        go_on(team, old, now - timedelta(weeks=3))
        end(team, old, now - timedelta(weeks=3))
        services.count_effect(old, now)
    early = now - timedelta(days=2)
    services.propose(town, early)
    for place in range(3):
        made = begin(team, early)
        if made is not None and place:
            run(team, made, now - timedelta(days=1), approved=place == 2)
    return Campaign.objects.filter(municipality=town).count()


def keep_list(team: Team, now: datetime) -> None:
    """Take the starter list once, look it through."""
    if not threats_of(team.town).exists():
        services.adopt_starter(team.town, team.officer, now)
    services.revise(team.town, LOOKED, team.officer, now)


def begin(team: Team, now: datetime) -> Campaign | None:
    """Tell the chat of the call with most appeals behind it and begin its campaign, every blank filled."""
    calls = waiting_calls(team.town, day_in(team.town, now)).filter(found_at__lte=now)
    call = max(calls, key=lambda one: (one.figures.get("last_season") or 0, one.pk), default=None)
    if call is None:
        return None
    if call.told_at is None:
        services.tell_chat(call, team.officer, now)
    made = services.start_from(CampaignCall.objects.get(pk=call.pk), team.officer, now)
    text = CampaignText(
        title=made.title,
        aim=made.aim,
        audience=made.audience,
        ground=made.ground,
        run=Period(made.since, made.until),
        watch=Period(made.watch_since, made.watch_until),
        topics=made.topics,
        post=team.post,
    )
    made = services.change(made, text, made.version, team.officer, now)
    for step in list(made.steps.all()):
        _fill(team, step, now)
    return made


def run(team: Team, campaign: Campaign, now: datetime, approved: bool = True) -> Campaign:
    """Send for approval and approve."""
    sent = services.send(campaign, [], team.officer, now)
    return services.approve(sent, team.approver, now + timedelta(hours=2)) if approved else sent


def go_on(team: Team, campaign: Campaign, now: datetime) -> None:
    """Place what was to be out by now, report what was to be done."""
    posts = PagePost.objects.filter(material__about=campaign.about, state__in=OUT, planned_at__lte=now)
    for post in posts.select_related("page", "material").order_by("planned_at", "pk"):
        link = f"{post.page.url.rstrip('/')}?w=wall-{post.material.number}"
        place_by_hand(post, link, team.officer, post.planned_at or now)
    services.settle_posts(team.town, now)
    for step in campaign.steps.filter(state="planned", at__lte=now).order_by("at", "pk"):
        said = RESULTS.get(step.kind, "Сделано")
        services.report_step(step, said, "", team.officer, max(step.at, campaign.approved_at or step.at))


def end(team: Team, campaign: Campaign, now: datetime) -> None:
    """Take off what was not done in time and sum the campaign up."""
    for step in campaign.steps.filter(state__in=["planned", "placed"]).order_by("pk"):
        services.drop_step(step, "не понадобилось: угроза прошла", team.officer, now)
    services.finish(campaign, ENDED, team.officer, now)


def refuse_rest(team: Team, calls: Sequence[CampaignCall], now: datetime) -> None:
    """Say of these calls that no campaign is needed."""
    for call in calls:
        services.refuse_call(call, REFUSED, team.officer, now)


def _fill(team: Team, step: CampaignStep, now: datetime) -> None:
    pages = list(step.pages.all()) or list(open_pages(team.town)[:2])
    if step.kind == "post" and not pages:
        services.drop_step(step, "официальных страниц ещё нет", team.officer, now)
        return
    text = step.text or (PLAIN if step.kind == "post" else "")
    at = max(step.at, now + timedelta(days=1))
    told = StepText(step.kind, step.title, at, BLANK.sub(_word, text), step.audience, pages, step.post)
    services.change_step(step, told, team.officer, now)


def _word(blank: re.Match[str]) -> str:
    said = blank.group()
    return next((word for sign, word in FILLED if sign in said), ELSE)
