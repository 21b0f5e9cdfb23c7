"""An affair of the played year: written down ahead, its result on the day."""

from datetime import date, timedelta

from otklik.accounts.models import Holding, Post, User
from otklik.common.models import Municipality
from otklik.config.demo.year.cast import Cast
from otklik.office.coordination.services import affairs


def play_affair(town: Municipality, said: affairs.AffairText, result: str, by: User, cast: Cast) -> None:
    """Written down four days ahead, its result on the day; what is still ahead stays planned."""
    made = affairs.note_affair(town, said, by, cast.at(said.day - timedelta(days=4), 10))
    if cast.has_come(said.day):
        came = [one.post for one in made.participants.select_related("post")]
        affairs.hold_affair(made, result, _local(cast, said.day), came, [], by, cast.at(said.day, 17))


def _local(cast: Cast, day: date) -> date:
    return min(day, cast.today)


def posts_held(town: Municipality, count: int) -> list[Post]:
    """Posts that somebody holds, in a steady order."""
    held = Holding.objects.filter(municipality=town, until=None, post__isnull=False).values("post")
    return list(Post.objects.filter(pk__in=held).order_by("pk")[:count])
