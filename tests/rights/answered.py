"""Answers for operators of outer systems: a table given out and the answer in it."""

from datetime import datetime
from typing import Any

from otklik.cases.models import Case
from otklik.channels.models import Outgoing
from otklik.channels.services import give_answers, make_outgoing
from tests.town import Town


def answered(town: Town, case: Case, now: datetime) -> dict[str, list[Any]]:
    """An answer about this case in a table of «ПОС», not placed yet."""
    channel = town.channel("pos")
    outgoing = make_outgoing(
        channel, "answer", case.number, "", "Ответ", "Сделали.", "given:1", reply_to="77", now=now
    )
    Outgoing.objects.filter(pk=outgoing.pk).update(state="by_hand")
    sheet = give_answers(channel, None, now)
    return {
        "answer_channel": [channel.key],
        "answer_sheet": [sheet.pk],
        "answer_given": [outgoing.pk],
    }
