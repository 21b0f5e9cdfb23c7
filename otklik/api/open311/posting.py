"""A request of an application as a message: fields of the standard checked, the place required, kept raw at once."""

import re
from datetime import datetime
from hashlib import sha256
from uuid import uuid4

from django.http import QueryDict

from otklik.api.open311.render import FaultError
from otklik.channels.incoming import Incoming, Media
from otklik.topics.models import Topic

MOST_TEXT = 4000
DANGER = "danger"
SETTLEMENT = "settlement"
LINK = re.compile(r"https?://\S+$", re.IGNORECASE)


def incoming_of(
    form: QueryDict, topic: Topic, settlements: frozenset[str], now: datetime, key: str = ""
) -> Incoming:
    """The message; the same `key` (Idempotency-Key) gives the same token. Raises FaultError that names the first wrong
    field."""
    text = _line(form, "description", MOST_TEXT)
    lat, lon = _point(form)
    address = _line(form, "address_string", 300)
    if lat is None and not address and not form.get("address_id"):
        raise FaultError(400, "Укажите место: lat и long или address_string.")
    settlement = form.get(f"attribute[{SETTLEMENT}]", "")
    if settlement and settlement not in settlements:
        raise FaultError(400, f"Значения «{settlement[:60]}» у attribute[{SETTLEMENT}] нет.")
    is_dangerous = form.get(f"attribute[{DANGER}]") == "yes"
    lines = [text, f"Адрес: {address}." if address else "", "Опасно для людей." if is_dangerous else ""]
    name = " ".join(filter(None, (_line(form, "last_name", 100), _line(form, "first_name", 100))))
    return Incoming(
        outer_id=f"o311-{sha256(key.encode()).hexdigest()[:32] if key else uuid4().hex}",
        text="\n".join(filter(None, lines)),
        came_at=now,
        # The service was chosen by the author: read together with the words, it tells the topic.
        subject=topic.title,
        author=name,
        phone=_line(form, "phone", 40),
        email=_line(form, "email", 254),
        outer_author=_line(form, "account_id", 200) or _line(form, "device_id", 200),
        settlement=settlement,
        lat=lat,
        lon=lon,
        wants_appeal=False,
        media=_media(form),
        columns={"Услуга Open311": topic.key, "Адрес": address} if address else {"Услуга Open311": topic.key},
    )


def _line(form: QueryDict, name: str, most: int) -> str:
    value = form.get(name, "").replace("\x00", "").strip()
    if len(value) > most:
        raise FaultError(400, f"В поле {name} больше {most} знаков.")
    return value


def _point(form: QueryDict) -> tuple[float | None, float | None]:
    given = form.get("lat", "").strip(), form.get("long", "").strip()
    if not any(given):
        return None, None
    try:
        lat, lon = float(given[0]), float(given[1])
    except ValueError:
        raise FaultError(400, "lat и long — пара чисел в градусах WGS84.") from None
    if not (-90 <= lat <= 90 and -180 <= lon <= 180):
        raise FaultError(400, "lat и long выходят за пределы широт и долгот.")
    return lat, lon


def _media(form: QueryDict) -> tuple[Media, ...]:
    """A picture by its link: fetched later through the guard of links, never by a browser."""
    link = _line(form, "media_url", 2000)
    if not link:
        return ()
    if not LINK.match(link):
        raise FaultError(400, "media_url — адрес, который начинается с https://.")
    return (Media(url=link, kind="photo"),)
