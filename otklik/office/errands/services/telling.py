"""Lines to those an errand concerns now."""

from collections.abc import Sequence

from otklik.accounts.models import Post, User
from otklik.accounts.selectors import held_posts
from otklik.accounts.services import leave_notice
from otklik.common import words as say
from otklik.office.errands.models import Errand

PAGE = "/errands/"
NOTICE_LIMIT = 300


def tell(errand: Errand, posts: Sequence[Post], said: str) -> None:
    """A line to everyone who holds these posts today; a post nobody holds is told through its body."""
    held = held_posts(errand.municipality).filter(post__in=posts)
    people = list(held.values_list("user_id", "post_id"))
    for user in User.objects.filter(pk__in={person for person, _ in people}).order_by("pk"):
        leave_notice(errand.municipality, short(said), page_of(errand), user=user)
    for post in posts:
        if post.pk not in {kept for _, kept in people}:
            leave_notice(errand.municipality, short(said), page_of(errand), body=post.body)


def page_of(errand: Errand) -> str:
    """The address of the errand's card."""
    return f"{PAGE}{errand.number}/"


def short(said: str) -> str:
    """The line as a notice keeps it."""
    tied = say.tie(said)
    return tied if len(tied) <= NOTICE_LIMIT else f"{tied[: NOTICE_LIMIT - 1]}…"
