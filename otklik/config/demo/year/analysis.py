"""Analysis of a month: facts brought up, criteria looked at, the rating frozen, causes and weak sides named."""

from datetime import timedelta

from otklik.accounts.models import User
from otklik.analytics.criteria.models import Finding
from otklik.analytics.criteria.services import decide, evaluate, note_growth
from otklik.analytics.services import correct
from otklik.analytics.targets.selectors import asked_by_charter
from otklik.analytics.targets.services import Plan, hand_down, set_direction
from otklik.channels.models import Channel
from otklik.common.errors import Refused
from otklik.common.models import Municipality
from otklik.common.period import Period
from otklik.common.periods import month_of, quarter_of
from otklik.config.demo.analysis import PLANS, USUAL
from otklik.config.demo.papers import freeze_rating
from otklik.config.demo.year.cast import Cast
from otklik.deadlines.clocks import INCIDENT_CHANNELS, POS_CHANNELS
from otklik.quality.services import read_new_answers
from otklik.satisfaction.studies import StudyText, keep_study

GROUND = "план работы центра на год"
CAUSE = "После паводка и ремонтов больше сообщений о дворах и дорогах."
WEAK = "Ответы по дворам готовим дольше обычного: не хватает сведений от подрядчика."
DIRECTIONS = {
    3: "Решать по существу: ямы, освещение, вывоз мусора",
    9: "Отвечать на каждый вопрос письма, а не на первый",
}
STUDY = StudyText(
    "Довольны ли жители ответами",
    "Что отличает ответы с высокой оценкой от остальных?",
    "",
    "Выше оценивают ответы, в которых названы день и исполнитель. Передадим это в памятку исполнителям.",
)


def play_month(town: Municipality, month: Period, cast: Cast) -> None:
    """What is counted and what people make of it."""
    while read_new_answers(town):
        pass
    correct(town, cast.at(month.until, 18))
    evaluate(town, cast.at(month.until, 19))
    freeze_rating(town, cast.at(month.until + timedelta(days=1), 9))
    rater = cast.who("analytics.rate") or cast.who("analytics.view")
    if rater is not None:
        _decide(town, month, cast, rater)
        _study(town, month, cast, rater)
    planner = cast.who("analytics.targets")
    if planner is not None:
        _plan(town, month, cast, planner)


def _decide(town: Municipality, month: Period, cast: Cast, by: User) -> None:
    """The first finding of the month becomes a weak side, the second goes to work; growth gets its cause."""
    evening = cast.at(month.until, 20)
    found = Finding.objects.filter(municipality=town, decision="", at__lte=evening).order_by("-at", "pk")[:2]
    for one, decision, words in zip(found, ("weak", "taken"), (WEAK, ""), strict=False):
        decide(one, decision, words, by, evening)
    for kinds in (INCIDENT_CHANNELS, POS_CHANNELS):
        channel = Channel.objects.filter(municipality=town, kind__in=kinds).order_by("pk").first()
        if channel is not None and month.until.day > month.since.day:
            _note(town, channel.key, month, by, cast)


def _note(town: Municipality, channel: str, month: Period, by: User, cast: Cast) -> None:
    try:
        note_growth(town, channel, month, CAUSE, by, cast.at(month.until, 20))
    except Refused:  # nothing grew this month
        return


def _study(town: Municipality, month: Period, cast: Cast, by: User) -> None:
    if month.since.month % 3 == 0 and cast.has_come(month.until):
        keep_study(
            town, STUDY, month_of(month.since.year, month.since.month), "", by, cast.at(month.until, 16)
        )


def _plan(town: Municipality, month: Period, cast: Cast, planner: User) -> None:
    """Targets of a quarter are handed down in its first month; directions twice a year."""
    morning = cast.at(cast.day_in(month, 0.1), 10)
    if month.since.month % 3 == 1:
        quarter = quarter_of(month.since.year, (month.since.month + 2) // 3)
        for key in [one.key for one in asked_by_charter(town)] or USUAL:
            hand_down(town, Plan(key, "", quarter, PLANS[key], True, None, GROUND), planner, morning)
    if words := DIRECTIONS.get(month.since.month):
        set_direction(town, words, GROUND, month.since, planner, morning)
