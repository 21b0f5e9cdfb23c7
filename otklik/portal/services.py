"""Sending from the open page: files and the message are kept at once; the worker registers it within seconds."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from otklik.accounts.esia.person import Person
from otklik.accounts.esia.selectors import can_enter
from otklik.cases.models import Case
from otklik.cases.rules import BEFORE_ANSWER
from otklik.cases.services import join_case
from otklik.channels.files import store_files
from otklik.channels.incoming import Incoming
from otklik.channels.models import RawMessage, StoredFile
from otklik.channels.services import channel_of_kind, keep_raw
from otklik.common.errors import Refused
from otklik.common.models import Municipality
from otklik.portal.codes import code_for, hash_of
from otklik.portal.like import like_cases
from otklik.portal.rules import Contact, Ways

CLOSED_WAY = (
    "Обращение по 59-ФЗ через страницу примем только после подтверждения личности, а входа через Госуслуги "
    "здесь пока нет. Отправьте как сообщение или распечатайте бланк."
)
UNCONFIRMED = (
    "Обращение по 59-ФЗ через страницу примем только после подтверждения личности. Войдите через Госуслуги с "
    "подтверждённой учётной записью, отправьте как сообщение или распечатайте бланк."
)


def send_message(
    town: Municipality, said: dict[str, Any], ways: Ways, now: datetime, person: Person | None = None
) -> str:
    """Keep the citizen's message with its files; returns the secret code, shown once.

    `said` is the checked form, `person` whom Госуслуги have let in. Joining is for messages and only to a case the
    citizen was shown: anything else would open a stranger's answer. The same words under the same key `once` are kept
    once and give the same code: a draft sent again after a cut line makes no second message. Raises Refused for a file
    we do not take and for an appeal without identification (59-ФЗ ст. 7 in the edition of 547-ФЗ).
    """
    is_confirmed = person is not None and person.is_confirmed
    if said["way"] == "appeal" and ways.needs_identification and not is_confirmed:
        raise Refused(UNCONFIRMED if can_enter() else CLOSED_WAY)
    channel, outer_id = channel_of_kind(town, "web_form"), _outer_id(said)
    code = code_for(f"{town.key}:{outer_id}")
    if RawMessage.objects.filter(channel=channel, outer_id=outer_id).exists():
        return code
    if person:
        said = {**said, **_words_of(person)}
    files = store_files([(one.name, one.file) for one in said["photos"]], town)
    shown = like_cases(town, words_of(said), now) if said["joins"] and said["way"] == "message" else []
    if said["joins"] not in {one.number for one in shown}:
        said = {**said, "joins": ""}
    incoming = replace(_incoming(said, code, files, now), outer_id=outer_id, is_identified=is_confirmed)
    keep_raw(incoming, channel, files=files)
    return code


def _outer_id(said: Mapping[str, Any]) -> str:
    """Of the key and the words: words changed after going back are another message, not a lost one."""
    words = "\n".join(str(said.get(name, "")) for name in ("way", "text", "address"))
    return str(uuid.uuid5(said.get("once") or uuid.uuid4(), words))


def _words_of(person: Person) -> dict[str, Any]:
    """What stands in the form of a person who came through Госуслуги; the consent was given before leaving for it."""
    return {"name": person.name, "contact": Contact(person.phone, person.email), "consent": True}


def words_of(said: Mapping[str, Any]) -> str:
    """Text and address together: what the place is read from."""
    return f"{said.get('text', '')}\n{said.get('address', '')}".strip()


def _incoming(said: dict[str, Any], code: str, files: Sequence[StoredFile], now: datetime) -> Incoming:
    contact: Contact = said["contact"]
    lat, lon = _point(said, files)
    where = said["address"].strip()
    return Incoming(
        outer_id="",
        text=f"{said['text']}\n\nГде: {where}" if where else said["text"],
        came_at=now,
        sent_at=now,
        author=said["name"].strip(),
        phone=contact.phone,
        email=contact.email,
        wants_appeal=said["way"] == "appeal",
        consent=said["consent"],
        lat=lat,
        lon=lon,
        follow_hash=hash_of(code),
        joins=said["joins"],
    )


def _point(said: dict[str, Any], files: Sequence[StoredFile]) -> tuple[float | None, float | None]:
    """The mark on the map, else where the first photo was taken."""
    if said["lat"] is not None and said["lon"] is not None:
        return said["lat"], said["lon"]
    return next(((one.lat, one.lon) for one in files if one.lat is not None), (None, None))


def join_by_wish(case: Case, other: Case, now: datetime) -> Case:
    """The citizen joins a like message; both stay with their authors. Raises Refused when it is too late."""
    if case.state not in BEFORE_ANSWER:
        raise Refused("Присоединиться уже нельзя: по сообщению готовят ответ.")
    return join_case(case, other, None, now)
