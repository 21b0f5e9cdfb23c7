"""Roadmaps as screens draw them: rows of the list, measures with their clocks, the picture of the plan."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from otklik.common import words
from otklik.deadlines.calendar import WorkCalendar
from otklik.desk.clocks import Chip
from otklik.desk.day_clock import day_chip
from otklik.desk.forms.roadmaps import measure_title
from otklik.desk.gantt import Gantt, Line, gantt_of
from otklik.problems.roadmaps.models import EffectCount, Measure, Roadmap
from otklik.problems.roadmaps.plan import critical, slack_of
from otklik.problems.roadmaps.selectors import steps_of
from otklik.problems.roadmaps.words import AT_WORK, OPEN

MEASURES = ("мероприятие", "мероприятия", "мероприятий")
DAYS = ("день", "дня", "дней")


@dataclass(frozen=True)
class Row:
    """A roadmap of the list: how many measures are done, the nearest one's clock, the effect in a word."""

    roadmap: Roadmap
    done: int
    of: int
    late: int
    chip: Chip | None
    effect: EffectCount | None

    @property
    def change(self) -> str:
        """«−34 %»; empty where nothing could be told."""
        known = self.effect is not None and self.effect.change is not None
        return words.percent(round(self.effect.change or 0) / 100) if known and self.effect else ""


@dataclass(frozen=True)
class Drawn:
    """A measure of the card: its place, clock, what it waits for, the days it may slip, the deeds of the viewer."""

    measure: Measure
    place: int
    chip: Chip | None
    after: str
    slack: str
    is_critical: bool
    linked: str
    may_report: bool
    is_ready: bool


def row_of(roadmap: Roadmap, now: datetime, calendar: WorkCalendar) -> Row:
    """A line of the list; measures and effects are read beforehand."""
    measures = [one for one in roadmap.measures.all() if one.state != "dropped"]
    waiting = sorted((one for one in measures if one.state in OPEN), key=lambda one: one.due)
    today = calendar.day_of(now)
    at_work = roadmap.state in AT_WORK
    chip = day_chip(waiting[0].due, "ближайшее мероприятие", now, calendar) if waiting and at_work else None
    return Row(
        roadmap,
        sum(one.state == "done" for one in measures),
        len(measures),
        sum(one.due < today for one in waiting) if at_work else 0,
        chip,
        next(iter(roadmap.effects.all()), None),
    )


def opening_of(rows: Sequence[Row]) -> str:
    """«Исполняются две карты, просрочено одно мероприятие.»"""
    at_work = sum(one.roadmap.state in AT_WORK for one in rows)
    late, proved = sum(one.late for one in rows), sum(_is_proved(one) for one in rows)
    said = ["В работе карт нет"]
    if at_work:
        said = [f"В работе {words.spell_count(at_work, ('карта', 'карты', 'карт'), 'f')}"]
        said.append(
            f"просрочено {words.spell_count(late, MEASURES, 'n')}" if late else "просроченных мероприятий нет"
        )
    if proved:
        said.append(f"эффект доказан: {words.number(proved)}")
    return f"{', '.join(said)}."


def _is_proved(row: Row) -> bool:
    return row.effect is not None and row.effect.verdict == "proved"


def drawn_of(
    measures: Sequence[Measure],
    roadmap: Roadmap,
    now: datetime,
    calendar: WorkCalendar,
    mine: Iterable[int],
) -> list[Drawn]:
    """Measures of the card in order; `mine` are keys of those the viewer may report."""
    places = {one.pk: place for place, one in enumerate(measures, start=1)}
    states = {one.pk: one.state for one in measures}
    today = calendar.day_of(now) if roadmap.state in AT_WORK else None
    steps, reported = steps_of(measures, today), set(mine)
    slack, path = slack_of(steps), set(critical(steps))
    found = []
    for one in measures:
        waits = sorted(places[wait.other_id] for wait in one.waits.all())
        left = slack.get(one.pk)
        found.append(
            Drawn(
                one,
                places[one.pk],
                chip_of_measure(one, roadmap, now, calendar),
                ", ".join(str(place) for place in waits),
                _slack(left) if left is not None and one.state in OPEN else "",
                one.pk in path and one.state in OPEN,
                measure_title(one.measure_key),
                one.pk in reported,
                all(states[wait.other_id] in ("done", "dropped") for wait in one.waits.all()),
            )
        )
    return found


def chip_of_measure(one: Measure, roadmap: Roadmap, now: datetime, calendar: WorkCalendar) -> Chip | None:
    """The clock of a measure; a draft has no running clocks, a dropped measure has none."""
    if one.state == "dropped":
        return None
    if one.done_on:
        return day_chip(one.due, "", now, calendar, calendar.end_of_work(one.done_on))
    return day_chip(one.due, "", now, calendar) if roadmap.state in AT_WORK else None


def gantt_of_measures(
    drawn: Sequence[Drawn], roadmap: Roadmap, now: datetime, calendar: WorkCalendar
) -> Gantt | None:
    """The picture of the plan with what it says in a sentence."""
    kept = [one for one in drawn if one.measure.state != "dropped"]
    lines = [
        Line(
            one.measure.pk,
            one.place,
            one.measure.title,
            one.measure.start,
            max(one.measure.done_on or one.measure.due, one.measure.start),
            one.chip.state if one.chip else "plan",
            one.is_critical,
            tuple(wait.other_id for wait in one.measure.waits.all()),
            _said(one),
        )
        for one in kept
    ]
    if not kept:
        return None
    last = max(one.due for one in lines)
    path = ", ".join(str(one.place) for one in kept if one.is_critical)
    says = f"{words.count(len(kept), *MEASURES)}, план кончается {words.full_day(last)}"
    if path:
        says += f"; критический путь: {path}. Толстый край — критический путь: задержка сдвинет конец плана"
    return gantt_of(lines, calendar.day_of(now), f"{says}.")


def _slack(days: int) -> str:
    """«запас 4 дня», «сдвигает конец плана на 2 дня»."""
    if days < 0:
        return f"сдвигает конец плана на {words.count(-days, *DAYS)}"
    return f"запас {words.count(days, *DAYS)}" if days else "на критическом пути"


def _said(one: Drawn) -> str:
    days = f"{words.table_day(one.measure.start)} – {words.table_day(one.measure.due)}"
    clock = f", {one.chip.words}" if one.chip else ""
    return f"{one.place}. {one.measure.title}: {days}{clock}"
