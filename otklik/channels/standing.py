"""How channels stand: what is read, what leaves, what is stuck. Asked by the screen of channels and by cases."""

from otklik.channels.adapters.registry import sends_by_itself
from otklik.channels.models import Channel, Feed


def leaves_by_itself(channel: Channel) -> bool:
    """Whether what goes out by this channel is sent by the machine: its adapter is there and the channel is on."""
    return sends_by_itself(channel) and Feed.objects.filter(channel=channel, is_on=True).exists()
