"""Kind of a channel -> its way in. A new source is its folder and a line here.

Paths, not classes: some sources bring heavy libraries, which the worker loads when it reads and web processes never.
A channel's own setting `source` names another kind, so a table may be read for «ПОС» and for «Инцидент Менеджмент».
"""

from functools import cache
from typing import Any, cast

from django.utils.module_loading import import_string

from otklik.channels.adapters.source import Listener, Source
from otklik.channels.models import Channel

SOURCES: dict[str, str] = {
    "tables": "otklik.channels.adapters.tables.source.TablesSource",
    "pos": "otklik.channels.adapters.tables.source.TablesSource",
    "incident": "otklik.channels.adapters.tables.source.TablesSource",
    "file": "otklik.channels.adapters.tables.source.TablesSource",
    "vk": "otklik.channels.adapters.vk.source.VkSource",
    "ok": "otklik.channels.adapters.ok.source.OkSource",
    "telegram": "otklik.channels.adapters.telegram.source.TelegramSource",
    "max": "otklik.channels.adapters.max.source.MaxSource",
    "edms": "otklik.channels.adapters.edms.source.EdmsSource",
    "email": "otklik.channels.adapters.email.source.MailSource",
    "heat_map": "otklik.channels.adapters.tables.source.ReachSource",
    "connector": "otklik.channels.adapters.connector.source.ConnectorSource",
    "ecpur": "otklik.channels.adapters.connector.source.ConnectorSource",
}
LISTENERS: dict[str, str] = {
    "phone": "otklik.channels.adapters.phone.listener.PhoneListener",
    "vk": "otklik.channels.adapters.vk.listener.VkListener",
    "ok": "otklik.channels.adapters.ok.listener.OkListener",
    "telegram": "otklik.channels.adapters.telegram.listener.TelegramListener",
    "max": "otklik.channels.adapters.max.listener.MaxListener",
}


def source_for(channel: Channel) -> Source | None:
    """What the worker asks for this channel in turns, None where nothing is asked."""
    path = SOURCES.get(_kind(channel))
    return cast(Source, _made(path)) if path else None


def listener_for(channel: Channel) -> Listener | None:
    """What takes calls of the outer system for this channel, None where none are taken."""
    path = LISTENERS.get(_kind(channel))
    return cast(Listener, _made(path)) if path else None


def is_asked(channel: Channel) -> bool:
    """Whether the worker asks for this channel: not where the outer system only calls us."""
    return _kind(channel) in SOURCES or _kind(channel) not in LISTENERS


def _kind(channel: Channel) -> str:
    return str(channel.settings.get("source") or channel.kind)


@cache
def _made(path: str) -> Any:
    return import_string(path)()
