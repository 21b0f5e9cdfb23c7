"""A municipality with official pages and two people: enough for the content plan."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

import pytest

from otklik.accounts.models import User
from otklik.channels.models import Channel
from otklik.channels.tests.conftest import place as place
from otklik.common.models import Municipality
from otklik.outreach.content.models import Material, Post
from otklik.outreach.content.services import write
from otklik.outreach.models import OfficialPage

NOW = datetime(2026, 10, 20, 9, tzinfo=UTC)
TEXT = "Двадцатого октября с 9 до 17 часов на Заречной не будет воды: меняют задвижку.\n\nПодвоз — к школе."


@dataclass
class Desk:
    """Who writes, who agrees, where it goes out."""

    place: Municipality
    author: User
    head: User

    def page(
        self, network: str, outer_id: str = "", channel: Channel | None = None, **more: Any
    ) -> OfficialPage:
        """An official page of the town."""
        return OfficialPage.objects.create(
            municipality=self.place,
            title=f"Страница {network}",
            network=network,
            url=f"https://{network}.example.org/{outer_id or 'page'}",
            outer_id=outer_id,
            channel=channel,
            organisation="Администрация",
            opened_on=date(2026, 1, 1),
            **more,
        )

    def channel(self, kind: str, **settings: Any) -> Channel:
        """An account of the network."""
        return Channel.objects.create(
            municipality=self.place, key=f"{kind}-page", kind=kind, title=kind, settings=settings
        )

    def material(self, *pages: OfficialPage, at: datetime | None = None, **more: Any) -> Material:
        """A draft for the pages."""
        words = {"title": "Отключение воды", "text": TEXT, "by": self.author, "now": NOW, **more}
        return write(self.place, pages=pages, at=at, **words)


@pytest.fixture
def desk(place: Municipality) -> Desk:
    names = ("author", "head")
    author, head = (User.objects.create(username=f"content-{name}", password="!") for name in names)
    return Desk(place, author, head)


def only(material: Material) -> Post:
    """The one version of the material, as it stands now."""
    return Post.objects.select_related("material", "page").get(material=material)
