"""The section of polls, votes and discussions: what was asked in the period, who answered, what was decided.

Exercises are left out. Whatever people have typed is masked: a paper never carries a resident's data.
"""

from django.db.models import Q, QuerySet

from otklik.common.words import NBSP, count, number, table_day
from otklik.language.personal import mask
from otklik.outreach.polls.models import Poll
from otklik.outreach.polls.selectors import participants, with_participants
from otklik.outreach.polls.words import COUNTED, ENDED, FORMS, PLACES
from otklik.reports.parts import Cell, Writing, count_cell, text_cell
from otklik.reports.phrases import sentence
from otklik.reports.source import Source

HEAD = ("О чём спросили", "Форма", "Где и когда", "Участников", "Что решено")
WIDTHS = (2.6, 1.2, 1.6, 1.0, 2.8)


def polls_kept(source: Source, page: Writing) -> bool:
    """Forms by number and a table of what stood open on any day of the period; whether there was any."""
    found = list(_polls(source))
    ended = [one for one in found if one.state in ENDED]
    said = [count(n, *COUNTED[form]) for form in FORMS if (n := sum(one.form == form for one in found))]
    people = sum(participants(one) for one in found)
    if found:
        decided = sum(one.state == "decided" for one in found)
        page.say(
            sentence(f"проведено: {', '.join(said)}; участников {number(people)}"),
            sentence(f"закончено {number(len(ended))}, решение принято по{NBSP}{number(decided)}")
            if ended
            else "",
        )
    page.table("Опросы, голосования и обсуждения", HEAD, [_row(one) for one in found], WIDTHS)
    return bool(found)


def _polls(source: Source) -> QuerySet[Poll]:
    start, end = source.period.moments(source.town.time_zone)
    held = Poll.objects.filter(municipality=source.town, is_training=False, opened_at__lt=end)
    held = held.filter(Q(closed_at__isnull=True) | Q(closed_at__gte=start)).exclude(state="withdrawn")
    return with_participants(held.select_related("decision")).order_by("opened_at", "pk")


def _row(poll: Poll) -> tuple[Cell, ...]:
    days = [table_day(one) for one in (poll.opens_on, poll.closes_on) if one]
    return (
        text_cell(mask(f"№ {poll.number}. {poll.title}").text, f"/polls/{poll.pk}/"),
        text_cell(poll.get_form_display()),
        Cell(f"{PLACES[poll.place]}, {' – '.join(days)}"),
        count_cell(participants(poll)),
        text_cell(mask(_decided(poll)).text),
    )


def _decided(poll: Poll) -> str:
    decision = getattr(poll, "decision", None)
    if decision is not None:
        act = f" ({decision.act})" if decision.act else ""
        return f"{decision.text}{act}"
    return "итоги подведены, решение готовится" if poll.state == "summed" else poll.get_state_display()
