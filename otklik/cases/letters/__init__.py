"""Texts that leave in the town's name by themselves: notices of 59-ФЗ and of the work with a message.

Each is a template file beside this one: the first line is the subject, the rest the body.
"""

from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from string import Template
from zoneinfo import ZoneInfo

from django.conf import settings

from otklik.cases.models import Case
from otklik.common.models import Municipality

FOLDER = Path(__file__).parent


@dataclass(frozen=True)
class Letter:
    """A notice ready to send."""

    kind: str
    subject: str
    body: str


def _said(value: object, zone: ZoneInfo) -> str:
    if isinstance(value, datetime):
        return f"{value.astimezone(zone):%d.%m.%Y}"
    return f"{value:%d.%m.%Y}" if isinstance(value, date) else str(value)


def letter(kind: str, case: Case, **fields: object) -> Letter:
    """Fill the template of this kind; a missing field is an error of the program (KeyError)."""
    zone = ZoneInfo(case.municipality.time_zone)
    known: dict[str, object] = {
        "number": case.number,
        "town": case.municipality.name,
        "registered": case.registered_at,
        "came": case.came_at,
        **fields,
    }
    text = Template((FOLDER / f"{kind}.txt").read_text(encoding="utf-8"))
    subject, _, body = text.substitute({key: _said(value, zone) for key, value in known.items()}).partition(
        "\n"
    )
    return Letter(kind, subject.strip(), body.strip())


def mail_letter(municipality: Municipality, is_taken: bool) -> Letter:
    """What a person who wrote by mail is told: mail is no way to file an appeal, and which ways are."""
    name = "email_taken.txt" if is_taken else "email_channel.txt"
    text = Template((FOLDER / name).read_text(encoding="utf-8"))
    address = f"{settings.PUBLIC_URL}/p/{municipality.key}/"
    subject, _, body = text.substitute(town=municipality.name, link=address).partition("\n")
    return Letter("email_channel", subject.strip(), body.strip())
