"""A fake Telegram for the tests of a module; its town is empty at the beginning of each."""

from collections.abc import Iterator
from typing import Any

import pytest

from otklik.channels.adapters.source import Account
from otklik.channels.models import Channel
from tests.fakes.network import Network
from tests.fakes.telegram import TOKEN, Telegram


@pytest.fixture(scope="module")
def line() -> Iterator[Telegram]:
    telegram = Telegram()
    with Network(telegram):
        yield telegram


@pytest.fixture
def telegram(line: Telegram) -> Iterator[Telegram]:
    line.reset()
    yield line
    line.faults.clear()


@pytest.fixture
def account(telegram: Telegram) -> Account:
    return account_for(telegram)


def account_for(telegram: Telegram, token: str = TOKEN, **settings: Any) -> Account:
    """The channel's account as the worker would open it."""
    settings = {"base_url": telegram.url, "poll_seconds": 0, **settings}
    return Account(Channel(kind="telegram", title="Telegram"), settings, {"token": token, "secret": "s3cret"})
