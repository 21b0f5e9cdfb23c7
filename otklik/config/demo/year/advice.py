"""Advice of a month: proposed with its ground, decided, put in practice by blocks, its effect recorded."""

from collections.abc import Sequence
from datetime import timedelta

from otklik.accounts.models import Body, User
from otklik.cases.models import Case
from otklik.cases.selectors import CaseFilter
from otklik.common.models import Municipality
from otklik.common.period import Period
from otklik.common.periods import before, last_days, say_period
from otklik.config.demo.year.cast import Cast
from otklik.problems.advice.models import Advice
from otklik.problems.advice.selectors import WINDOW_DAYS, Line, board
from otklik.problems.advice.services import (
    AdviceText,
    EffectText,
    advise,
    decide,
    make_priority,
    record_effect,
    report_adoption,
    set_effort,
)
from otklik.problems.models import Problem
from otklik.problems.words import OPEN_STATES
from otklik.quality.selectors import explained_answer, explained_to_look
from otklik.quality.services import review_explained
from otklik.topics.models import Block

# Kind, title, what is proposed, what it gives.
TEXTS: Sequence[tuple[str, str, str, str]] = (
    (
        "communication",
        "Называть день и исполнителя в каждом ответе",
        "Проект ответа не уходит на согласование, пока в нём нет дня, к которому сделают, и кто сделает.",
        "quality",
    ),
    (
        "practice",
        "Карта дворовых работ на неделю",
        "В понедельник выкладываем, в каких дворах и что будут делать. Повторно об этом не пишут.",
        "productivity",
    ),
    (
        "digital",
        "Фото «до» и «после» прямо из бригады",
        "Снимок бригады с местом попадает в карточку: исполнителю не нужно ехать за подтверждением.",
        "speed",
    ),
    (
        "online",
        "Отвечать в комментариях до обеда",
        "Сообщения, пришедшие в сети вечером, разбираем утром: первый ответ до 12 часов, подробный — после выезда.",
        "speed",
    ),
    (
        "optimisation",
        "Одна заявка на ремонт вместо трёх писем",
        "Служба, управляющая компания и подрядчик получают одну заявку с общим номером и отвечают под ним.",
        "economy",
    ),
    (
        "service",
        "Напоминание о вывозе крупного мусора",
        "Жители подписываются на свой двор и за день узнают, когда придёт машина.",
        "quality",
    ),
    (
        "rollout",
        "Памятка исполнителю по ответам в сети",
        "Вводим памятку: длина, тон, срок, что нельзя писать. Новых исполнителей знакомим в первый день.",
        "quality",
    ),
    (
        "decision",
        "Закрепить ответственного за ямы после зимы",
        "Назначить одного заместителя, который каждую неделю сверяет список ям с планом ремонта.",
        "speed",
    ),
    (
        "communication",
        "Писать заявителю, пока срок ещё идёт",
        "Если бригада выйдет позже обещанного, предупреждаем до срока и называем новый день.",
        "quality",
    ),
    (
        "decision",
        "Общий выезд служб раз в неделю",
        "Теплосети, водоканал и управляющая компания смотрят спорные адреса вместе и сразу решают, чьё это.",
        "speed",
    ),
    (
        "digital",
        "Паспорт двора в одной таблице",
        "Площадка, освещение, деревья, уборка: кто отвечает и когда делали. Ответ готовят по паспорту, без переписки.",
        "productivity",
    ),
    (
        "optimisation",
        "Справка о составе семьи без визита",
        "Сведения запрашивает орган, житель приходит один раз — за готовым документом.",
        "economy",
    ),
)
GROUND = "Повторяются обращения за {days}: об одном и том же пишут снова."
PROGRAMME = "цифровизация городского хозяйства: учёт работ во дворах"
ORIGIN = "соседний округ, применяют второй год"
ACCEPTED, DECLINED = "берём в работу, отчёт через месяц", "денег на это в этом году нет, вернёмся к плану"
WORKING, ADOPTED = "Провели разбор с исполнителями, начали в двух отделах.", "Работает во всех отделах блока."
COULD = "Вопрос решался выездом бригады, а ответили ссылкой на правила."
INSTEAD = "До ответа спросить службу, можно ли сделать в этом месяце, и назвать день."
SIZES = ("small", "medium", "large")
WAITS = timedelta(days=45)


def play_month(town: Municipality, month: Period, cast: Cast) -> None:
    """What is proposed this month and what has come of the months before."""
    author = cast.who("problems.recommend") or cast.who("problems.manage")
    decider = cast.who("problems.manage", but=author) or cast.who("problems.manage")
    if author is None or decider is None or not cast.has_come(cast.day_in(month, 0.3)):
        return
    _propose(town, month, cast, author)
    _prioritise(town, month, cast, author)
    _look_at_explained(town, month, cast, author)
    _decide(town, month, cast, decider)
    _adopt(town, month, cast, author)
    _weigh(town, month, cast, author)


