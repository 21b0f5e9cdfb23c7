"""Ideas from the flow: topics of the week, explanations given again and again, what was solved. Reads the facts."""

import re
from collections.abc import Iterable, Mapping
from datetime import date, timedelta

from django.db.models import F

from otklik.analytics.selectors import counts, sums
from otklik.cases.models import Answer
from otklik.cases.selectors import CaseFilter
from otklik.common.models import Municipality
from otklik.common.period import Period
from otklik.common.periods import last_days, say_period
from otklik.common.words import count, number
from otklik.language.personal import mask
from otklik.outreach.content.rules import Figure
from otklik.reports.phrases import CARDS, MESSAGES
from otklik.reports.worth_telling import texts
from otklik.reports.worth_telling.ideas import Idea
from otklik.reports.worth_telling.rules import (
    Explained,
    Thresholds,
    TopicWeek,
    choose_explained,
    choose_topics,
    say_solved,
    sure_of_solved,
)

WEEK, WEEKS_BACK = 7, 8
MONTH = 30
MOST_EXPLAINED = 3
MOST_NAMED = 5
MOST_READ = 500
Titles = Mapping[str, str]
_GREETING = re.compile(
    r"^\s*(?i:(?:добрый|доброе|доброго)\s\w+|здравствуйте|уважаем\w+)(?:[ ,]+[А-ЯЁ][а-яё.]+){0,4}[^.!,\n]*[.!,\n]+\s*"
)


def stamp(day: date) -> str:
    """«2026-W47»: the week an idea belongs to."""
    iso = day.isocalendar()
    return f"{iso.year}-W{iso.week:02d}"


def topic_ideas(town: Municipality, until: date, asked: Thresholds, titles: Titles) -> list[Idea]:
    """Topics of the seven days that end on `until`, beside the eight weeks before them."""
    week = last_days(until, WEEK)
    weeks = topic_weeks(town, until)
    whole = sum(one.now for one in weeks)
    found = []
    for chosen in choose_topics(weeks, asked):
        key, title = chosen.week.key, titles.get(chosen.week.key, chosen.week.key)
        cases = _cases(topic=key, since=str(week.since), until=str(week.until))
        usual = chosen.week.usual
        figures = [
            Figure("За неделю", count(chosen.week.now, *MESSAGES), cases),
            Figure("Обычно в неделю", "мало недель" if usual is None else number(round(usual, 1))),
            Figure("Всего за неделю", number(whole), _cases(since=str(week.since), until=str(week.until))),
        ]
        text = texts.of_topic(title, chosen.week.now, say_period(week))
        about = f"topic:{key}:{stamp(until)}"
        found.append(
            Idea(about, "topic", title, chosen.reason, tuple(figures), chosen.sure, text, cases, week, key)
        )
    return found


def topic_weeks(town: Municipality, until: date) -> list[TopicWeek]:
    """Messages of each topic by weeks; a week before the first known message is not a week without messages."""
    days = last_days(until, WEEK * (WEEKS_BACK + 1))
    by_day = counts([town.pk], days, ("topic", "day"), None, "received")
    if not by_day:
        return []
    first = min(day for _, day in by_day)
    known = min(WEEKS_BACK, ((until - first).days + 1) // WEEK - 1)
    found: dict[str, list[int]] = {}
    for (topic, day), n in by_day.items():
        back = (until - day).days // WEEK
        found.setdefault(topic, [0] * (WEEKS_BACK + 1))[back] += n
    return [
        TopicWeek(topic, weeks[0], tuple(reversed(weeks[1 : max(known, 0) + 1])))
        for topic, weeks in found.items()
    ]


def answer_ideas(town: Municipality, until: date, asked: Thresholds, titles: Titles) -> list[Idea]:
    """Explanations worth telling everybody, with the best answer of the topic as a beginning of the text."""
    days = last_days(until, MONTH)
    cut = sums([town.pk], days, ("topic",), None, ("answered", "answered_explained"))
    topics = [Explained(key, one["answered"], one["answered_explained"]) for (key,), one in cut.items()]
    chosen = choose_explained(topics, asked)[:MOST_EXPLAINED]
    said = best_answers(town, days, [one.key for one, _, _ in chosen])
    found = []
    for one, reason, sure in chosen:
        title = titles.get(one.key, one.key)
        words = {"topic": one.key, "dates": "answered", "since": str(days.since), "until": str(days.until)}
        cases = _cases(**words)
        figures = (
            Figure("Разъяснено", number(one.explained), _cases(**words, result="explained")),
            Figure("Ответов за 30 дней", number(one.answered), cases),
        )
        text = texts.of_answers(title, said.get(one.key, ""))
        key = f"answers:{one.key}:{stamp(until)}"
        found.append(Idea(key, "answers", title, reason, figures, sure, text, cases, days, one.key))
    return found


def best_answers(town: Municipality, days: Period, topics: Iterable[str]) -> dict[str, str]:
    """For each topic the explanation that residents scored best, else the newest, without personal data."""
    wanted = list(topics)
    if not wanted:
        return {}
    start, end = days.moments(town.time_zone)
    rows = (
        Answer.objects.filter(
            municipality=town,
            kind="explained",
            signed_at__gte=start,
            created_at__gte=start - timedelta(days=MONTH),
            signed_at__lt=end,
            case__topic__key__in=wanted,
        )
        .order_by(F("case__score").desc(nulls_last=True), "-signed_at", "-pk")
        .values_list("case__topic__key", "text")
    )
    best: dict[str, str] = {}
    for topic, text in rows[:MOST_READ]:
        best.setdefault(topic, text)
    return {topic: open_words(text) for topic, text in best.items()}


def open_words(text: str) -> str:
    """An answer to one person as words to everybody: without the greeting and personal data."""
    plain = text.strip()
    for _ in range(2):
        plain = _GREETING.sub("", plain).strip()
    return mask(plain[:1].upper() + plain[1:]).text


def solved_ideas(town: Municipality, until: date, asked: Thresholds, titles: Titles) -> list[Idea]:
    """One idea of the week: what was done by residents' messages."""
    week = last_days(until, WEEK)
    by_topic = counts([town.pk], week, ("topic",), None, "answered_solved")
    solved = sum(by_topic.values())
    if solved < asked.least_cases:
        return []
    largest = sorted(by_topic.items(), key=lambda item: (-item[1], item[0]))[:MOST_NAMED]
    named = {titles.get(key, "тема не определена"): n for (key,), n in largest}
    scores = sums([town.pk], last_days(until, MONTH), (), None, ("scored", "low_scores"))[()]
    words = {"dates": "answered", "result": "solved", "since": str(week.since), "until": str(week.until)}
    figures = [Figure("Решено за неделю", count(solved, *CARDS), _cases(**words))]
    figures += [
        Figure(titles.get(key, "тема не определена"), number(n), _cases(**words, topic=key))
        for (key,), n in largest
    ]
    return [
        Idea(
            f"solved:{stamp(until)}",
            "done",
            "Сделано по сообщениям жителей за неделю",
            say_solved(solved, named),
            tuple(figures),
            sure_of_solved(scores["scored"], scores["low_scores"]),
            texts.of_solved(solved, named, say_period(week)),
            _cases(**words),
            week,
        )
    ]


def _cases(**words: str) -> str:
    return f"/cases/?{CaseFilter(**words).to_query()}"
