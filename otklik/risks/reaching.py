"""The reach as the network itself tells it: the first measure and what changed since, for risks found in a channel."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from otklik.channels.models import RawChange
from otklik.common.models import Municipality
from otklik.risks.models import Reach, Risk
from otklik.risks.words import OPEN_STATES

NAMES = {"views": "views", "likes": "reactions", "comments": "comments", "reposts": "reposts"}
"""How networks call their counts, and how ours are called."""
MEASURED = {"h2": timedelta(hours=2), "h24": timedelta(hours=24)}
"""When the reach is measured again after detection."""


def figures_in(reach: Mapping[str, object]) -> dict[str, int]:
    """Counts of a network by our names; what it does not tell is left out."""
    return {
        ours: count
        for theirs, ours in NAMES.items()
        if isinstance(count := reach.get(theirs), int) and not isinstance(count, bool) and count >= 0
    }


def mark_of(began_at: datetime, at: datetime, taken: set[str]) -> str:
    """Which measure of the card this moment answers: the last of t0, +2 h, +24 h that has come and is not taken."""
    for mark, after in reversed(MEASURED.items()):
        if at >= began_at + after and mark not in taken:
            return mark
    return "t0" if "t0" not in taken and at < began_at + MEASURED["h2"] else "other"


def take_reach(municipality: Municipality, now: datetime) -> int:
    """Write down what networks told of the reach of open risks since the last measure; returns how many rows."""
    rows = Risk.objects.filter(municipality=municipality, state__in=OPEN_STATES, raw__isnull=False)
    return sum(_take(risk, now) for risk in rows.prefetch_related("reach").select_related("municipality"))


def _take(risk: Risk, now: datetime) -> int:
    known = [one for one in risk.reach.all() if one.source == "channel"]
    since = max((one.at for one in known), default=None)
    changes = RawChange.objects.filter(raw=risk.raw_id, kind="reach", at__lte=now).order_by("at", "pk")
    taken = {one.mark for one in risk.reach.all() if one.round == risk.round}
    made = 0
    for change in changes.filter(at__gt=since) if since else changes:
        if figures := figures_in(change.reach):
            mark = mark_of(risk.began_at, change.at, taken)
            taken.add(mark)
            Reach.objects.create(
                municipality=risk.municipality,
                risk=risk,
                round=risk.round,
                at=change.at,
                mark=mark,
                source="channel",
                **figures,
            )
            made += 1
    return made
