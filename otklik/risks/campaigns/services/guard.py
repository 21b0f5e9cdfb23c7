"""What every deed of campaigns begins with: the right, the campaign held for itself alone, its state, who took part."""

from collections.abc import Iterable
from datetime import datetime

from otklik.accounts.models import Post, User
from otklik.accounts.selectors import Rights, rights_of
from otklik.accounts.services import leave_notice
from otklik.common.errors import Refused, changed_meanwhile
from otklik.common.models import Municipality
from otklik.problems.roadmaps.selectors import people_of_post
from otklik.risks.campaigns.models import Campaign, CampaignStep, Participation
from otklik.risks.campaigns.selectors import APPROVES, PAGE, is_officer
from otklik.risks.campaigns.words import STATES
from otklik.risks.selectors import WORKS

NOTICE_LIMIT = 300


def keeper(by: User, municipality: Municipality) -> Rights:
    """Rights of who keeps the calendar and prepares campaigns. Raises Refused for anybody else."""
    rights = rights_of(by, municipality)
    if WORKS not in rights.permissions:
        raise Refused("Кампании и перечень угроз ведёт тот, у кого есть право вести информационные риски.")
    return rights


def approver(by: User, municipality: Municipality) -> Rights:
    """Rights of who approves campaigns. Raises Refused for anybody else."""
    rights = rights_of(by, municipality)
    if APPROVES not in rights.permissions:
        raise Refused("Кампанию утверждает тот, кто согласует публикации: куратор или руководитель.")
    return rights


def held(campaign: Campaign, *states: str) -> Campaign:
    """The campaign locked until the end of the transaction. Raises Refused when it stands otherwise."""
    found = (
        Campaign.objects.select_for_update(of=("self",))
        .select_related("municipality", "post")
        .get(pk=campaign.pk)
    )
    if states and found.state not in states:
        raise Refused(f"Кампания уже в другом состоянии: {STATES[found.state]}. Обновите страницу.")
    return found


def held_step(step: CampaignStep, *states: str) -> tuple[Campaign, CampaignStep]:
    """The step with its campaign, both locked."""
    campaign = held(step.campaign, *states)
    return campaign, CampaignStep.objects.select_for_update(of=("self",)).get(pk=step.pk)


def fresh(found: Campaign, version: int) -> None:
    """Refuse a change made from an older sight of the campaign."""
    if found.version != version:
        raise changed_meanwhile("кампанию")


def touched(found: Campaign, *names: str) -> None:
    """Save these fields and the next version."""
    found.version += 1
    found.save(update_fields=[*names, "version"])


def take_part(
    campaign: Campaign, stage: str, words: str, by: User, now: datetime, rights: Rights
) -> Participation:
    """Write down that somebody took part: what was done, in which post, whether it was the officer of risks."""
    return Participation.objects.create(
        municipality=campaign.municipality,
        campaign=campaign,
        stage=stage,
        by=by,
        by_title=rights.title[:200],
        is_officer=is_officer(campaign.municipality, rights),
        words=words[:300],
        at=now,
    )


def tell(campaign: Campaign, posts: Iterable[Post], said: str, anchor: str = "") -> None:
    """A line for everybody of the posts, each person once."""
    people = {user.pk: user for post in posts for user in people_of_post(post, campaign.municipality)}
    for user in people.values():
        leave_notice(campaign.municipality, said[:NOTICE_LIMIT], f"{PAGE}{campaign.pk}/{anchor}", user=user)
