"""Errands through a month: the head gives a few, posts report, controllers accept, send back, move a date.

Errands of protocols and roadmaps are carried out here too, so this part stands after what gives them.
"""

from datetime import date, datetime, timedelta

from otklik.accounts.models import Post, User
from otklik.accounts.selectors import held_posts
from otklik.common.models import Municipality
from otklik.common.period import Period
from otklik.config.demo.year.cast import Cast
from otklik.office.errands import services
from otklik.office.errands.models import Errand
from otklik.office.errands.rules import OPEN
from otklik.office.errands.selectors import errands_of
from otklik.office.errands.services import Order, Source

A_MONTH = 3
TASKS = (
    ("проверить ответы с отметкой «решено» выездом по пяти адресам", "пять снимков", "head"),
    (
        "подготовить перечень контейнерных площадок, которые переполняются чаще двух раз в месяц",
        "перечень",
        "head",
    ),
    ("разместить на странице администрации график вывоза ТКО", "ссылка на страницу", "own"),
    ("направить перевозчику письмо о нарушениях расписания", "копия письма", "head"),
    ("согласовать с сетевой организацией график отключений", "график", "curator"),
    ("обследовать освещение у школ до начала вечерних смен", "акт обследования", "head"),
    ("провести встречу с жителями по благоустройству двора", "протокол встречи и список решений", "curator"),
    ("подготовить памятку, как подать заявку на спил аварийных деревьев", "текст памятки", "own"),
    ("сверить адреса в сообщениях о ямах с планом ямочного ремонта", "таблица сверки", "head"),
    ("представить сведения о просроченных ответах отдела с причинами", "справка на одну страницу", "curator"),
)
REPORT = "Сделано: {}. Подтверждение есть."
LATE, BACK, MORE, OFF = 0.14, 0.12, 0.1, 0.03
"""Shares of errands reported late, sent back, moved by a day, taken off."""


def play_month(town: Municipality, month: Period, cast: Cast) -> None:
    """Give this month's errands, then carry out everything whose time has come."""
    _give(town, month, cast)
    end = month.until
    rows = (
        errands_of(town).filter(state__in=OPEN).select_related("post__body", "controller__body", "given_by")
    )
    for errand in rows.prefetch_related("helpers"):
        _carry_out(errand, end, cast)


def _give(town: Municipality, month: Period, cast: Cast) -> None:
    giver = next(iter(cast.of_role("head")), None) or cast.who("office.errands")
    if giver is None or giver not in cast.everyone("office.errands"):
        return
    held = held_posts(town).filter(user=giver).select_related("post").order_by("pk").first()
    control = held.post if held else None
    posts = [one for one in _posts(town) if control is None or one.pk != control.pk]
    if not posts:
        return
    for turn in range(A_MONTH):
        day = cast.day_in(month, (turn + 0.4) / A_MONTH)
        if not cast.has_come(day):
            return
        text, result, kind = cast.chance.choice(TASKS)
        due = cast.calendar.add_working_days(day, cast.chance.choice((5, 8, 12, 15)))
        post, helper = cast.chance.choice(posts), cast.chance.choice(posts)
        order = Order(
            text,
            post,
            due,
            result,
            control,
            [helper] if cast.chance.random() < 0.3 else [],
            "high" if cast.chance.random() < 0.15 else "usual",
            source=Source(kind),
        )
        services.give(town, order, giver, cast.at(day, 11))


def _posts(town: Municipality) -> list[Post]:
    """Posts somebody holds: their people answer for errands of the year."""
    rows = Post.objects.filter(municipality=town, pk__in=held_posts(town).values("post"))
    return list(rows.select_related("body").order_by("pk"))


def _carry_out(errand: Errand, end: date, cast: Cast) -> None:
    """Take, report and accept as far as the days up to `end` allow."""
    doer, controller = _holder(errand.post, cast), _controller(errand, cast)
    if doer is None or controller is None or doer == controller:
        return
    given = errand.given_at.astimezone(cast.zone).date()
    if errand.state == "given" and _has_come(given + timedelta(days=1), end, cast):
        services.act(errand, "take", doer, cast.working_days_after(errand.given_at, 1, 9))
    fate = cast.chance.random()
    if errand.extensions == 0 and fate > 1 - MORE and _has_come(errand.due_on, end, cast):
        _ask_more(errand, doer, controller, cast)
        return
    if fate < OFF and _has_come(errand.due_on, end, cast):
        services.act(errand, "remove", controller, _noon(errand.due_on, cast), "решается в рамках контракта")
        return
    shift = cast.chance.choice((1, 2, 4)) if fate < LATE else -cast.chance.choice((0, 0, 1, 2))
    ready = max(
        cast.calendar.add_working_days(errand.due_on, shift)
        if shift > 0
        else cast.calendar.working_day_until(errand.due_on + timedelta(days=shift)),
        given + timedelta(days=1),
    )
    if _has_come(ready, end, cast):
        _report(errand, doer, controller, ready, cast)


def _report(errand: Errand, doer: User, controller: User, day: date, cast: Cast) -> None:
    said = REPORT.format(errand.result or errand.text)[:900]
    reported = _noon(day, cast)
    if errand.state != "reported":
        errand = services.act(errand, "report", doer, reported, said)
    looked = cast.working_days_after(reported, 1, 16)
    if looked >= cast.now:
        return
    if errand.returns == 0 and cast.chance.random() < BACK:
        services.act(
            errand, "send_back", controller, looked, "Приложите подтверждение: по словам принять нельзя."
        )
        again = cast.working_days_after(looked, 2, 11)
        if again >= cast.now:
            return
        services.act(errand, "report", doer, again, f"{said} Подтверждение приложено к делу.")
        looked = cast.working_days_after(again, 1, 16)
        if looked >= cast.now:
            return
    services.act(errand, "accept", controller, looked)


def _ask_more(errand: Errand, doer: User, controller: User, cast: Cast) -> None:
    day = cast.calendar.working_day_until(errand.due_on)
    new = cast.calendar.add_working_days(errand.due_on, 7)
    asked = _noon(day, cast)
    if asked >= cast.now or asked.date() > errand.due_on:
        return
    services.ask_more_time(errand, new, "подрядчик переносит выезд на следующую неделю", doer, asked)
    services.extend(
        errand, new, "перенос подтверждён письмом подрядчика", controller, asked + timedelta(hours=2)
    )


def _has_come(day: date, end: date, cast: Cast) -> bool:
    return day <= end and cast.has_come(day)


def _noon(day: date, cast: Cast) -> datetime:
    return cast.at(day, 12)


def _holder(post: Post, cast: Cast) -> User | None:
    held = held_posts(cast.town).filter(post=post).select_related("user").order_by("pk").first()
    if held is not None:
        return held.user
    return next(iter(cast.everyone("cases.work", post.body)), None)


def _controller(errand: Errand, cast: Cast) -> User | None:
    return _holder(errand.controller, cast) if errand.controller else errand.given_by
