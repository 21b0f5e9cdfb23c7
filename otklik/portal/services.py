"""Sending from the open page: files and the message are kept at once; the worker registers it within seconds."""

import uuid
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from otklik.cases.models import Case
from otklik.cases.rules import BEFORE_ANSWER
from otklik.cases.services import join_case
from otklik.channels.files import store_files
from otklik.channels.incoming import Incoming
from otklik.channels.models import StoredFile
from otklik.channels.services import channel_of_kind, keep_raw
from otklik.common.errors import Refused
from otklik.common.models import Municipality
from otklik.portal.codes import hash_of, make_code
from otklik.portal.like import like_cases
from otklik.portal.rules import Contact, Ways

CLOSED_WAY = (
    "Обращение по 59-ФЗ через страницу примем только после подтверждения личности, а входа через Госуслуги "
    "здесь пока нет. Отправьте как сообщение или распечатайте бланк."
)


def send_message(town: Municipality, said: dict[str, Any], ways: Ways, now: datetime) -> str:
    """Keep the citizen's message with its files; returns the secret code, shown once.

    `said` is the checked form. Joining is for messages and only to a case the citizen was shown: anything else
    would open a stranger's answer. Raises Refused for a file we do not take and for an appeal without
    identification (59-ФЗ ст. 7 in the edition of 547-ФЗ).
    """
    if said["way"] == "appeal" and ways.needs_identification:
        raise Refused(CLOSED_WAY)
    files = store_files([(one.name, one.file) for one in said["photos"]], town)
    code = make_code()
    shown = like_cases(town, words_of(said), now) if said["joins"] and said["way"] == "message" else []
    if said["joins"] not in {one.number for one in shown}:
        said = {**said, "joins": ""}
    keep_raw(_incoming(said, code, files, now), channel_of_kind(town, "web_form"), files=files)
    return code


def words_of(said: Mapping[str, Any]) -> str:
    """Text and address together: what the place is read from."""
    return f"{said.get('text', '')}\n{said.get('address', '')}".strip()


def _incoming(said: dict[str, Any], code: str, files: Sequence[StoredFile], now: datetime) -> Incoming:
    contact: Contact = said["contact"]
    lat, lon = _point(said, files)
    where = said["address"].strip()
    return Incoming(
        outer_id=str(uuid.uuid4()),
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
