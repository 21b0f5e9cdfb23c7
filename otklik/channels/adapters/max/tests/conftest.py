"""A fake MAX for the tests of a module; its town is empty at the beginning of each."""

from collections.abc import Iterator
from typing import Any

import pytest

from otklik.channels.adapters.source import Account
from otklik.channels.models import Channel
from tests.fakes.max import TOKEN, Max
from tests.fakes.network import Network


@pytest.fixture(scope="module")
def line() -> Iterator[Max]:
    messenger = Max()
    with Network(messenger):
        yield messenger


@pytest.fixture
def messenger(line: Max) -> Iterator[Max]:
    line.reset()
    yield line
    line.faults.clear()


@pytest.fixture
def account(messenger: Max) -> Account:
    return account_for(messenger)


def account_for(messenger: Max, token: str = TOKEN, **settings: Any) -> Account:
    """The channel's account as the worker would open it."""
    settings = {"base_url": messenger.url, "poll_seconds": 0, **settings}
    return Account(Channel(kind="max", title="MAX"), settings, {"token": token, "secret": "s3cret"})
