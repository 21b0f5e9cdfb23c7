"""The end of a risk: the reaction observed, closing by what was seen, back to work, the spread that comes again."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from django.db import transaction

from otklik.accounts.models import User
from otklik.charter.carrying import carries_out
from otklik.common.errors import Refused
from otklik.common.words import clock, full_day
from otklik.risks import rules
from otklik.risks.models import Reaction, Risk
from otklik.risks.selectors import levels_of, procedure_of, standing_of
from otklik.risks.services.finding import start_clocks
from otklik.risks.services.guard import address, begin, finish, plain, signed, stop_clock, written
from otklik.risks.telling import tell_workers
from otklik.risks.words import SPREAD, TONES


@dataclass(frozen=True)
class Observed:
    """What was seen of the reaction; `comments` are new ones since the last look, `negative` of them."""

    spread: str
    tone: str
    words: str
    comments: int | None = None
    negative: int | None = None
    links: Sequence[str] = ()


@carries_out("DEM-RISK-2.9")
@transaction.atomic
def observe(risk: Risk, seen: Observed, by: User, now: datetime) -> Reaction:
    """Write down how people react to the answer (DEM-RISK-2.9): dated, with its spread and its tone."""
    held, rights, to = begin(risk, "observe", by)
    if seen.spread not in SPREAD or seen.tone not in TONES:
        raise Refused("Выберите, распространяется ли дальше и какая реакция.")
    if seen.negative is not None and (seen.comments is None or not 0 <= seen.negative <= seen.comments):
        raise Refused("Негативных отзывов не больше, чем всех новых: проверьте числа.")
    made = Reaction(
        **signed(held, by, rights, now),
        spread=seen.spread,
        tone=seen.tone,
        comments=seen.comments,
        negative=seen.negative,
        words=written(seen.words, "что видели", 500),
        links=[address(one, required=True) for one in seen.links],
    )
    made.save()
    finish(
        held,
        "observe",
        to,
        by,
        rights,
        now,
        f"{SPREAD[seen.spread]}; реакция {TONES[seen.tone]}. {made.words}",
    )
    if seen.spread == "grows" or seen.tone == "negative":
        tell_workers(held, f"Риск {held} не утихает: {made.words}")
    return made


@carries_out("DEM-RISK-2.10")
@transaction.atomic
def close(risk: Risk, by: User, now: datetime, words: str = "") -> Risk:
    """Close by the reaction observed after the hours of the watch, never by a timer or by an answer alone
    (DEM-RISK-2.10). Raises Refused naming what is lacking."""
    held, rights, to = begin(risk, "close", by)
    standing = standing_of(held)
    if lacking := rules.lacks(standing, procedure_of(held.municipality).needs_both, now):
        raise Refused(" ".join(lacking))
    last = max(standing.observations, key=lambda one: one.at)
    held.closed_at, held.closed_why = now, _proof(held, last, words)[:500]
    stop_clock(held, "watch", now)
    return finish(held, "close", to, by, rights, now, held.closed_why, "closed_at", "closed_why")


@transaction.atomic
def return_to_work(risk: Risk, why: str, by: User, now: datetime) -> Risk:
    """The criterion is not met: back to work, with what has been seen."""
    held, rights, to = begin(risk, "return", by)
    said = written(why, "почему возвращаем", 500)
    stop_clock(held, "watch", now)
    finish(held, "return", to, by, rights, now, said)
    tell_workers(held, f"Риск {held} снова в отработке: {said}")
    return held


@transaction.atomic
def repeat(risk: Risk, words: str, by: User, now: datetime, link: str = "") -> Risk:
    """The spread begins anew: the same card, its whole history, a new round of clocks and of verification."""
    held, rights, to = begin(risk, "repeat", by)
    said = written(words, "где и что повторилось", 500)
    held.round += 1
    held.began_at, held.closed_at, held.closed_why, held.verdict = now, None, "", ""
    held.link = address(link) or held.link
    start_clocks(held, levels_of(held.municipality)[held.level_key], now)
    fields = ("round", "began_at", "closed_at", "closed_why", "verdict", "link")
    finish(held, "repeat", to, by, rights, now, said, *fields)
    tell_workers(held, f"Риск {held} распространяется снова: {said}")
    return held


@transaction.atomic
def learn_lesson(risk: Risk, root_cause: str, lesson: str, by: User, now: datetime) -> Risk:
    """Write down why it happened and what is done otherwise from now on."""
    held, rights, to = begin(risk, "learnt", by)
    held.root_cause = written(root_cause, "первопричина", 500)
    held.lesson = written(lesson, "урок", 500)
    return finish(held, "learnt", to, by, rights, now, held.lesson, "root_cause", "lesson")


def _proof(held: Risk, last: rules.Observation, words: str) -> str:
    zone = ZoneInfo(held.municipality.time_zone)
    at = last.at.astimezone(zone)
    when = f"{full_day(at.date())} в {clock(at)}"  # read years later: no «сегодня»
    said = f"Наблюдение {when}: {SPREAD[last.spread]}, реакция {TONES[last.tone]}."
    return f"{said} {plain(words)}".strip()
