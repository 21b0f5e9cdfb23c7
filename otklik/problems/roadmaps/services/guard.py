"""What every deed begins with: the roadmap held for itself alone, the right, the state; and whom to tell."""

from collections.abc import Iterable
from datetime import date, datetime
from zoneinfo import ZoneInfo

from otklik.accounts.models import Post, User
from otklik.accounts.selectors import Rights, rights_of
from otklik.accounts.services import leave_notice
from otklik.common.errors import Refused, changed_meanwhile
from otklik.common.models import Municipality
from otklik.problems.roadmaps.models import Measure, Roadmap
from otklik.problems.roadmaps.selectors import MANAGES, PAGE, people_of_post
from otklik.problems.roadmaps.words import STATES

NOTICE_LIMIT = 300


def held(roadmap: Roadmap, *states: str) -> Roadmap:
    """The roadmap locked until the end of the transaction. Raises Refused when it stands otherwise."""
    found = Roadmap.objects.select_for_update().get(pk=roadmap.pk)
    if states and found.state not in states:
        raise Refused(
            f"Дорожная карта уже в другом состоянии: {dict(STATES)[found.state]}. Обновите страницу."
        )
    return found


def held_measure(measure: Measure, *states: str) -> tuple[Roadmap, Measure]:
    """The measure with its roadmap, both locked: of two people the second sees it as the first left it."""
    roadmap = held(measure.roadmap, *states)
    return roadmap, Measure.objects.select_for_update().get(pk=measure.pk)


def manager(by: User, roadmap_or_town: Roadmap) -> Rights:
    """Rights of who manages roadmaps. Raises Refused for anybody else."""
    rights = rights_of(by, roadmap_or_town.municipality)
    if MANAGES not in rights.permissions:
        raise Refused("Дорожные карты ведёт тот, у кого есть это право в положении.")
    return rights


def fresh(found: Roadmap, version: int) -> None:
    """Refuse a change made from an older sight of the roadmap."""
    if found.version != version:
        raise changed_meanwhile("дорожную карту")


def touched(roadmap: Roadmap, *fields: str) -> None:
    """Save these fields and the next version."""
    roadmap.version += 1
    roadmap.save(update_fields=[*fields, "version"])


def written(text: str, name: str, limit: int) -> str:
    """The text trimmed. Raises Refused naming the field when it is empty or too long."""
    said = text.strip()
    if not said or len(said) > limit:
        raise Refused(f"Заполните поле «{name}»: от одного до {limit} знаков.")
    return said


def tell(roadmap: Roadmap, posts: Iterable[Post], said: str, anchor: str = "") -> None:
    """A line for everybody of the posts, each person once."""
    people = {user.pk: user for post in posts for user in people_of_post(post, roadmap.municipality)}
    for user in people.values():
        leave_notice(roadmap.municipality, said[:NOTICE_LIMIT], f"{PAGE}{roadmap.pk}/{anchor}", user=user)


def day_of(municipality: Municipality, now: datetime) -> date:
    """The day of the moment in the municipality's own zone."""
    return now.astimezone(ZoneInfo(municipality.time_zone)).date()
