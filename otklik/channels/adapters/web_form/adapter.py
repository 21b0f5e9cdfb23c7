"""The citizen's page: the answer is already there by number and secret; mail only brings the news."""

from otklik.channels.adapters.base import SendResult
from otklik.channels.adapters.email.adapter import EmailAdapter, is_address
from otklik.channels.models import Outgoing


class WebFormAdapter:
    """Mail when the writer left an address, else the page alone."""

    def send(self, outgoing: Outgoing) -> SendResult:
        if is_address(outgoing.recipient):
            return EmailAdapter().send(outgoing)
        return SendResult("sent", proof="страница обращения")
