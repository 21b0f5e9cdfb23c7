"""Polls of a month: what the queue asks is drafted, approved, held here or in ПОС, summed up, decided and carried out.

A form a month, of those the charter names: polls and votes mostly run in ПОС by its authorised person, twice a year
here; discussions run here.
"""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from otklik.accounts.models import Body, Post, User
from otklik.charter.selectors import charter_of
from otklik.common.models import Municipality
from otklik.common.period import Period
from otklik.config.demo.year.cast import Cast
from otklik.outreach.polls import services
from otklik.outreach.polls.models import Decision, DecisionStep, Poll, Proposal, Question
from otklik.outreach.polls.rules import Mark
from otklik.outreach.polls.selectors import questions_of
from otklik.outreach.polls.services import DecisionText, PollText, ProposalText, QuestionText, Vote
from otklik.problems.asking.drafting import ELSEWHERE, RULES, text_for
from otklik.problems.asking.models import Candidate
from otklik.problems.asking.services import find_questions, refuse, take

FORMS = ("discussion", "poll", "vote")
"""By the number of the month: January asks, February votes, March discusses."""
HERE = (1, 2, 7, 8)
VOTERS, SUPPORTERS, ADULTS = 14, 6, 4300
OUTSIDE = "https://pos.example/votes/{key}-{number}"
SAME_WORDS = "Сделайте сначала освещение у школы и остановки, без него вечером опасно ходить"
SUBJECTS = {
    "poll": (
        "Насколько удобно ходить по нашим дворам",
        (
            QuestionText("Насколько вам удобно?", "scale", low_words="неудобно", high_words="удобно"),
            QuestionText(
                "Что мешает больше всего?", "multiple", ("ямы", "темно", "скользко", "нет дорожки"), most=2
            ),
            QuestionText("Что ещё учесть?", "text", is_required=False),
        ),
    ),
    "vote": (
        "Какой сквер привести в порядок первым",
        (
            QuestionText(
                "Какой сквер первым?", "single", ("у школы", "у дома культуры", "у реки", ELSEWHERE)
            ),
            QuestionText("Покажите на карте, где это", "point", is_required=False),
        ),
    ),
    "discussion": ("Что изменить в центральном парке", ()),
}
OFFERS = (
    ("Лавки вдоль дорожек", "Поставить лавки через каждые сто метров: пожилым негде отдохнуть."),
    ("Тёплый свет вечером", "Заменить три тусклых светильника у входа: вечером обходят стороной."),
    ("Площадка для собак", "Отгородить угол у забора, чтобы собаки не бегали по детской площадке."),
    ("Продам гараж недорого", "Продам гараж, звоните вечером, торг уместен."),
)
REFUSED = "Правила обсуждения: объявления о продаже не публикуем. Напишите предложение о парке."
ANSWERS = (
    ("accepted", "Внесём в план работ: место и смета будут к концу квартала."),
    ("partly", "Свет заменим у входа в этом году, остальное — в следующем."),
    ("noted", "Место изучим при следующем ремонте площадки."),
)
NOT_NOW = "Решает региональная программа, выбора у муниципалитета здесь нет"
SUMMED = "Жители назвали, с чего начать; остальное войдёт в план следующего года."
DECIDED = DecisionText(
    "Начать с того, что выбрали жители, внести работы в план квартала.",
    "За основу взят ответ, который выбирали чаще всего; другие места — в план следующего года.",
    "распоряжение администрации",
)
STEPS = {
    "Обследовать место и составить смету": "Обследовано, смета составлена и опубликована",
    "Выполнить работы и принять их с жителями": "Работы приняты вместе с жителями, снимки на странице",
}
"""What is done by a decision, and what is said when it is."""


@dataclass(frozen=True)
class Days:
    """Days of a poll within its month."""

    first: date
    last: date
    end: date


