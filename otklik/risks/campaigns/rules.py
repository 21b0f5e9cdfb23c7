"""What a campaign must have, when a topic calls for one, how a blank of a text is known. Pure."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from otklik.common import words as say
from otklik.common.period import Period

BLANK = re.compile(r"\[[^\]\n]{1,60}\]")
LONGEST = timedelta(days=370)
CASES = ("обращение", "обращения", "обращений")


@dataclass(frozen=True)
class Thresholds:
    """When a forecast calls for a campaign: at least so many cases in four weeks, more than before by a share."""

    least_cases: int = 12
    growth_percent: int = 50


@dataclass(frozen=True)
class StepPlan:
    """What the rules ask of a step."""

    kind: str
    title: str
    text: str
    has_pages: bool


def blanks_in(text: str) -> list[str]:
    """Places of a text left to be filled in: «[телефон диспетчера]», each once."""
    return list(dict.fromkeys(BLANK.findall(text)))


def refuse_plan(title: str, aim: str, audience: str, ground: str, run: Period, watch: Period) -> str:
    """Why the head of a campaign cannot be written so, or an empty string."""
    empty = [
        name
        for name, text in (
            ("название", title),
            ("цель", aim),
            ("кому говорим", audience),
            ("почему нужна", ground),
        )
        if not text.strip()
    ]
    if empty:
        return f"Заполните: {', '.join(empty)}."
    if run.until - run.since > LONGEST or watch.until - watch.since > LONGEST:
        return "Кампания и счёт обращений — не длиннее года."
    if watch.until < run.since:
        return "Обращения считают после начала кампании: перенесите дни счёта."
    return ""


def lacks_of(steps: Sequence[StepPlan], post: object) -> list[str]:
    """What a campaign lacks to be sent for approval, a sentence each; empty when it is whole."""
    found = []
    if post is None:
        found.append("Назовите ответственную должность.")
    if not steps:
        found.append("Внесите хотя бы один шаг: запись, памятку, встречу.")
    for one in steps:
        if one.kind != "post":
            continue
        if not one.text.strip():
            found.append(f"«{one.title}»: нет текста записи.")
        if not one.has_pages:
            found.append(f"«{one.title}»: выберите страницы, где выйдет запись.")
    found += [
        f"«{one.title}»: заполните {', '.join(blanks_in(one.text))}." for one in steps if blanks_in(one.text)
    ]
    return found


def season_reason(season: Period, today: date, last_year: int | None) -> str:
    """Why the calendar calls: when the threat comes and what its topics brought a year ago."""
    if season.since > today:
        when = f"Угроза приходит {_day(season.since)}"
    else:
        when = f"Угроза идёт с {_day(season.since)} по {_day(season.until)}"
    if last_year is None:
        return say.tie(f"{when}. Сколько было в прошлый сезон, ещё не знаем.")
    return say.tie(f"{when}. В прошлый сезон по этим темам {say.count(last_year, *CASES)}.")


def _day(day: date) -> str:
    return f"{day.day} {say.MONTHS[day.month - 1]}"


def growth_reason(expected: float, before: int, asked: Thresholds) -> str:
    """Why a forecast calls for a campaign, with its figures; empty when it does not."""
    coming = round(expected)
    if coming < asked.least_cases or coming < before * (1 + asked.growth_percent / 100):
        return ""
    return say.tie(
        f"За следующие 4 недели ждём {say.count(coming, *CASES)}, за прошлые 4 недели было {say.number(before)}."
    )


def call_text(title: str, reason: str, need: str, since: date, until: date, drill: bool = False) -> str:
    """What the alert chat is told: a topic that needs a campaign (DEM-RISK-3.1). No person, no address."""
    mark = "УЧЕБНОЕ. " if drill else ""
    lines = [
        f"{mark}Нужна предупредительная кампания: {title}",
        f"Почему: {reason}",
        f"Когда: {say.full_day(since)} – {say.full_day(until)}",
        f"Что сделать заранее: {need}" if need else "",
        "Ответьте на это сообщение, если есть чем дополнить.",
    ]
    return "\n".join(one for one in lines if one)


def overdue_revision(last: date | None, months: int, today: date) -> bool:
    """Whether the list of threats waits to be looked through."""
    return last is None or (today - last).days > months * 30.5


def names_of_steps(titles: Iterable[str]) -> str:
    """«запись о графике», «листовка»: what is left, for a refusal."""
    return ", ".join(f"«{one}»" for one in titles)
