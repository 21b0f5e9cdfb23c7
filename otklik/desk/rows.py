"""A row of the list as it is drawn: words made once in Python, because a template pays for every look-up fifty
times a page. Pure: the moment and the calendar are arguments."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.safestring import SafeString

from otklik.cases.models import Case
from otklik.cases.states import KINDS, STATES
from otklik.common.templatetags.words import came, exact
from otklik.common.words import tie
from otklik.deadlines.calendar import WorkCalendar
from otklik.desk.clocks import row_chip
from otklik.desk.templatetags.desk import clock, sureness

KIND_TITLES, STATE_TITLES = dict(KINDS), dict(STATES)


@dataclass(frozen=True, slots=True)
class Row:
    """What a row of the list says; `look` is the state of its clock, `checked` marks are drawn already."""

    number: str
    gist: str
    source: str
    topic: str
    is_pencilled: bool
    place: str
    body: str
    state: str
    clock: SafeString
    look: str
    sureness: SafeString
    came: str
    came_exactly: str
    is_urgent: bool
    is_repeat: bool
    needs_triage: bool


def row_of(case: Case, now: datetime, calendar: WorkCalendar) -> Row:
    """The row of a case whose topic, settlement, body and channel are fetched."""
    chip = row_chip(case, now, calendar)
    return Row(
        number=case.number,
        gist=tie(case.gist),
        source=f"{KIND_TITLES.get(case.kind, case.kind)}, {case.channel.title}",
        topic=tie(case.topic.title) if case.topic else "тема не\u00a0выбрана",
        is_pencilled=case.topic is not None and not case.topic_checked,
        place=case.place_line or "место не\u00a0названо",
        body=tie(case.body.short_name) if case.body else "не\u00a0назначено",
        state=STATE_TITLES.get(case.state, case.state),
        clock=clock(chip),
        look=chip.state if chip else "done",
        sureness=sureness(case.topic_sureness, case.topic_checked, True),
        came=came(case.came_at),
        came_exactly=exact(case.came_at),
        is_urgent=case.urgency == "high",
        is_repeat=case.is_repeat,
        needs_triage=case.needs_triage,
    )
