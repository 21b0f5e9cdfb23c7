"""A citizen who came through Госуслуги: no account is made, the confirmed name stands in the session for an hour.

`accounts.adapter` puts it there after the flow, the citizen's page reads it and forgets it after sending.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Any

from django.http import HttpRequest

from otklik.accounts.esia.person import Person

KEY = "citizen"
LASTS = timedelta(hours=1)


@dataclass(frozen=True)
class Citizen:
    """Whom Госуслуги have confirmed, for the page of which town."""

    town: str
    person: Person


def keep_citizen(request: HttpRequest, town: str, person: Person, now: datetime) -> None:
    """Remember the person for this town's page alone."""
    request.session[KEY] = {"town": town, "until": (now + LASTS).isoformat(), "person": asdict(person)}


def citizen_of(request: HttpRequest, town: str, now: datetime) -> Citizen | None:
    """The person who signed in on this town's page within the hour."""
    kept: Mapping[str, Any] = request.session.get(KEY) or {}
    if kept.get("town") != town or datetime.fromisoformat(kept["until"]) < now:
        return None
    return Citizen(town, Person(**kept["person"]))


def forget_citizen(request: HttpRequest) -> None:
    """Leave nothing of the person on this device."""
    request.session.pop(KEY, None)
