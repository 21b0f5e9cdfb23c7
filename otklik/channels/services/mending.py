"""After the reason of a failure is mended: everything of a channel that is stuck goes on at once."""

from datetime import datetime
from typing import Any

from otklik.audit.services import record
from otklik.channels.adapters.dialogue.sending import LOST
from otklik.channels.models import Channel, Outgoing, RawMessage
from otklik.channels.services.delivery import CUT
from otklik.common.errors import Refused


def send_all_again(channel: Channel, by: Any, now: datetime) -> int:
    """Start every failed delivery of the channel anew; those cut half-way wait for a person one by one, for they may
    have left, and posts of pages are sent again on their own cards. Returns how many. Raises Refused."""
    dead = Outgoing.objects.filter(channel=channel, state="dead").exclude(error__in=(CUT, LOST))
    dead = dead.exclude(way="page")
    started = dead.update(state="waiting", tries=0, next_try_at=now, error="")
    if not started:
        raise Refused("По этому каналу нечего отправлять снова: оборванные отправки проверьте по одной.")
    record(channel, "channels.all_sent_again", by, channel.municipality, details={"count": started})
    return started


def take_all_again(channel: Channel, by: Any) -> int:
    """Let every unread message of the channel be read anew; returns how many. Raises Refused."""
    taken = RawMessage.objects.filter(channel=channel, state="failed").update(state="new", error="")
    if not taken:
        raise Refused("Непрочитанного по этому каналу нет: обновите страницу.")
    record(channel, "channels.all_raw_again", by, channel.municipality, details={"count": taken})
    return taken
