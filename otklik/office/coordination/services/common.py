"""What every deed of coordination asks first: the local day, who acts, whom to tell."""

from collections.abc import Iterable
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.db.models import Q, QuerySet

from otklik.accounts.models import Body, Holding, Post, User
from otklik.accounts.selectors import Rights, rights_of
from otklik.accounts.services import leave_notice
from otklik.common.errors import Refused
from otklik.common.models import Municipality

TITLE = 200


def day_of(now: datetime, town: Municipality) -> date:
    """The local day of a moment."""
    return now.astimezone(ZoneInfo(town.time_zone)).date()


def allowed(by: User, town: Municipality, refusal: str, *permissions: str) -> Rights:
    """The rights of who acts. Raises Refused with the sentence when none of the permissions is held."""
    rights = rights_of(by, town)
    if not rights.permissions.intersection(permissions):
        raise Refused(refusal)
    return rights


def people_on(posts: Iterable[Post], on: date) -> list[User]:
    """Working people who hold the posts on the day."""
    return _holders(Holding.objects.filter(post__in=posts), on)


def people_in(body: Body, on: date) -> list[User]:
    """Working people who hold any role in the body on the day."""
    return _holders(Holding.objects.filter(body=body), on)


def _holders(held: QuerySet[Holding], on: date) -> list[User]:
    acting = held.filter(Q(until__isnull=True) | Q(until__gte=on), since__lte=on)
    return list(User.objects.filter(is_active=True, holdings__in=acting).distinct().order_by("pk"))


def tell(town: Municipality, people: Iterable[User], text: str, link: str) -> None:
    """One line to each; to nobody when nobody is found."""
    for user in people:
        leave_notice(town, text[:300], link, user=user)
