"""Days of a measure: moved with whatever waits for it, kept to working days, with who moved them and why."""

from datetime import date, datetime

from django.db import transaction

from otklik.accounts.models import User
from otklik.audit.services import record
from otklik.common import words as say
from otklik.common.errors import Refused
from otklik.common.models import Municipality
from otklik.deadlines.selectors import calendar_of
from otklik.deadlines.words import choosable_day
from otklik.problems.roadmaps import plan
from otklik.problems.roadmaps.models import Measure, Shifted
from otklik.problems.roadmaps.selectors import measures_of, steps_of
from otklik.problems.roadmaps.services.guard import held_measure, manager, tell, touched, written
from otklik.problems.roadmaps.words import AT_WORK, OPEN

LONGEST_DAYS = 1100


@transaction.atomic
def move_measure(
    measure: Measure, start: date, due: date, why: str, by: User, now: datetime
) -> list[plan.Shift]:
    """Give a measure other days; what waits for it moves too, and every moved date keeps who, when and why.

    Raises Refused for a finished measure, for days before what it waits for ends, and, at work, without a reason.
    """
    found, moved = held_measure(measure, "draft", *AT_WORK)
    rights = manager(by, found)
    if moved.state not in OPEN:
        raise Refused("Мероприятие закончено: его сроки уже не переносят.")
    check_days(start, due, found.municipality)
    if (start, due) == (moved.start, moved.due):
        raise Refused("Сроки те же: переносить нечего.")
    said = written(why, "почему переносим", 300) if found.state in AT_WORK else why.strip()[:300]
    shifts = shifts_of(moved, start, due)
    known = {one.pk: one for one in Measure.objects.filter(roadmap=found)}
    for shift in shifts:
        one = known[shift.key]
        was, one.start, one.due = one.due, shift.start, shift.due
        if found.state in AT_WORK and was != one.due:
            _keep_shift(one, was, said, by, rights.title, now)
        elif found.state == "draft":
            one.first_due = one.due
        one.save(update_fields=["start", "due", "first_due"])
    touched(found)
    details = {str(one.key): one.due.isoformat() for one in shifts}
    record(found, "roadmaps.moved", by, found.municipality, why=said or moved.title[:300], details=details)
    if found.state in AT_WORK:
        tell(found, {known[one.key].post for one in shifts}, f"Перенесены сроки, {found}: {said}")
    return shifts


def shifts_of(measure: Measure, start: date, due: date) -> list[plan.Shift]:
    """What moves when the measure gets these days; the measure itself first. Raises Refused when it begins before
    what it waits for ends."""
    steps = steps_of(measures_of(measure.roadmap))
    known = {one.key: one for one in steps}
    for key in known[measure.pk].after & known.keys():
        if start <= known[key].due:
            other = Measure.objects.get(pk=key).title
            raise Refused(
                f"Раньше кончится «{other}», {say.full_day(known[key].due)}: начните после этого дня."
            )
    return plan.move(steps, measure.pk, start, due, calendar_of(measure.municipality).is_working)


def check_days(start: date, due: date, municipality: Municipality) -> None:
    """Raise Refused for days out of order, too far apart, or an end on a day off."""
    if due < start:
        raise Refused("Окончание раньше начала: поменяйте даты местами.")
    if (due - start).days > LONGEST_DAYS:
        raise Refused("Мероприятие длиннее трёх лет: разделите его.")
    calendar = calendar_of(municipality)
    if not calendar.is_working(due):
        before, after = calendar.previous_working_day(due), calendar.next_working_day(due)
        raise Refused(
            f"{say.full_day(due)} — не рабочий день. Выберите {choosable_day(before)} или {choosable_day(after)}."
        )


def _keep_shift(one: Measure, was: date, why: str, by: User, title: str, now: datetime) -> None:
    Shifted.objects.create(
        municipality=one.municipality,
        measure=one,
        due_was=was,
        due_new=one.due,
        why=why,
        by=by,
        by_title=title[:200],
        at=now,
    )