def play_month(town: Municipality, month: Period, cast: Cast) -> None:
    """The steps of former decisions, the queue, one poll of the form whose turn it is."""
    runner, approver = _people(town, cast)
    if runner is None or approver is None or not cast.has_come(cast.day_in(month, 0.2)):
        return
    _carry_out(town, month, cast, runner)
    asked = find_questions(town, cast.at(cast.day_in(month, 0.1), 8))
    form = FORMS[month.since.month % len(FORMS)]
    if form not in charter_of(town).polls.forms:
        form = "poll" if "poll" in charter_of(town).polls.forms and month.since.month % 3 == 0 else ""
    if form:
        _hold(town, form, month, cast, runner, approver)
    weak = [one for one in asked if one.state == "open"]
    if len(weak) > 2 and month.since.month % 4 == 0:
        refuse(weak[-1], NOT_NOW, runner, cast.at(cast.day_in(month, 0.3), 9))


def _people(town: Municipality, cast: Cast) -> tuple[User | None, User | None]:
    """The authorised person of the charter, else whoever runs polls; somebody else approves."""
    role = charter_of(town).polls.authorised_role
    running = cast.everyone("outreach.polls")
    own = [one for one in (cast.of_role(role) if role else []) if one in running]
    runner = next(iter(own or running), None)
    return runner, cast.who("outreach.approve_polls", but=runner)


def _hold(town: Municipality, form: str, month: Period, cast: Cast, runner: User, approver: User) -> None:
    first = cast.day_in(month, 0.2)
    days = Days(first, max(cast.day_in(month, 0.6), first + timedelta(days=2)), cast.day_in(month, 0.8))
    place = "portal" if form == "discussion" or month.since.month in HERE else _place_of(town)
    morning = cast.at(cast.day_in(month, 0.1), 9)
    question = _question_of(town, form)
    text = text_for(question) if question is not None else _text_of(town, form)
    text = replace(text, place=place, opens_on=days.first, closes_on=days.last, audience_count=ADULTS)
    poll = services.draft(town, text, runner, morning)
    if question is not None:
        take(question, poll, runner, morning)
    services.submit(poll, runner, morning)
    services.approve(poll, approver, cast.at(cast.day_in(month, 0.1), 15))
    if place == "pos":
        services.publish_outside(
            poll, OUTSIDE.format(key=town.key, number=poll.number), runner, cast.at(days.first, 10)
        )
    else:
        services.open_poll(poll, runner, cast.at(days.first, 10))
        _take_part(poll, days, cast)
    if cast.has_come(days.last + timedelta(days=1)):
        _end(poll, days, cast, runner, approver)


def _place_of(town: Municipality) -> str:
    return "pos" if charter_of(town).polls.placed_in == "pos" else "portal"


def _question_of(town: Municipality, form: str) -> Candidate | None:
    """The first of the queue that this form suits."""
    rows = Candidate.objects.filter(municipality=town, state="open", form=form).select_related(
        "topic", "settlement", "municipality"
    )
    return rows.order_by("-priority", "pk").first()


def _text_of(town: Municipality, form: str) -> PollText:
    title, questions = SUBJECTS[form]
    return PollText(
        form,
        title,
        "По ответам составим план работ на квартал.",
        RULES,
        town.name,
        "все жители",
        questions=questions,
    )


def _take_part(poll: Poll, days: Days, cast: Cast) -> None:
    """Residents vote on the days of the poll; in a discussion they propose and support."""
    questions = questions_of(poll)
    span = (days.last - days.first).days + 1
    for voter in range(VOTERS if questions else 0):
        at = cast.at(days.first + timedelta(days=voter % span), 12, voter)
        receipt = hashlib.sha256(f"{poll.pk}:{voter}".encode()).hexdigest()
        services.cast(poll, f"житель {voter}", Vote(list(_marks(questions, voter, cast)), receipt), at)
    if poll.form == "discussion":
        _discuss(poll, days, cast)


