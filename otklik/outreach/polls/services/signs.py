"""Signs of fraud are found by the timer and at the closing, kept with their reason, and looked at by a person."""

from collections import Counter
from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from otklik.accounts.models import User
from otklik.audit.services import record
from otklik.common.errors import Refused
from otklik.outreach.polls import fraud, rules
from otklik.outreach.polls.models import Choice, Poll, Pulse, Sign
from otklik.outreach.polls.services.guard import check_right
from otklik.places.cells import distance
from otklik.places.models import Settlement


def find_signs(poll: Poll, now: datetime) -> int:
    """Look for signs in counters and in the opened box; one found again gets its newer figures. How many there are."""
    found = _signs_of(poll)
    known = {(one.kind, one.key): one for one in Sign.objects.filter(poll=poll)}
    for one in found:
        kept = known.get((one.kind, one.key))
        if kept is None:
            Sign.objects.create(
                municipality_id=poll.municipality_id,
                poll=poll,
                kind=one.kind,
                key=one.key,
                words=one.words[:400],
                votes=one.votes,
                sureness=one.sureness,
                found_at=now,
            )
        elif kept.votes != one.votes and kept.looked_at is None:
            kept.words, kept.votes, kept.sureness = one.words[:400], one.votes, one.sureness
            kept.save(update_fields=["words", "votes", "sureness"])
    return len(found)


def _signs_of(poll: Poll) -> list[fraud.Found]:
    spans: Counter[str] = Counter()
    networks: Counter[str] = Counter()
    for kind, key, count in Pulse.objects.filter(poll=poll).values_list("kind", "key", "count"):
        if kind == "minute":
            spans[key.partition("/")[0]] += count
        else:
            networks[key] += count
    said = Choice.objects.filter(ballot__poll=poll)
    texts = said.filter(question__kind="text").values_list("text", flat=True)
    return [
        *fraud.bursts(spans),
        *fraud.networks(networks, max(1, spans.total())),
        *fraud.same_texts(texts),
        *fraud.far_points(_distances(poll)),
    ]


def _distances(poll: Poll) -> list[float | None]:
    """Kilometres from each point to the nearest settlement of the municipality."""
    said = Choice.objects.filter(ballot__poll=poll)
    points = _known(said.values_list("lat", "lon"))
    places = _known(Settlement.objects.filter(municipality_id=poll.municipality_id).values_list("lat", "lon"))
    if not places:
        return [None] * len(points)
    return [min(distance(*point, *place) for place in places) / 1000 for point in points]


def _known(rows: Iterable[tuple[float | None, float | None]]) -> list[tuple[float, float]]:
    return [(lat, lon) for lat, lon in rows if lat is not None and lon is not None]


def look_at(sign: Sign, words: str, by: User, now: datetime) -> Sign:
    """Write what came of the sign; the votes stay, the words go to the protocol. Raises Refused."""
    check_right(by, sign.municipality)
    said = rules.check_verdict(words, 500, "Напишите, что выяснили: слова попадут в протокол итогов.")
    with transaction.atomic():
        changed = Sign.objects.filter(pk=sign.pk, looked_at=None).update(
            looked_at=now, looked_by=by, looked_words=said
        )
        if not changed:
            raise Refused("Этот признак уже разобран: обновите страницу.")
        sign.refresh_from_db()
        record(sign.poll, "polls.sign_looked", by, sign.municipality, why=f"{sign.words} {said}"[:300])
    return sign
