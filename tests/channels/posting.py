"""Four networks with an official page each: what the page is called, by what keys it is posted to."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from otklik.channels.models import Channel
from otklik.channels.services.accounts import set_secret
from otklik.common.models import Municipality
from otklik.outreach.models import OfficialPage
from tests.fakes.max import TOKEN as MAX_TOKEN
from tests.fakes.max import Max
from tests.fakes.messenger import Messenger
from tests.fakes.ok import Ok
from tests.fakes.service import Service
from tests.fakes.telegram import TOKEN as TELEGRAM_TOKEN
from tests.fakes.telegram import Telegram
from tests.fakes.vk import Vk

CHANNEL = -1001
NUMBER = {"vk": "7", "ok": "570", "telegram": "@okrug", "max": str(CHANNEL)}
POSTS = {
    "vk": "/method/wall.post",
    "ok": "/fb.do",
    "telegram": "/sendMessage",
    "max": "POST /max/messages",
}
SETTINGS: dict[str, dict[str, Any]] = {
    "vk": {"pages": [{"group_id": 7, "title": "Округ"}], "per_second": 1000, "service_per_second": 1000},
    "ok": {"groups": [{"group_id": "570", "title": "Округ"}], "application_key": "APPKEY"},
    "telegram": {},
    "max": {},
}
SECRETS = {
    "vk": {"token": "token-7", "service_token": "service", "editor_token": "editor-7"},
    "ok": {"access_token": "SESSION", "application_secret_key": "APPSECRET"},
    "telegram": {"token": TELEGRAM_TOKEN},
    "max": {"token": MAX_TOKEN},
}
MAKES: dict[str, Callable[[], Service]] = {"vk": Vk, "ok": Ok, "telegram": Telegram, "max": Max}


@dataclass(frozen=True)
class Wall:
    """The page of one network and its account in a municipality."""

    service: Service
    channel: Channel
    page: OfficialPage

    @property
    def posts(self) -> list[str]:
        """What stands on the page, written by us."""
        return [one.text for one in self.service.posted]


def wall(service: Service, place: Municipality) -> Wall:
    """An empty network with the page, its account connected by settings and secrets alone."""
    service.reset()
    kind = service.name
    if isinstance(service, Vk):
        service.api.limit = {"group": 1000, "service": 1000}
        service.community(7, "Округ")
    elif isinstance(service, Ok):
        service.group("570", "Округ")
    elif isinstance(service, Messenger):
        service.channel(CHANNEL, "Округ", "okrug")
    channel = Channel.objects.create(
        municipality=place,
        key=f"{kind}-page",
        kind=kind,
        title=kind,
        settings={"base_url": service.url, **SETTINGS[kind]},
    )
    for name, value in SECRETS[kind].items():
        set_secret(channel, name, value)
    page = OfficialPage.objects.create(
        municipality=place,
        title=f"Округ, {kind}",
        network=kind,
        url=f"https://{kind}.example.org/okrug",
        outer_id=NUMBER[kind],
        channel=channel,
        organisation="Администрация",
        opened_on=date(2026, 1, 1),
    )
    return Wall(service, channel, page)