def _marks(questions: Sequence[Question], voter: int, cast: Cast) -> Iterator[Mark]:
    for one in questions:
        options = list(one.options.all())
        if options:
            yield Mark(one.pk, option=options[cast.chance.choice((0, 0, 0, 1, len(options) - 1))].pk)
        elif one.kind == "scale":
            yield Mark(one.pk, number=cast.chance.choice((2, 3, 4, 4, 5)))
        elif one.kind == "text" and voter % 2 == 0:
            yield Mark(one.pk, text=SAME_WORDS)


def _discuss(poll: Poll, days: Days, cast: Cast) -> None:
    made = []
    for place, (title, text) in enumerate(OFFERS):
        code = hashlib.sha256(f"{poll.pk}:{place}".encode()).hexdigest()
        made.append(services.propose(poll, ProposalText(title, text, code), cast.at(days.first, 13, place)))
    runner = poll.author
    for one in made[:-1]:
        services.show_proposal(one, runner, cast.at(days.first, 16))
    services.refuse_proposal(made[-1], REFUSED, runner, cast.at(days.first, 16))
    for voter in range(SUPPORTERS):
        services.support(
            made[voter % 2], f"житель {voter}", cast.at(days.first + timedelta(days=1), 11, voter)
        )


def _end(poll: Poll, days: Days, cast: Cast, runner: User, approver: User) -> None:
    """Closing, figures, answers to proposals, the decision with its steps."""
    evening = cast.at(days.last + timedelta(days=1), 9)
    if poll.place == "pos":
        people, counts = _counts(poll, cast)
        services.bring_results(poll, people, counts, runner, evening)
    else:
        poll = services.close(poll, runner, evening)
    for sign in poll.signs.filter(looked_at=None):
        services.look_at(sign, "Образец ответа раздавали в школе: это разные люди.", runner, evening)
    for one, (verdict, answer) in zip(
        Proposal.objects.filter(poll=poll, state="shown").order_by("number"), ANSWERS, strict=False
    ):
        services.answer_proposal(one, verdict, answer, runner, evening)
    services.sum_up(poll, SUMMED, runner, cast.at(days.last + timedelta(days=1), 17))
    if cast.has_come(days.end):
        decision = services.decide(poll, DECIDED, approver, cast.at(days.end, 12))
        _plan(decision, days, runner)


def _counts(poll: Poll, cast: Cast) -> tuple[int, dict[tuple[int, int | None, int | None], int]]:
    """Figures as ПОС would give them: the first answer leads."""
    people = 120 + cast.chance.randrange(80)
    counts: dict[tuple[int, int | None, int | None], int] = {}
    for one in questions_of(poll):
        options: list[tuple[int | None, int | None]] = [(option.pk, None) for option in one.options.all()]
        options = options or [(None, mark) for mark in range(one.low, one.high + 1) if one.kind == "scale"]
        left = people
        for place, (option, mark) in enumerate(options):
            votes = left if place == len(options) - 1 else left // 2
            counts[one.pk, option, mark] = votes
            left -= votes
    return people, counts


def _plan(decision: Decision, days: Days, runner: User) -> None:
    posts = list(_posts(decision.municipality))
    for place, text in enumerate(STEPS):
        due = days.end + timedelta(days=30 * (place + 1))
        services.add_step(decision, text, due, runner, posts[place % len(posts)] if posts else None)


def _posts(town: Municipality) -> Iterator[Post]:
    for body in Body.objects.filter(municipality=town, is_external=False, is_open=True).order_by("pk")[:3]:
        yield from body.posts.order_by("pk")[:1]


def _carry_out(town: Municipality, month: Period, cast: Cast, runner: User) -> None:
    """Steps whose day comes this month are done and shown to those who voted."""
    due = DecisionStep.objects.filter(municipality=town, done_on=None, due_on__lte=month.until)
    for step in due.select_related("decision__poll", "municipality").order_by("pk")[:2]:
        services.finish_step(step, STEPS[step.text], runner, cast.at(min(step.due_on, cast.today), 16))
