"""The evidence of a year as the charter's page shows it: asked anew, or counted beforehand where that is slow.

Among a million cases the queries of a charter take seconds together. So a timer counts the slow ones ahead, and
the page says when; in a small town nothing is slow and nothing is kept.
"""

import time
from collections.abc import Iterable
from datetime import date, datetime, timedelta

from otklik.charter.evidence import Evidence, answered_keys, evidence_for
from otklik.charter.models import Clause, KeptEvidence
from otklik.common.models import Municipality
from otklik.common.period import Period

YEAR = timedelta(days=366)
QUICK_SECONDS = 0.03


def evidence_of(
    keys: Iterable[str], municipality: Municipality, now: datetime, today: date
) -> dict[str, Evidence | None]:
    """The evidence of each key over the year up to today; None where no package answers the key."""
    kept = {one.key: _told(one) for one in KeptEvidence.objects.filter(municipality=municipality)}
    return {
        key: kept[key] if key in kept else _asked(key, municipality, now, today)
        for key in dict.fromkeys(keys)
    }


def count_ahead(municipality: Municipality, now: datetime, today: date) -> int:
    """Count anew whatever is slow; what has become quick is kept no more. Returns how many are kept."""
    named = Clause.objects.filter(municipality=municipality).values_list("evidence_key", flat=True)
    keys = set(named) & answered_keys()
    before = set(KeptEvidence.objects.filter(municipality=municipality).values_list("key", flat=True))
    slow = {key for key in sorted(keys) if _asked_slowly(key, municipality, now, today)}
    KeptEvidence.objects.filter(municipality=municipality, key__in=before - slow).delete()
    return len(slow)


def _asked_slowly(key: str, municipality: Municipality, now: datetime, today: date) -> bool:
    began = time.perf_counter()
    found = evidence_for(key, municipality, Period(today - YEAR, today))
    if found is None or time.perf_counter() - began < QUICK_SECONDS:
        return False
    _keep(key, found, municipality, now)
    return True


def _asked(key: str, municipality: Municipality, now: datetime, today: date) -> Evidence | None:
    """The answer of now; a slow one is kept for the next who asks."""
    began = time.perf_counter()
    found = evidence_for(key, municipality, Period(today - YEAR, today))
    if found is not None and time.perf_counter() - began >= QUICK_SECONDS * 3:
        _keep(key, found, municipality, now)
    return found


def _keep(key: str, found: Evidence, municipality: Municipality, now: datetime) -> None:
    KeptEvidence.objects.update_or_create(
        municipality=municipality,
        key=key,
        defaults={
            "count": found.count,
            "last_at": found.last_at,
            "link": found.link,
            "words": found.words,
            "counted_at": now,
        },
    )


def _told(kept: KeptEvidence) -> Evidence:
    return Evidence(kept.count, kept.last_at, kept.link, kept.words, kept.counted_at)
