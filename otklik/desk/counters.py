"""Counters of the rail and the tabs: only what waits for the viewer. One query a person in ten seconds."""

import time

from otklik.accounts.models import User
from otklik.accounts.selectors import Rights
from otklik.cases.selectors import cases_for
from otklik.channels.models import RawMessage
from otklik.channels.selectors import open_calls
from otklik.common.models import Municipality
from otklik.office.errands.selectors import count_waiting
from otklik.satisfaction.selectors import rechecks_for

MEMORY_SECONDS = 10.0
_kept: dict[tuple[int, int], tuple[float, dict[str, int]]] = {}


def counters(user: User, municipality: Municipality, rights: Rights) -> dict[str, int]:
    """How many cases wait in the tray, raw messages were not read, answers wait to be read again, errands wait."""
    key = (user.pk, municipality.pk)
    kept = _kept.get(key)
    if kept is None or time.monotonic() - kept[0] > MEMORY_SECONDS:
        kept = _kept[key] = (time.monotonic(), _count(user, municipality, rights))
    return kept[1]


def forget_counters(user: User, municipality: Municipality) -> None:
    """Count anew at the next screen: the person has just changed what waits."""
    _kept.pop((user.pk, municipality.pk), None)


def _count(user: User, municipality: Municipality, rights: Rights) -> dict[str, int]:
    found = {"triage": 0, "raw": 0, "rechecks": 0, "calls": 0}
    found["errands"] = count_waiting(user, municipality, rights)
    if rights.permissions & {"cases.sort", "cases.assign"}:
        found["triage"] = cases_for(user, municipality, rights).filter(needs_triage=True).count()
    if "channels.view_raw" in rights.permissions:
        found["raw"] = RawMessage.objects.filter(municipality=municipality, state="failed").count()
    if "cases.register" in rights.permissions:
        found["calls"] = open_calls(municipality)
    if "quality.check" in rights.permissions:
        found["rechecks"] = rechecks_for(user, municipality, rights).count()
    return found
