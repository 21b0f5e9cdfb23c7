"""How channels stand: what is read, what leaves, what is stuck. Asked by the screen of channels and by cases."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, QuerySet

from otklik.channels.adapters.registry import sends_by_itself
from otklik.channels.adapters.sources import LISTENERS, SOURCES
from otklik.channels.models import Channel, Feed, Outgoing, RawMessage
from otklik.channels.states import State, state_of, way_out_of
from otklik.common.models import Municipality


@dataclass(frozen=True)
class Standing:
    """A channel with its state and its queues; `unread` and `not_sent` ask for a person."""

    channel: Channel
    state: State
    way_out: State | None
    to_read: int = 0
    unread: int = 0
    to_send: int = 0
    not_sent: int = 0

    @property
    def stuck(self) -> int:
        """What was not read and what did not leave."""
        return self.unread + self.not_sent

    @property
    def is_closed(self) -> bool:
        """Whether the charter has closed it: the network is blocked or gone."""
        return self.channel.availability == "closed"

    @property
    def is_read(self) -> bool:
        """Whether there is a source to read or calls to hear."""
        kind = str(self.channel.settings.get("source") or self.channel.kind)
        return kind in SOURCES or kind in LISTENERS

    @property
    def is_on(self) -> bool:
        """Whether reading is switched on."""
        feed: Feed | None = getattr(self.channel, "feed", None)
        return feed is not None and feed.is_on

    @property
    def is_called(self) -> bool:
        """Whether the outer system calls us by an address of ours."""
        return str(self.channel.settings.get("source") or self.channel.kind) in LISTENERS

    @property
    def is_machine(self) -> bool:
        """Whether the machine reads or sends by it; else people do."""
        return self.is_read or sends_by_itself(self.channel)

    @property
    def is_bad(self) -> bool:
        """Whether somebody should look now."""
        out = self.way_out is not None and self.way_out.health == "bad"
        return self.state.health == "bad" or out or bool(self.stuck)


def leaves_by_itself(channel: Channel) -> bool:
    """Whether what goes out by this channel is sent by the machine: its adapter is there and the channel is on."""
    return sends_by_itself(channel) and Feed.objects.filter(channel=channel, is_on=True).exists()


def standings(municipality: Municipality, now: datetime, keys: Iterable[str] = ()) -> list[Standing]:
    """Every channel (or those of these keys) in the order of the charter, in three statements."""
    channels = Channel.objects.filter(municipality=municipality).select_related("feed__municipality")
    if keys:
        channels = channels.filter(key__in=list(keys))
    came = _counted(RawMessage.objects.filter(municipality=municipality, state__in=["new", "failed"]))
    left = _counted(
        Outgoing.objects.filter(municipality=municipality, state__in=["waiting", "sending", "dead"])
    )
    return [
        Standing(
            channel,
            state_of(channel, now),
            way_out_of(channel, now),
            to_read=came[channel.pk, "new"],
            unread=came[channel.pk, "failed"],
            to_send=left[channel.pk, "waiting"] + left[channel.pk, "sending"],
            not_sent=left[channel.pk, "dead"],
        )
        for channel in channels
    ]


def not_sent(municipality: Municipality) -> QuerySet[Outgoing]:
    """What did not leave and waits for a person, the eldest first."""
    dead = Outgoing.objects.filter(municipality=municipality, state="dead")
    return dead.select_related("channel").order_by("created_at", "id")


def _counted(rows: QuerySet[Outgoing] | QuerySet[RawMessage]) -> Counter[tuple[int, str]]:
    found = rows.order_by().values_list("channel_id", "state").annotate(n=Count("pk"))
    return Counter({(channel_id, state): n for channel_id, state, n in found})
