"""A fake OK for the tests of a module, and a group of its own for each test."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count
from typing import Any

import pytest

from otklik.channels.adapters.ok.source import OkSource
from otklik.channels.adapters.source import Account, Fetched
from otklik.channels.models import Channel
from otklik.channels.tests.conftest import place as place
from tests.fakes.network import Network
from tests.fakes.ok import Ok
from tests.fakes.ok.service import Group

_groups = count(5700)


@dataclass
class Desk:
    """The group of the test and a source that reads it from turn to turn."""

    ok: Ok
    group: Group
    account: Account
    source: OkSource
    cursor: dict[str, Any]

    @property
    def number(self) -> str:
        """The group's number."""
        return self.group.group_id

    def turn(self) -> Fetched:
        """One turn; the cursor moves as it would be saved."""
        fetched = self.source.fetch(self.account, self.cursor)
        self.cursor = dict(fetched.cursor)
        return fetched

    def texts(self) -> list[str]:
        """What one turn brings."""
        return [one.text for one in self.turn().incomings]


@pytest.fixture(scope="module")
def ok() -> Iterator[Ok]:
    with Network(ok := Ok()):
        yield ok


@pytest.fixture
def desk(ok: Ok) -> Iterator[Desk]:
    group = ok.group(str(next(_groups)), "Администрация округа")
    account = Account(
        Channel(kind="ok", title="Одноклассники"),
        {
            "base_url": ok.url,
            "application_key": "APPKEY",
            "groups": [{"group_id": group.group_id, "title": group.title}],
            "comments_every": 0,
        },
        {
            "access_token": "SESSION",
            "application_secret_key": "APPSECRET",
            "group_token": f"group-{group.group_id}",
            "secret": "hook-secret",
        },
    )
    yield Desk(ok, group, account, OkSource(), {})
    ok.faults.clear()
    ok.refusals.clear()
