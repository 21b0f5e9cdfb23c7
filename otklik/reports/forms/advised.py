"""Sections that tell the catalogue of advice: how blocks adopt what was accepted, best practices of a quarter.

Whatever people have typed is masked: a paper never carries a resident's data.
"""

from otklik.analytics.measures import MEASURES
from otklik.common.words import NBSP, count, number, table_day
from otklik.language.personal import mask
from otklik.problems.advice.models import Adoption, Advice
from otklik.problems.advice.selectors import adopted_by, effects_by
from otklik.reports.parts import Writing, text_cell
from otklik.reports.phrases import sentence
from otklik.reports.source import Source


def practices_kept(source: Source, page: Writing) -> bool:
    """Practices accepted by the end of the period, each with what blocks and effects say; whether there were any."""
    kept = [
        (one, reports)
        for one, reports in adopted_by(source.town, source.period.until)
        if one.kind == "practice"
    ]
    titles = {one.key: one.title for one in source.blocks}
    page.table(
        "Лучшие практики",
        ("Практика", "Внедрение", "Эффект"),
        [
            (
                text_cell(mask(one.title).text),
                text_cell(_said_by_blocks(reports, titles)),
                text_cell(_gave(one, source)),
            )
            for one, reports in kept
        ],
        (2.4, 2.6, 2.4),
    )
    return bool(kept)


def adoption(source: Source, page: Writing, kept: list[tuple[Advice, list[Adoption]]]) -> None:
    """How many lines are accepted, put in place, waiting for a report; a table of all of them."""
    titles = {one.key: one.title for one in source.blocks}
    states = [state for _, reports in kept for state in {one.state for one in reports}]
    silent = sum(not reports for _, reports in kept)
    page.say(
        sentence(f"принято {count(len(kept), 'рекомендация', 'рекомендации', 'рекомендаций')}"),
        sentence(f"внедрено {number(states.count('adopted'))}, внедряется {number(states.count('working'))}"),
        sentence(f"без{NBSP}отчёта блоков: {number(silent)}") if silent else "",
    )
    rows = [
        (
            text_cell(f"{one.number}. {mask(one.title).text}", f"/advice/{one.pk}/"),
            text_cell(one.get_kind_display()),
            text_cell(_said_by_blocks(reports, titles)),
            text_cell(_gave(one, source)),
        )
        for one, reports in kept
    ]
    page.table(
        "Рекомендации и внедрение", ("Рекомендация", "Вид", "Внедрение", "Эффект"), rows, (2.4, 1.2, 2.4, 2.0)
    )


def _said_by_blocks(reports: list[Adoption], titles: dict[str, str]) -> str:
    said = [
        f"{titles.get(one.block_key, 'центр')}: {one.get_state_display()} {table_day(one.on)}. {mask(one.words).text}"
        for one in reports
    ]
    return "; ".join(said) or "блоки не отчитались"


def _gave(advice: Advice, source: Source) -> str:
    """Effects recorded by the end of the period: both numbers of a measure, or the words."""
    said = []
    for one in effects_by(advice, source.period.until):
        kind = one.get_kind_display()
        if one.before is not None and one.after is not None:
            title = MEASURES[one.measure].title if one.measure in MEASURES else one.measure
            said.append(
                f"{kind}: {title}, было {number(round(one.before, 1))}, стало {number(round(one.after, 1))}"
            )
        else:
            said.append(f"{kind}: {mask(one.words).text} ({mask(one.source).text})")
    return "; ".join(said) or "не записан"
