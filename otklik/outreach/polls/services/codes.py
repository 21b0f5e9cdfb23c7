"""A code for one poll is sent to a mail or a telephone; only its keyed hash and the hash of the address are kept."""

import secrets
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F

from otklik.channels.adapters.registry import sends_by_itself
from otklik.channels.models import Channel
from otklik.channels.services import channel_of_kind, make_outgoing
from otklik.common.errors import Refused
from otklik.common.models import Municipality
from otklik.common.words import count
from otklik.outreach.polls.marks import mark_of
from otklik.outreach.polls.models import CodeSent, Poll
from otklik.outreach.polls.services.voting import opened

LASTS = timedelta(minutes=15)
MOST_TRIES, MOST_SENT = 5, 5
NO_SMS = "Коды по СМС отсюда не отправляют: укажите почту."
WRONG = "Код не подошёл или устарел. Проверьте цифры или запросите новый."


def send_code(poll: Poll, email: str, phone: str, now: datetime) -> str:
    """Send six figures to one of the two; returns the contact as it is known in this poll. Raises Refused."""
    contact = known_as(email, phone)
    code = f"{secrets.randbelow(10**6):06d}"
    with transaction.atomic():
        held = opened(poll, now)
        channel = _way(held.municipality, email)
        mark = mark_of(held, "contact", contact)
        row, fresh = CodeSent.objects.select_for_update().get_or_create(
            mark=mark,
            defaults={
                "municipality": held.municipality,
                "poll": held,
                "code_hash": _hash(held, contact, code),
                "good_until": now + LASTS,
            },
        )
        if not fresh:
            _again(row, _hash(held, contact, code), now)
        _write(held, channel, email or phone, code, f"{mark.hex[:16]}:{row.sent}", now)
    return contact


def _again(row: CodeSent, code_hash: str, now: datetime) -> None:
    if row.sent >= MOST_SENT:
        raise Refused(f"На этот адрес отправлено {MOST_SENT} кодов: больше не отправим. Позвоните нам.")
    row.code_hash, row.good_until, row.tries, row.sent = code_hash, now + LASTS, 0, row.sent + 1
    row.save(update_fields=["code_hash", "good_until", "tries", "sent"])


def check_code(poll: Poll, contact: str, code: str, now: datetime) -> str:
    """The voter this code belongs to, as `cast` takes it: no address in it. Raises Refused; each try is counted."""
    mark = mark_of(poll, "contact", contact)
    # The try is counted before it is judged and whatever it comes to.
    rows = CodeSent.objects.filter(mark=mark, tries__lt=MOST_TRIES, good_until__gt=now)
    if not rows.update(tries=F("tries") + 1):
        raise Refused(WRONG)
    if not secrets.compare_digest(
        CodeSent.objects.values_list("code_hash", flat=True).get(mark=mark), _hash(poll, contact, code)
    ):
        raise Refused(WRONG)
    return f"contact:{mark.hex}"


def known_as(email: str, phone: str) -> str:
    """One spelling of a contact: a mail in small letters, the last ten figures of a telephone. Raises Refused."""
    if email:
        return email.strip().lower()
    figures = "".join(sign for sign in phone if sign.isdecimal())[-10:]
    if len(figures) != 10:
        raise Refused("Укажите почту или номер телефона с кодом: десять цифр.")
    return figures


def _way(municipality: Municipality, email: str) -> Channel:
    """Mail by our own channel; a telephone only where a gateway is connected as a channel of the kind `sms`."""
    if email:
        return channel_of_kind(municipality, "email")
    found = Channel.objects.filter(municipality=municipality, kind="sms").order_by("pk").first()
    if found is None or not sends_by_itself(found):
        raise Refused(NO_SMS)
    return found


def _write(poll: Poll, channel: Channel, recipient: str, code: str, key: str, now: datetime) -> None:
    minutes = count(int(LASTS.total_seconds() // 60), "минуту", "минуты", "минут")
    body = (
        f"Код для участия: {code}. Действует {minutes}. «{poll.title}», {poll.municipality.name}.\n\n"
        "Если вы не просили код, ничего не делайте: без него голос с вашего адреса не примут."
    )
    make_outgoing(
        channel,
        "notice",
        f"poll:{poll.pk}",
        recipient,
        "Код для участия в опросе",
        body,
        f"poll:{poll.pk}:code:{key}",
        now=now,
    )


def _hash(poll: Poll, contact: str, code: str) -> str:
    return mark_of(poll, "code", f"{contact}:{code.strip()}").hex
