"""A system with a key asks for the state by itself; nothing is pushed to it."""

from otklik.channels.adapters.base import SendResult
from otklik.channels.models import Outgoing


class ApiAdapter:
    """The answer stands ready for the asking system."""

    def send(self, outgoing: Outgoing) -> SendResult:
        return SendResult("sent", proof="доступно по API")
