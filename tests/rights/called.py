"""A call of the line that waits for a clerk."""

from datetime import datetime

from otklik.channels.adapters.source import CallTold
from otklik.channels.models import PhoneCall
from otklik.channels.services.calls import keep_calls
from tests.town import Town


def called(town: Town, now: datetime) -> PhoneCall:
    """One missed call, to be called back."""
    channel = town.channel("phone")
    keep_calls([CallTold("called-1", "+79000000001", now, "missed")], channel)
    return PhoneCall.objects.get(channel=channel, outer_id="called-1")
