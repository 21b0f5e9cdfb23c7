"""A demo town connected to the fake network: its channels are pointed there for the time of the show, then put back."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from otklik.channels.models import Channel
from otklik.channels.services.accounts import set_secret
from otklik.channels.services.feeds import switch_feed
from otklik.common.models import Municipality
from otklik.common.scope import within
from otklik.outreach.models import OfficialPage

KINDS = ("telegram", "max", "vk")
# Where reading begins: the wall of the show from its first event, so that nothing a visitor was quick to write is lost.
BEGIN: dict[str, dict[str, Any]] = {"vk": {"pages": {"1": {"ts": "0"}}}}
# Keys of the fake network: its services know no others, and they open nothing elsewhere.
KEYS = {
    "telegram": {"token": "100200:fake-token-of-the-fake-network-12345"},
    "max": {"token": "fake-max-token-of-the-fake-network"},
    "vk": {"token-1": "token-1", "service_token": "service"},
}
OWN: dict[str, dict[str, Any]] = {
    "telegram": {"bot_name": "Город на связи"},
    "max": {"bot_name": "Город на связи"},
    "vk": {"pages": [{"group_id": 1, "title": "Администрация города"}], "wait": 2},
}
PAGE = {"vk": "1"}
"""Where the town may post in the show, by the number of the page there."""


@dataclass(frozen=True)
class Lent:
    """How an official page stood before the show."""

    pk: int
    channel_id: int | None
    outer_id: str


@dataclass(frozen=True)
class Before:
    """How a channel stood before the show, and the page lent to it."""

    pk: int
    settings: Mapping[str, Any]
    page: Lent | None


def best_town(towns: list[Municipality]) -> Municipality | None:
    """The town whose charter names the most of the channels of the show; the first of equals."""
    with within(*(town.pk for town in towns)):
        kinds = {
            town.pk: set(
                Channel.objects.filter(municipality=town, kind__in=KINDS).values_list("kind", flat=True)
            )
            for town in towns
        }
    return max(towns, key=lambda town: len(kinds[town.pk]), default=None)


def kinds_of(town: Municipality) -> list[str]:
    """Which of the networks of the show the town has channels for."""
    with within(town.pk):
        return [kind for kind in KINDS if _channel_of(town, kind)]


@contextmanager
def connected(town: Municipality, network: str) -> Iterator[list[str]]:
    """The town's channels speak to the network at this address during the block; gives their titles."""
    before: list[Before] = []
    try:
        with within(town.pk):
            channels = [channel for kind in KINDS if (channel := _channel_of(town, kind))]
            for channel in channels:
                before.append(Before(channel.pk, channel.settings, _lend_page(channel)))
                _point(channel, f"{network}/{channel.kind}")
        yield [channel.title for channel in channels]
    finally:
        with within(town.pk):
            for one in before:
                _put_back(one)


def _channel_of(town: Municipality, kind: str) -> Channel | None:
    found = Channel.objects.filter(municipality=town, kind=kind, direction="both").exclude(
        availability="closed"
    )
    return found.order_by("position", "id").first()


def _point(channel: Channel, address: str) -> None:
    channel.settings = {**channel.settings, **OWN[channel.kind], "base_url": address, "every_seconds": 1}
    channel.save(update_fields=["settings"])
    for name, value in KEYS[channel.kind].items():
        set_secret(channel, name, value)
    feed = switch_feed(channel, True)
    # The network of the show begins anew each time, and so do its numbers.
    feed.cursor = BEGIN.get(channel.kind, {})
    feed.save(update_fields=["cursor"])


def _lend_page(channel: Channel) -> Lent | None:
    """The town's page of this network posts by the channel during the show."""
    pages = OfficialPage.objects.filter(municipality=channel.municipality, network=channel.kind)
    page = pages.filter(owner="administration", closed_on=None).order_by("pk").first()
    if page is None or channel.kind not in PAGE:
        return None
    lent = Lent(page.pk, page.channel_id, page.outer_id)
    page.channel, page.outer_id = channel, PAGE[channel.kind]
    page.save(update_fields=["channel", "outer_id"])
    return lent


def _put_back(before: Before) -> None:
    if before.page is not None:
        pages = OfficialPage.objects.filter(pk=before.page.pk)
        pages.update(channel_id=before.page.channel_id, outer_id=before.page.outer_id)
    channel = Channel.objects.get(pk=before.pk)
    switch_feed(channel, False)
    for name in KEYS[channel.kind]:
        set_secret(channel, name, "")
    channel.settings = dict(before.settings)
    channel.save(update_fields=["settings"])
