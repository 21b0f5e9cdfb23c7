"""Answers and notifications to the document system: containers left in the folder it takes from.

Every number of a container is made of the outgoing's key, so an outgoing sent again is the same container.
"""

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils import timezone

from otklik.channels.adapters.base import SendResult
from otklik.channels.adapters.edms.boxes import boxes_of, put_container
from otklik.channels.adapters.edms.shaping import (
    ACCEPTED,
    REFUSED,
    REPORTED,
    Answered,
    Reply,
    Side,
    document_container,
    notification,
)
from otklik.channels.adapters.outer.adapter import OuterAdapter
from otklik.channels.adapters.source import Unreachable
from otklik.channels.models import Outgoing, RawMessage
from otklik.common.scope import within

REGISTERED = frozenset({"registered", "accepted"})
LEFT = frozenset(
    {"offensive", "unreadable", "no_essence", "court_decision", "repeated", "secret", "return_complaint"}
)


class EdmsAdapter:
    """A document for an answer or a letter, a notification for what became of theirs; by hand without a folder."""

    def send(self, outgoing: Outgoing) -> SendResult:
        if not outgoing.channel.settings.get("folder_out"):
            return OuterAdapter().send(outgoing)
        try:
            reply = _reply_of(outgoing)
            proof = _leave(outgoing, reply)
        except Unreachable as shut:
            return SendResult("retry", error=shut.words)
        except OSError as error:
            return SendResult(
                "retry", error=f"Контейнер не записан ({error.strerror or error}): проверьте папку обмена."
            )
        return SendResult("sent", proof=proof)


def _leave(outgoing: Outgoing, reply: Reply) -> str:
    """The containers of this outgoing; the last one written is its proof."""
    folder, now = boxes_of(outgoing.channel).outgoing, outgoing.created_at
    if outgoing.kind in REGISTERED:
        return put_container(folder, f"{reply.uid}-reg", notification(reply, ACCEPTED, now)).name
    if outgoing.kind in LEFT:
        refusal = notification(reply, REFUSED, now, outgoing.subject)
        put_container(folder, f"{reply.uid}-ref", refusal)
    name = put_container(folder, reply.uid, document_container(reply)).name
    if outgoing.kind == "answer":
        put_container(folder, f"{reply.uid}-rep", notification(reply, REPORTED, now))
    return name


def _reply_of(outgoing: Outgoing) -> Reply:
    told = outgoing.channel.settings
    with within(outgoing.municipality_id):
        raw = RawMessage.objects.filter(channel=outgoing.channel, outer_id=outgoing.reply_to).first()
        files = {
            file.name: (Path(settings.MEDIA_ROOT) / file.path).read_bytes() for file in outgoing.files.all()
        }
    columns = raw.payload.get("columns", {}) if raw else {}
    family, space, version, encoding = (columns.get("Схема", "") + "|||").split("|")[:4]
    zone = ZoneInfo(outgoing.municipality.time_zone)
    on = timezone.localtime(outgoing.created_at, zone).date()
    sender = str(told.get("organization") or outgoing.municipality.name)
    return Reply(
        key=f"{outgoing.municipality_id}:{outgoing.key}",
        number=outgoing.about,
        on=on,
        subject=outgoing.subject,
        ours=Side(sender, str(told.get("organization_uid", ""))),
        theirs=Side(columns.get("Отправитель", ""), columns.get("Код отправителя", "")),
        answered=Answered(
            uid=outgoing.reply_to,
            number=columns.get("Исходящий номер", ""),
            date=columns.get("Исходящая дата", ""),
            family=family or "container",
            space=space,
            version=version,
            encoding=encoding or "utf-8",
        ),
        files={"document.pdf": _paper(outgoing, columns, sender, on), **files},
    )


def _paper(outgoing: Outgoing, columns: Mapping[str, str], sender: str, on: date) -> bytes:
    """The letter itself on a sheet of the town."""
    # Writers of documents are heavy: a web process, which loads this module with the list of adapters, writes none.
    from otklik.channels.print_forms import AnswerSheet, answer_pdf

    number = columns.get("Исходящий номер", "")
    sheet = AnswerSheet(
        sender=sender,
        body=outgoing.body,
        signer_post="",
        date=f"{on:%d.%m.%Y}",
        number=outgoing.about,
        addressee=columns.get("Отправитель", ""),
        answers_to=f"на № {number} от {columns.get('Исходящая дата', '')}" if number else "",
        subject=outgoing.subject,
    )
    return answer_pdf(sheet)
