"""A few conversations of the demo: a remark of the author, a neighbour's, thanks after the answer, an edited post."""

from datetime import datetime, timedelta

from otklik.cases.models import Case
from otklik.cases.services.changes import apply_changes
from otklik.cases.services.intake import register_waiting
from otklik.channels.adapters.source import Change
from otklik.channels.incoming import Incoming
from otklik.channels.services import keep_many
from otklik.channels.services.changes import keep_changes
from otklik.channels.style import WAYS
from otklik.common.models import Municipality

MOST = 8
MORE = "Забыли написать: мой номер 8 (900) 000-12-34, можем показать место после шести."
NEIGHBOUR = "Поддерживаю, у нас во дворе все об этом говорят"
THANKS = "Спасибо большое, всё сделали"
EDITED = "Уточняем: началось ещё на прошлой неделе. Остальное так же."


def make_talks(municipality: Municipality, now: datetime) -> int:
    """Let people go on talking under the newest messages of networks; returns how many remarks were joined."""
    found = Case.objects.filter(municipality=municipality, channel__kind__in=WAYS, raw__isnull=False)
    cases = list(
        found.exclude(state="joined").select_related("channel", "raw").order_by("-came_at", "-id")[:MOST]
    )
    remarks = {case.pk: _remarks(case, now) for case in cases}
    for case in cases:
        keep_many(remarks[case.pk], case.channel)
    register_waiting(municipality, now)
    for case in cases[::3]:
        change = Change(_first(case).outer_id, "edited", min(case.came_at + timedelta(hours=2), now), EDITED)
        keep_changes([change], case.channel, now)
    apply_changes(municipality, now)
    return sum(map(len, remarks.values()))


def _first(case: Case) -> Incoming:
    return Incoming.from_payload(case.raw.payload if case.raw else {})


def _remarks(case: Case, now: datetime) -> list[Incoming]:
    """What is said after the first message, by its state and its turn."""
    first = _first(case)
    if case.answered_at:
        return [
            _said(
                first, "thanks", THANKS, first.outer_author, min(case.answered_at + timedelta(hours=3), now)
            )
        ]
    said = [_said(first, "more", MORE, first.outer_author, min(case.came_at + timedelta(minutes=40), now))]
    if case.pk % 2:
        at = min(case.came_at + timedelta(minutes=55), now)
        said.append(_said(first, "neighbour", NEIGHBOUR, f"{first.outer_author}-neighbour", at))
    return said


def _said(first: Incoming, key: str, text: str, author: str, at: datetime) -> Incoming:
    return Incoming(
        outer_id=f"{first.outer_id}-{key}",
        text=text,
        came_at=at,
        outer_author=author,
        link=f"{first.link}?reply={key}",
        thread=first.thread,
        parent=first.outer_id,
        page=first.page,
    )
