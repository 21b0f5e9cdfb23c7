"""Tables of signed answers for operators of outer systems: each answer once, each table kept and given again."""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from otklik.audit.services import record
from otklik.channels.answer_table import FORMATS, columns_of, format_of, make_table, read_columns
from otklik.channels.files import store_made
from otklik.channels.given import answers_to_give
from otklik.channels.models import AnswerSheet, Channel, GivenAnswer, Outgoing
from otklik.channels.spreadsheet import TYPES
from otklik.common.errors import Refused

AT_ONCE = 5000


def give_answers(channel: Channel, by: Any, now: datetime) -> AnswerSheet:
    """Put every signed answer not given yet into one table. Raises Refused when there is none.

    Rows are locked, so two operators at once get different answers or a refusal, never the same answer twice.
    """
    answers = list(answers_to_give(channel).select_for_update(of=("self",))[:AT_ONCE])
    # A table given while we waited for the lock has marked them.
    given = set(GivenAnswer.objects.filter(outgoing__in=answers).values_list("outgoing_id", flat=True))
    answers = [one for one in answers if one.pk not in given]
    if not answers:
        raise Refused("Подписанных ответов, которые ещё не переданы, нет.")
    form, zone = format_of(channel), ZoneInfo(channel.municipality.time_zone)
    content = make_table(answers, columns_of(channel), zone, form)
    name = f"otvety-{channel.key}-{now.astimezone(zone):%Y-%m-%d-%H%M}.{form}"
    sheet = AnswerSheet.objects.create(
        municipality=channel.municipality,
        channel=channel,
        file=store_made(content, name, TYPES[form], channel.municipality),
        count=len(answers),
        at=now,
        by=by,
    )
    GivenAnswer.objects.bulk_create(
        GivenAnswer(municipality_id=channel.municipality_id, sheet=sheet, outgoing=one) for one in answers
    )
    details = {"channel": channel.title, "count": len(answers)}
    record(sheet, "channels.answers_given", by, channel.municipality, details=details)
    return sheet


def give_back(outgoing: Outgoing, by: Any) -> None:
    """The operator could not place it: let it go into the next table. Raises Refused."""
    deleted, _ = GivenAnswer.objects.filter(outgoing=outgoing, outgoing__state="by_hand").delete()
    if not deleted:
        raise Refused("Этот ответ уже размещён или не передавался: обновите страницу.")
    record(outgoing, "channels.answer_returned", by, outgoing.municipality, details={"about": outgoing.about})


def set_answer_columns(channel: Channel, text: str, form: str, by: Any) -> None:
    """Keep the columns of the channel's table. Raises Refused."""
    if form not in FORMATS:
        raise Refused("Выберите вид таблицы: XLSX или CSV.")
    channel.settings = {**channel.settings, "answer_columns": read_columns(text), "answer_format": form}
    channel.save(update_fields=["settings"])
    record(
        channel, "channels.answer_columns_set", by, channel.municipality, details={"channel": channel.title}
    )
