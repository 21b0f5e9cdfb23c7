"""The messages of a risk as they go into the chat, made of its card. Reads; what is pure stands in `rules`."""

from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from otklik.common.words import clock, number
from otklik.risks.chat.rules import AlertParts, ReportParts, Site, alert_text, by_words, head_of, shortened
from otklik.risks.models import Measure, Risk
from otklik.risks.selectors import clocks_now, full_placements, levels_of, reactions_now
from otklik.risks.words import REACH_FIGURES, SPREAD, TONES

NEEDS = {"verify": "проверить", "first_word": "первое слово", "full_answer": "полный ответ"}


def number_of(risk: Risk) -> str:
    """The number in the chat: of an exercise it begins with «У-»."""
    return f"У-{risk.number}" if risk.drill else str(risk.number)


def alert_of(risk: Risk, now: datetime) -> str:
    """The alert of this risk (DEM-RISK-1.5): what, where, how far, what is needed and by when, who leads it."""
    level = levels_of(risk.municipality).get(risk.level_key)
    return alert_text(
        AlertParts(
            number=number_of(risk),
            level=level.title if level else risk.level_key,
            topic=risk.title,
            gist=risk.gist,
            need=needs_of(risk, now),
            place=risk.settlement.name if risk.settlement else risk.place_words,
            link=risk.link,
            reach=reach_of(risk),
            post=risk.post.title if risk.post else "",
            drill=risk.drill,
        )
    )


def needs_of(risk: Risk, now: datetime) -> str:
    """What is to be done next and by when, by the clocks that still run."""
    zone = ZoneInfo(risk.municipality.time_zone)
    said = [
        f"{NEEDS[one.key]} {by_words(one.due_at.astimezone(zone), now.astimezone(zone))}"
        for one in clocks_now(risk)
        if one.stopped_at is None and one.key in NEEDS
    ]
    return ", ".join(said[:2]) or "наблюдать реакцию"


def reach_of(risk: Risk) -> str:
    """The newest measure in words; empty while nothing is measured."""
    measures = list(risk.reach.all())
    if not measures:
        return ""
    newest = measures[-1]
    known = [(word, getattr(newest, name)) for name, word in REACH_FIGURES.items()]
    at = newest.at.astimezone(ZoneInfo(risk.municipality.time_zone))
    said = ", ".join(f"{word} {number(value)}" for word, value in known if value is not None)
    return f"{said} на {clock(at)}"


def progress_text(risk: Risk, unknown: Sequence[str], measures: Sequence[Measure], now: datetime) -> str:
    """What is not clear and what is done about it (DEM-RISK-2.2, 2.3); posts answer for what is planned."""
    zone = ZoneInfo(risk.municipality.time_zone)
    taken = [one.text for one in measures if one.done_at]
    planned = [
        f"{one.text}, {one.post.title if one.post else 'ответственного нет'}, "
        f"{by_words(one.due_at.astimezone(zone), now.astimezone(zone))}"
        for one in measures
        if one.done_at is None and one.due_at is not None
    ]
    heads = (("Пока неизвестно", unknown), ("Меры приняты", taken), ("Меры планируются", planned))
    said = [f"{head}: {'; '.join(shortened(one) for one in lines)}" for head, lines in heads if lines]
    return "\n".join([f"{head_of(risk.drill)}Риск № {number_of(risk)}: {risk.title}", *said])


def report_of(risk: Risk) -> ReportParts:
    """The report of the present round (DEM-RISK-2.6…2.8) by the sites where the answer was seen to stand."""
    sites = [Site(one.kind, one.place, one.link) for one in full_placements(risk) if one.stands]
    newest = next(iter(reactions_now(risk)), None)
    return ReportParts(
        number=number_of(risk),
        text=risk.official_text,
        sites=sites,
        links=[one for one in sites if one.link],
        reaction=f"{SPREAD[newest.spread]}, {TONES[newest.tone]}" if newest else "",
        drill=risk.drill,
    )
