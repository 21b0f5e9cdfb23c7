"""Tables that leave: answers for operators of outer systems, figures for the systems of the region."""

from datetime import datetime
from typing import Any

from otklik.cases.models import Case
from otklik.channels.models import Outgoing
from otklik.channels.services import give_answers, make_outgoing
from otklik.common.period import Period
from otklik.reports.handover.services import make_table
from otklik.reports.handover.template import template_of
from tests.town import Town


def answered(town: Town, case: Case, now: datetime) -> dict[str, list[Any]]:
    """An answer about this case in a table of «ПОС», not placed yet; a table for the region that waits."""
    channel = town.channel("pos")
    outgoing = make_outgoing(
        channel, "answer", case.number, "", "Ответ", "Сделали.", "given:1", reply_to="77", now=now
    )
    Outgoing.objects.filter(pk=outgoing.pk).update(state="by_hand")
    sheet = give_answers(channel, None, now)
    out = town.channel("heat_map")
    table = template_of(out).tables[0]
    handed = make_table(out, table, Period(now.date(), now.date()), now)
    return {
        "handed": [handed.pk],
        "answer_channel": [channel.key],
        "answer_sheet": [sheet.pk],
        "answer_given": [outgoing.pk],
    }
