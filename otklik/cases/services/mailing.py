"""Letters of the mailbox at registration: which are taken, and the explanation their writers get (547-ФЗ)."""

import hashlib
from datetime import datetime
from zoneinfo import ZoneInfo

from django.utils import timezone

from otklik.accounts.models import User
from otklik.cases.letters import mail_letter
from otklik.cases.mail import MailWay, mail_way
from otklik.cases.services.knowledge import Knowledge
from otklik.cases.services.message import Read
from otklik.channels.models import RawMessage
from otklik.channels.services import make_outgoing

BY_ITSELF = MailWay(explains=False, takes=True)


def way_of_mail(read: Read, by: User | None, known: Knowledge) -> MailWay:
    """What a clerk typed in, took by hand or took again from the tray is the clerk's decision to register."""
    is_decided = by is not None or read.incoming.clerk_id is not None or read.raw.tries > 0
    if read.raw.channel.kind != "email" or is_decided:
        return BY_ITSELF
    policy, as_message = known.values.get("fz59.email_intake_policy"), known.values.get("mail.as_message")
    return mail_way(policy, as_message, known.charter.regime, read.raw.channel.key, read.incoming.text)


def explain_mail(raw: RawMessage, address: str, is_taken: bool, now: datetime) -> None:
    """Tell the writer which ways to file an appeal there are, once a local day however many letters came."""
    if not address:
        return
    notice = mail_letter(raw.municipality, is_taken)
    day = timezone.localtime(now, ZoneInfo(raw.municipality.time_zone)).date()
    author = hashlib.sha256(address.lower().encode()).hexdigest()[:24]
    make_outgoing(
        channel=raw.channel,
        kind=notice.kind,
        about="",
        recipient=address,
        subject=notice.subject,
        body=notice.body,
        key=f"mail:{author}:{day}",
        now=now,
    )
