"""Problems of a month: what the system proposes is looked at, causes are found, texts given, ends watched."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db.models import Count

from otklik.accounts.models import Body, User
from otklik.cases.models import Case
from otklik.common.models import Municipality
from otklik.common.period import Period
from otklik.config.demo.year.cast import Cast
from otklik.places.models import Settlement
from otklik.problems.gathering import Member
from otklik.problems.models import Cause, OuterIndicator, Problem, TalkError
from otklik.problems.outer_table import OuterLine
from otklik.problems.proposing import look
from otklik.problems.services import (
    Proof,
    Proposal,
    call_body,
    decide_cause,
    give_text,
    learn,
    list_outer,
    move,
    name_root,
    note_talk_error,
    part_done,
    prove,
    raise_problem,
    remove_cause,
    set_owner,
    write_text,
    write_why5,
)
from otklik.problems.services.talk import TalkText
from otklik.problems.taking import take_talk_errors
from otklik.topics.models import Topic

MOST_CONFIRMED = 2
LEAST_CASES, MOST_CASES = 3, 12
WHYS: Sequence[tuple[str, ...]] = (
    (
        "Работы делают не в тот день, что в графике",
        "График сверяют раз в квартал",
        "Ответственного за сверку нет",
    ),
    (
        "Бригада приезжает, но без нужных материалов",
        "Заявка не называет объём",
        "Форма заявки его не спрашивает",
    ),
    (
        "Ремонт держится месяц и ломается снова",
        "Чинят следствие",
        "Обследования не заказывают: нет строки в плане",
    ),
    ("Жители не знают, куда звонить", "Телефоны на подъездах старые", "Справочник никто не обновляет"),
)
DECISIONS = (
    "Назначить ответственного и сверять график каждую пятницу",
    "Добавить в форму заявки объём работ и фото",
    "Заказать обследование и внести работы в план следующего квартала",
    "Обновить телефоны на подъездах и на странице органа",
)
TEXT = (
    "Причину нашли: {cause}. Решено: {decision}. Работы по вашему адресу стоят в графике этого месяца;"
    " если к концу месяца ничего не изменится, напишите нам ещё раз."
)
SAID = "видно из карточек: жители называют одно и то же"
ERRORS = (
    (
        "formal",
        "Ответили, что вопрос на контроле, без дня и исполнителя",
        "В каждом ответе — день и кто сделает",
    ),
    (
        "late",
        "Ответ ушёл позже обещанного, автора не предупредили",
        "Предупреждаем до срока и называем новый день",
    ),
    ("rude", "В комментарии спорили с жителем", "Не спорим: пишем, что проверили, и даём телефон"),
    ("wrong", "Назвали не ту службу, жителя отправили по кругу", "Перед ответом сверяем карту компетенций"),
)
INDICATORS = (
    ("ЖГС-1", "Доля благоустроенных дворов", "Жильё и городская среда", 60.0, 54.0, "%", False),
    ("БКД-2", "Доля дорог в нормативном состоянии", "Безопасные качественные дороги", 70.0, 71.5, "%", False),
    ("ЭКО-3", "Несанкционированные свалки", "Экологическое благополучие", 5.0, 8.0, "шт", True),
)
HEARD = (
    ("polls", "Не хватает освещения у школ и детских садов", "обсуждение на сходе граждан"),
    ("channel_setup", "Форма обращения не спрашивает адрес", "анализ каналов центра"),
    ("recipients_work", "Ответы уходят в последний день срока", "сводка по органам"),
    ("conflicts", "Спор о парковке во дворах", "приём граждан"),
)


def play_month(town: Municipality, month: Period, cast: Cast) -> None:
    """What is proposed this month, and what becomes of the problems of the months before."""
    keeper = _keeper(cast)
    day = cast.day_in(month, 0.5)
    if keeper is None or not cast.has_come(day):
        return
    now = cast.at(day, 11)
    take_talk_errors(town, now)
    look(town, now)
    _raise_common(town, month, keeper, now)
    _hear(town, month, keeper, cast)
    _talk(town, month, keeper, cast, now)
    _work(town, month, keeper, cast)
    _end(town, keeper, cast, now)
    _confirm(town, keeper, cast, now)


def _keeper(cast: Cast) -> User | None:
    """Somebody who keeps problems of every block."""
    whole = set(cast.everyone("cases.view"))
    return next((one for one in cast.everyone("problems.manage") if one in whole), None)


def _confirm(town: Municipality, keeper: User, cast: Cast, now: datetime) -> None:
    """Two proposals a month become problems, the least sure case struck out; a weak one is dismissed."""
    waiting = list(Problem.objects.filter(municipality=town, state="proposed").order_by("-sureness", "pk"))
    for problem in waiting[:MOST_CONFIRMED]:
        links = list(problem.links.filter(state="proposed").order_by("sureness", "pk"))
        without = [links[0].case_id] if len(links) > LEAST_CASES + 2 else []
        move(problem, "confirm", keeper, now, without=without)
    if len(waiting) > 2 * MOST_CONFIRMED:
        move(waiting[-1], "dismiss", keeper, now, "разные причины в разных местах")


def _raise_common(town: Municipality, month: Period, keeper: User, now: datetime) -> None:
    """What most cases of the month are about, when no problem has them yet."""
    start, _ = month.moments(town.time_zone)
    rows = Case.objects.filter(municipality=town, came_at__gte=start, came_at__lt=now, problem_links=None)
    known = rows.filter(topic__isnull=False, settlement__isnull=False)
    most = (
        known.values("topic_id", "settlement_id").annotate(n=Count("pk")).order_by("-n", "topic_id").first()
    )
    if most is None or most["n"] < LEAST_CASES:
        return
    same = list(
        known.filter(topic=most["topic_id"], settlement=most["settlement_id"]).order_by("pk")[:MOST_CASES]
    )
    topic, place = Topic.objects.get(pk=most["topic_id"]), Settlement.objects.get(pk=most["settlement_id"])
    standing = Problem.objects.filter(municipality=town, topic=topic, settlement=place)
    if standing.exclude(state__in=["closed", "dismissed"]).exists():
        return
    points = [*((one.lat, one.lon) for one in same), (place.lat, place.lon)]
    point = next(((lat, lon) for lat, lon in points if lat is not None and lon is not None), None)
    proposal = Proposal(
        source="cases",
        title=f"{topic.title}: {place}",
        reason=f"больше всего карточек месяца: {most['n']}",
        since=month.since,
        topic=topic,
        settlement=place,
        point=point,
        cases={one.pk: Member(0.8, "та же тема и место, тот же месяц") for one in same},
    )
    raise_problem(town, proposal, keeper, now)


def _hear(town: Municipality, month: Period, keeper: User, cast: Cast) -> None:
    """Once a quarter a problem of another source; once a year the outer list."""
    now = cast.at(cast.day_in(month, 0.4), 15)
    if month.since.month % 3 == 0:
        source, title, ground = HEARD[month.since.month // 3 - 1]
        body = _bodies(town)[0]
        proposal = Proposal(source, title, "заведена вручную", month.since, ground=ground, body=body)
        raise_problem(town, proposal, keeper, now)
    if not OuterIndicator.objects.filter(municipality=town).exists():
        lines = [
            OuterLine(key, title, month.since, project, unit, plan, fact, is_lower)
            for key, title, project, plan, fact, unit, is_lower in INDICATORS
        ]
        list_outer(town, "Показатели нацпроектов", "таблица отдела экономики", lines, keeper, now)


def _talk(town: Municipality, month: Period, keeper: User, cast: Cast, now: datetime) -> None:
    """An error a month with its lesson; the one of the running month waits for it."""
    fault, text, lesson = ERRORS[month.since.month % len(ERRORS)]
    day = cast.day_in(month, 0.3)
    answered = Case.objects.filter(municipality=town, answered_at__lt=now).order_by("-answered_at", "pk")
    case = answered.first()
    note_talk_error(town, TalkText(fault, text, day, case), keeper, cast.at(day, 16))
    for error in TalkError.objects.filter(municipality=town, lesson="", on__lt=month.since).order_by("pk"):
        learn(error, lesson, keeper, now)


def _work(town: Municipality, month: Period, keeper: User, cast: Cast) -> None:
    """Confirmed problems of earlier months: owner, cause, decision, a text for the authors, bodies called."""
    now, bodies = cast.at(cast.day_in(month, 0.6), 12), _bodies(town)
    found = Problem.objects.filter(
        municipality=town, state="confirmed", confirmed_at__lt=now - timedelta(days=5)
    )
    for place, problem in enumerate(found.order_by("pk")[:2]):
        turn = (month.since.month + place) % len(WHYS)
        body = problem.body or bodies[turn % len(bodies)]
        set_owner(problem, body.posts.order_by("pk").first(), body, keeper, now)
        move(problem, "take", keeper, now)
        root = write_why5(problem, WHYS[turn], keeper, now)[-1]
        link = problem.links.filter(state="confirmed").select_related("case").order_by("pk").first()
        proof = Proof("case", SAID, case=link.case) if link else Proof("measure", SAID, measure="repeated")
        prove(root, proof, keeper, now)
        name_root(root, True, keeper, now)
        decide_cause(root, DECISIONS[turn], None, body, keeper, now)
        helper = next((one for one in bodies if one.pk != body.pk), None)
        if helper is not None:
            part = call_body(problem, helper, "Сверяет адреса со своим планом работ", keeper, now)
            part_done(part, "Адреса сверены, работы внесены в план", keeper, now)
        _answer(problem, root, turn, keeper, now)


def _answer(problem: Problem, root: Cause, turn: int, keeper: User, now: datetime) -> None:
    if not problem.links.filter(state="confirmed").exists():
        return
    said = TEXT.format(cause=root.text.lower(), decision=DECISIONS[turn].lower())
    give_text(write_text(problem, said, "explained", None, 0, keeper, now), keeper, now)


def _end(town: Municipality, keeper: User, cast: Cast, now: datetime) -> None:
    """Work of two months ends a cause; a watch of ninety days ends the problem."""
    today = now.astimezone(cast.zone).date()
    old = Problem.objects.filter(
        municipality=town, state="in_work", confirmed_at__lt=now - timedelta(days=60)
    )
    for problem in old.order_by("pk")[:2]:
        for root in problem.causes.filter(is_root=True, removed_on=None).exclude(decision=""):
            remove_cause(root, today - timedelta(days=7), keeper, now)
        move(problem, "solve", keeper, now, "решение исполнено, жители подтверждают")
        move(problem, "watch", keeper, now)
    over = Problem.objects.filter(municipality=town, state="watch", watch_until__lt=today)
    for problem in over.order_by("pk"):
        move(problem, "close", keeper, now, "за 90 дней не вернулась")


def _bodies(town: Municipality) -> list[Body]:
    return list(Body.objects.filter(municipality=town, is_external=False, is_open=True).order_by("pk"))