def _propose(town: Municipality, month: Period, cast: Cast, author: User) -> None:
    """A line a month in turn; the first in a quarter is urgent and rests on the cases of the month before."""
    place = month.since.year * 12 + month.since.month
    kind, title, text, gives = TEXTS[place % len(TEXTS)]
    blocks = list(Block.objects.filter(municipality=town).order_by("position").values_list("key", flat=True))
    problem = (
        Problem.objects.filter(municipality=town, state__in=OPEN_STATES).order_by("-raised_at", "pk").first()
    )
    practice = (
        Advice.objects.filter(municipality=town, kind="practice", state="accepted").order_by("pk").first()
    )
    past = before(month)
    body = cast.chance.choice(_bodies(town))
    days = {"since": past.since.isoformat(), "until": past.until.isoformat()}
    said = AdviceText(
        kind=kind,
        title=title,
        text=text,
        ground=GROUND.format(days=say_period(past)),
        ground_link=f"/cases/?{CaseFilter(body=str(body.pk), **days).to_query()}",
        is_urgent=month.since.month % 3 == 1,
        body=body,
        block_key=blocks[place % len(blocks)] if blocks else "",
        problem=problem,
        practice=practice if kind in ("communication", "optimisation") else None,
        origin=ORIGIN if kind == "practice" else "",
        programme=PROGRAMME if kind == "digital" else "",
        gives=gives,
    )
    advise(town, said, author, cast.at(cast.day_in(month, 0.2), 11))


def _bodies(town: Municipality) -> list[Body]:
    return list(Body.objects.filter(municipality=town, is_external=False, is_open=True).order_by("pk"))


def _prioritise(town: Municipality, month: Period, cast: Cast, author: User) -> None:
    """Once a quarter: effort of the first lines of the board, the top one becomes a priority."""
    if month.since.month % 3 != 2:
        return
    day = cast.day_in(month, 0.25)
    lines: list[Line] = board(town, day)[:3]
    for line, size in zip(lines, SIZES, strict=False):
        set_effort(town, line.topic, size, "по опыту прошлых ремонтов", author, cast.at(day, 12))
    if lines and lines[0].advice is None:
        text = "В первую очередь закрыть просроченное, потом новое."
        said = AdviceText("priority", "", text, "", body=_bodies(town)[0])
        period = last_days(day - timedelta(days=1), WINDOW_DAYS)
        make_priority(town, lines[0], said, period, author, cast.at(day, 13))


def _look_at_explained(town: Municipality, month: Period, cast: Cast, author: User) -> None:
    """One explanation a month could have been a solution: a recommendation follows."""
    checker = cast.who("quality.check", but=author) or author
    moment = cast.at(cast.day_in(month, 0.6), 15)
    waiting = explained_to_look(town, Case.objects.filter(answered_at__lt=moment))
    case = next((one for one in waiting[:5] if _may_check(one, checker)), None)
    if case is None:
        return
    review = review_explained(case, "could", COULD, checker, moment)
    title = f"Решать, а не разъяснять: {case.topic.title}" if case.topic else "Решать, а не разъяснять"
    said = AdviceText(
        "communication",
        title[:200],
        INSTEAD,
        COULD,
        ground_link=f"/cases/{case.number}/",
        body=case.body,
        block_key=case.block_key,
        review=review,
    )
    if said.body is not None:
        advise(town, said, checker, moment)


def _may_check(case: Case, checker: User) -> bool:
    answer = explained_answer(case)
    return answer is not None and answer.author_id != checker.pk


def _decide(town: Municipality, month: Period, cast: Cast, decider: User) -> None:
    """A new service waits for money, all else is taken; the newest line waits for the next month."""
    moment = cast.at(cast.day_in(month, 0.8), 16)
    waiting = Advice.objects.filter(municipality=town, state="proposed", at__lt=moment).order_by("at", "pk")
    for one in list(waiting)[:-1]:
        accepted = one.kind != "service"
        decide(one, accepted, ACCEPTED if accepted else DECLINED, decider, moment)


def _adopt(town: Municipality, month: Period, cast: Cast, author: User) -> None:
    """Blocks report a month after the decision, and once more when it works."""
    moment = cast.at(cast.day_in(month, 0.9), 14)
    accepted = Advice.objects.filter(
        municipality=town, state="accepted", decided_at__lt=moment - timedelta(days=20)
    )
    for one in accepted.order_by("number"):
        reports = one.adoptions.count()
        if reports < 2 and one.kind != "decision":
            reporter = next(iter(cast.of_block(one.block_key)), author) if one.block_key else author
            state, words = ("working", WORKING) if reports == 0 else ("adopted", ADOPTED)
            report_adoption(one, one.block_key, state, words, moment.date(), reporter, moment)


def _weigh(town: Municipality, month: Period, cast: Cast, author: User) -> None:
    """What has worked long enough is compared: as many days before as after; money is told in words."""
    moment = cast.at(cast.day_in(month, 0.95), 15)
    ripe = Advice.objects.filter(
        municipality=town, adoptions__state="adopted", decided_at__lt=moment - WAITS, effects=None
    )
    for one in ripe.order_by("number").distinct()[:3]:
        if one.gives == "economy":
            said = EffectText("economy", "справка отдела", words="Выездов на одно место стало меньше.")
        else:
            day = (one.decided_at or moment).astimezone(cast.zone).date()
            said = EffectText(
                one.gives or "quality",
                "показатель за равные дни",
                measure="received",
                changed_on=day,
                days=30,
            )
        record_effect(one, said, author, moment)
