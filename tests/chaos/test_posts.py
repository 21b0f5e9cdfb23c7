"""Our process dies at every step of placing a post: it stands on the page once, or a person looks."""

from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest
from django.utils import timezone

from otklik.accounts.models import User
from otklik.channels import steps
from otklik.channels.rules import LEASE
from otklik.channels.services.delivery import deliver_waiting
from otklik.common.models import Municipality
from otklik.outreach.content.models import MaterialMove, Post
from otklik.outreach.content.services import approve, place_due, write
from tests.channels.posting import MAKES, Wall
from tests.channels.posting import wall as opened
from tests.chaos.worker import Death, death_at
from tests.fakes.network import Network
from tests.fakes.service import Service

TEXT = "С 9 до 17 часов на Заречной не будет воды. Подвоз — к школе."
AT = timedelta(minutes=5)


@pytest.fixture(scope="module")
def networks() -> Iterator[dict[str, Service]]:
    services = {name: make() for name, make in MAKES.items()}
    with Network(*services.values()):
        yield services


# The two ends in every run: the network is looked at again, or a person is asked; the others in the long one.
EVERY_RUN = ("vk", "telegram")
NAMES = [pytest.param(one, marks=() if one in EVERY_RUN else pytest.mark.slow) for one in sorted(MAKES)]


@pytest.fixture(params=NAMES)
def wall(request: pytest.FixtureRequest, networks: dict[str, Service], place: Municipality) -> Wall:
    return opened(networks[request.param], place)


@pytest.fixture
def post(wall: Wall, place: Municipality) -> Post:
    """Agreed to, its time comes in five minutes."""
    author = User.objects.create(username="chaos-author", password="!")
    at = timezone.now() + AT
    material = write(place, title="Вода", text=TEXT, pages=[wall.page], at=at, by=author, rubric="works")
    approve(material, author)
    return Post.objects.get(material=material)


def work(wall: Wall, now: datetime) -> None:
    """Everything the worker's timers do for a post, once."""
    place_due(wall.page.municipality, now)
    deliver_waiting(wall.page.municipality, now)
    place_due(wall.page.municipality, now)


@pytest.mark.parametrize("step", [*steps.PLACING, *steps.SENDING])
def test_it_stands_once_though_the_worker_dies(step: steps.Step, wall: Wall, post: Post) -> None:
    now = timezone.now() + AT
    with death_at(step) as has_come, pytest.raises(Death):
        work(wall, now)
    assert has_come()
    later = now + LEASE * 2
    for ahead in (timedelta(0), timedelta(hours=1), timedelta(days=1)):
        work(wall, later + ahead)
    post.refresh_from_db()
    blind = wall.service.name == "telegram" and step in ("outgoing claimed", "outgoing sent")
    assert post.state == ("failed" if blind else "placed")
    gone = not blind or step == "outgoing sent"
    assert wall.posts == ([TEXT] if gone else [])
    placed = MaterialMove.objects.filter(post=post, deed="placed").count()
    assert placed == (post.state == "placed")
