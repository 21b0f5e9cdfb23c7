"""A fake VK for the tests of a module, and a page of its own for each test."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count
from typing import Any

import pytest

from otklik.channels.adapters.source import Account, Fetched
from otklik.channels.adapters.vk.source import VkSource
from otklik.channels.models import Channel
from otklik.channels.tests.conftest import place as place
from tests.fakes.network import Network
from tests.fakes.vk import Vk
from tests.fakes.vk.town import Community

_groups = count(1)


@dataclass
class Desk:
    """The page of the test and a source that reads it from turn to turn."""

    vk: Vk
    page: Community
    account: Account
    source: VkSource
    cursor: dict[str, Any]

    def turn(self) -> Fetched:
        """One turn; the cursor moves as it would be saved."""
        fetched = self.source.fetch(self.account, self.cursor)
        self.cursor = dict(fetched.cursor)
        return fetched

    def texts(self) -> list[str]:
        """What one turn brings."""
        return [one.text for one in self.turn().incomings]


@pytest.fixture(scope="module")
def vk() -> Iterator[Vk]:
    vk = Vk()
    vk.api.limit = {"group": 1000, "service": 1000}
    with Network(vk):
        yield vk


@pytest.fixture
def desk(vk: Vk) -> Iterator[Desk]:
    page = vk.community(next(_groups), "Администрация округа", secret="page-secret")
    account = account_for(vk, [page])
    yield Desk(vk, page, account, VkSource(), {})
    vk.faults.clear()
    vk.refusals.clear()


def account_for(vk: Vk, pages: list[Community], **settings: Any) -> Account:
    """The channel's account as the worker would open it."""
    secrets = {f"token-{page.group_id}": f"token-{page.group_id}" for page in pages}
    return Account(
        Channel(kind="vk", title="ВКонтакте"),
        {
            "base_url": vk.url,
            "pages": [{"group_id": page.group_id, "title": page.title} for page in pages],
            "wait": 0,
            "per_second": 1000,
            "service_per_second": 1000,
            **settings,
        },
        {**secrets, "service_token": "service", "secret": "page-secret", "confirmation": "abc123"},
    )
