"""The evidence of a year as the pages of the charter show it: counted ahead by a timer, one question to read.

A charter names some hundred and thirty queries; together they take a tenth of a second in a small town and
seconds among a million cases. So a timer counts them all beforehand and the pages say when; a key not counted
yet, or counted too long ago, is asked at once and kept for the next who looks.
"""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta

from otklik.charter.evidence import Evidence, answered_keys, evidence_for, in_town
from otklik.charter.models import Clause, KeptEvidence
from otklik.common.models import Municipality
from otklik.common.period import Period

YEAR = timedelta(days=366)
STALE = timedelta(hours=1)
FIELDS = ("count", "last_at", "link", "words", "counted_at")


def year_until(today: date) -> Period:
    """The year a duty is judged by."""
    return Period(today - YEAR, today)


def evidence_of(
    keys: Iterable[str], municipality: Municipality, now: datetime, today: date
) -> dict[str, Evidence | None]:
    """The evidence of each key over the year up to today; None where no package answers the key."""
    wanted = list(dict.fromkeys(keys))
    rows = KeptEvidence.objects.filter(municipality=municipality, counted_at__gt=now - STALE)
    kept = {one.key: in_town(_told(one), municipality) for one in rows}
    missing = [key for key in wanted if key not in kept and key in answered_keys()]
    fresh = _count(missing, municipality, now, today)
    return {key: kept.get(key) or fresh.get(key) for key in wanted}


def ask_anew(key: str, municipality: Municipality, now: datetime, today: date) -> Evidence | None:
    """The evidence of one key at this very moment, with the rows behind it; kept for the others."""
    found = evidence_for(key, municipality, year_until(today))
    if found is not None:
        _keep({key: found}, municipality, now)
    return found


def count_ahead(municipality: Municipality, now: datetime, today: date) -> int:
    """Count every key that the duties name; what no duty names is kept no more. Returns how many are kept."""
    named = Clause.objects.filter(municipality=municipality).values_list("evidence_key", flat=True)
    keys = sorted(set(named) & answered_keys())
    KeptEvidence.objects.filter(municipality=municipality).exclude(key__in=keys).delete()
    return len(_count(keys, municipality, now, today))


def _count(
    keys: Sequence[str], municipality: Municipality, now: datetime, today: date
) -> dict[str, Evidence]:
    found = {key: evidence_for(key, municipality, year_until(today)) for key in keys}
    told = {key: one for key, one in found.items() if one is not None}
    _keep(told, municipality, now)
    return told


def _keep(found: dict[str, Evidence], municipality: Municipality, now: datetime) -> None:
    KeptEvidence.objects.bulk_create(
        [
            KeptEvidence(
                municipality=municipality,
                key=key,
                count=one.count,
                last_at=one.last_at,
                link=one.link,
                words=one.words,
                counted_at=now,
            )
            for key, one in sorted(found.items())
        ],
        update_conflicts=True,
        unique_fields=["municipality", "key"],
        update_fields=FIELDS,
    )


def _told(kept: KeptEvidence) -> Evidence:
    return Evidence(kept.count, kept.last_at, kept.link, kept.words, kept.counted_at)
