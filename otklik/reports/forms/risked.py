"""The section of information risks: what was found in the period, whether it was so, how quickly it was answered.

Exercises are left out. Whatever people have typed is masked: a paper never carries a resident's data.
"""

from django.db.models import Prefetch, Q

from otklik.common.words import NBSP, count, number
from otklik.language.personal import mask
from otklik.reports.parts import Cell, Writing, text_cell
from otklik.reports.phrases import of_whole, sentence
from otklik.reports.source import Source
from otklik.risks.figures import SPEEDS, Line, speeds, summary
from otklik.risks.models import Risk, RiskClock
from otklik.risks.selectors import is_kept, levels_of, page_of, real
from otklik.risks.words import CLOCKS

HEAD = ("Риск", "Уровень", "Итог проверки", "Состояние", "Первое слово")
WIDTHS = (3.2, 1.2, 1.4, 1.6, 1.4)
RISKS = ("риск", "риска", "рисков")
MOST = 20


def risks_kept(source: Source, page: Writing) -> bool:
    """Figures and a table of risks found in the period or standing open in it; whether there were any."""
    if not is_kept(source.town):
        return False
    found = _risks(source)
    if found:
        page.say(_found(source), *_answered(source))
    page.table("Информационные риски", HEAD, [_row(one, source) for one in found[:MOST]], WIDTHS)
    return bool(found)


def _risks(source: Source) -> list[Risk]:
    start, end = source.period.moments(source.town.time_zone)
    first = Prefetch("clocks", RiskClock.objects.filter(key="first_word").order_by("-round"), to_attr="words")
    alive = Q(closed_at__isnull=True) | Q(closed_at__gte=start)
    rows = (
        real(source.town).filter(alive, found_at__lt=end).select_related("settlement").prefetch_related(first)
    )
    levels = list(levels_of(source.town))
    place = {key: position for position, key in enumerate(levels)}
    return sorted(rows, key=lambda one: (place.get(one.level_key, len(place)), one.number))


def _found(source: Source) -> str:
    told = summary(source.town, source.period, source.now)
    parts = [f"выявлено {count(told.found, *RISKS)}", f"отработано {number(told.closed)}"]
    known = (("подтвердилось", told.confirmed), ("опровергнуто", told.refuted), ("частично", told.partly))
    parts += [f"{word} {number(n)}" for word, n in known if n]
    if told.repeated:
        parts.append(f"распространялось снова {number(told.repeated)}")
    return sentence(", ".join(parts))


def _answered(source: Source) -> list[str]:
    """«В срок: сообщить в алерт-чат 5 из 6, …»; nothing while no clock has run."""
    _, end = source.period.moments(source.town.time_zone)
    lines = speeds(source.town, source.period, "level", min(end, source.now))
    said = [f"{CLOCKS[key]} {_in_time(lines, key)}" for key in SPEEDS if _started(lines, key)]
    return [sentence(f"в{NBSP}срок: {', '.join(said)}")] if said else []


def _started(lines: list[Line], key: str) -> int:
    return sum(one.speeds[key].started for one in lines)


def _in_time(lines: list[Line], key: str) -> str:
    return of_whole(sum(one.speeds[key].in_time for one in lines), _started(lines, key))


def _row(one: Risk, source: Source) -> tuple[Cell, ...]:
    level = levels_of(source.town).get(one.level_key)
    place = f", {one.settlement}" if one.settlement else ""
    return (
        text_cell(mask(f"№ {one.number}. {one.title}{place}").text, page_of(one)),
        text_cell(level.title if level else one.level_key),
        text_cell(one.get_verdict_display() or "проверяется"),
        text_cell(one.get_state_display()),
        text_cell(_first_word(one)),
    )


def _first_word(one: Risk) -> str:
    clocks: list[RiskClock] = getattr(one, "words", [])
    done = next((clock for clock in clocks if clock.stopped_at is not None), None)
    if done is None or done.stopped_at is None:
        return "ещё не дано" if clocks else "не давали"
    minutes = round((done.stopped_at - done.start_at).total_seconds() / 60)
    return f"через {number(minutes)}{NBSP}мин"
