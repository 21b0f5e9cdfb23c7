"""Kind of a channel -> its adapter. A new way out is its folder and a line here; a system with a mapping needs none."""

from otklik.channels.adapters.api.adapter import ApiAdapter
from otklik.channels.adapters.base import Adapter
from otklik.channels.adapters.by_hand.adapter import ByHandAdapter
from otklik.channels.adapters.connector.adapter import ConnectorAdapter, takes_answers
from otklik.channels.adapters.edms.adapter import EdmsAdapter
from otklik.channels.adapters.email.adapter import EmailAdapter, is_address
from otklik.channels.adapters.max.adapter import MaxAdapter
from otklik.channels.adapters.ok.adapter import OkAdapter
from otklik.channels.adapters.outer.adapter import OuterAdapter
from otklik.channels.adapters.telegram.adapter import TelegramAdapter
from otklik.channels.adapters.vk.adapter import VkAdapter
from otklik.channels.adapters.web_form.adapter import WebFormAdapter
from otklik.channels.models import Channel, Outgoing

ADAPTERS: dict[str, Adapter] = {
    "email": EmailAdapter(),
    "web_form": WebFormAdapter(),
    "api": ApiAdapter(),
    "edms": EdmsAdapter(),
    "vk": VkAdapter(),
    "ok": OkAdapter(),
    "telegram": TelegramAdapter(),
    "max": MaxAdapter(),
    "file": ByHandAdapter(),
    "paper": ByHandAdapter(),
    "phone": ByHandAdapter(),
    "oral": ByHandAdapter(),
    "reception": ByHandAdapter(),
}
OUTER = OuterAdapter()
CONNECTOR = ConnectorAdapter()
TO_BODIES = frozenset({"forward", "copy"})


def adapter_for(outgoing: Outgoing) -> Adapter:
    """By the channel the message came by; a letter to another body goes by mail where its address is known."""
    if outgoing.kind in TO_BODIES:
        return ADAPTERS["email"] if is_address(outgoing.recipient) else ADAPTERS["paper"]
    if is_connected(outgoing.channel):
        return CONNECTOR
    return ADAPTERS.get(outgoing.channel.kind, OUTER)


def rest() -> None:
    """A run of delivery is over in this thread: lines kept open between letters are shut."""
    for adapter in ADAPTERS.values():
        if isinstance(adapter, EmailAdapter):
            adapter.rest()


def is_connected(channel: Channel) -> bool:
    """Whether the channel has a mapping: such a system is spoken to by it, whatever its kind."""
    return bool(channel.settings.get("mapping") or channel.settings.get("mapping_file"))


def sends_by_itself(channel: Channel) -> bool:
    """Whether the machine can send by this channel; else a person prints, hands over or places."""
    if channel.kind == "edms":
        return bool(channel.settings.get("folder_out"))
    if is_connected(channel):
        return takes_answers(channel)
    return not isinstance(ADAPTERS.get(channel.kind, OUTER), ByHandAdapter | OuterAdapter)
