"""Paper, phone, word of mouth, reception: the print form is ready, a person sends or hands it over and marks it."""

from otklik.channels.adapters.base import SendResult
from otklik.channels.models import Outgoing

WORDS = {
    "paper": "Распечатайте ответ и отправьте письмом.",
    "phone": "Позвоните заявителю и отметьте, когда ответили.",
    "oral": "Вручите ответ и отметьте, когда вручили.",
    "reception": "Вручите ответ под роспись или отправьте письмом.",
}


class ByHandAdapter:
    """Leaves the rest to a person, saying what to do."""

    def send(self, outgoing: Outgoing) -> SendResult:
        return SendResult("by_hand", error=WORDS.get(outgoing.channel.kind, WORDS["paper"]))
