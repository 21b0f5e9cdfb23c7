"""ПОС, «Инцидент», СЭД and pages of networks: the answer is placed there by a person, who gives the link back."""

from otklik.channels.adapters.base import SendResult
from otklik.channels.models import Outgoing


class OuterAdapter:
    """Waits for «размещено» with a link."""

    def send(self, outgoing: Outgoing) -> SendResult:
        where = f"«{outgoing.channel.title}»"
        item = f", запись {outgoing.reply_to}" if outgoing.reply_to else ""
        return SendResult("by_hand", error=f"Разместите ответ в системе {where}{item} и вставьте ссылку.")
