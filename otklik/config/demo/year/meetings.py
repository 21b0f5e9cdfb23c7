"""Meetings of a month where the charter has them: agenda of the data, protocol, errands; one a quarter in absentia."""

from datetime import datetime, timedelta

from otklik.accounts.models import Post, User
from otklik.accounts.selectors import rights_of
from otklik.charter.selectors import charter_of
from otklik.common.models import Municipality
from otklik.common.period import Period
from otklik.common.periods import month_of, say_period
from otklik.common.words import capitalised
from otklik.config.demo.year.cast import Cast
from otklik.office import services
from otklik.office.models import AgendaItem, Meeting
from otklik.office.offers import offered
from otklik.office.selectors import members_of
from otklik.office.services import Call, DecisionText, Guest

QUARTER = 3
NOTICE = timedelta(days=5)
ASKED = ("Исполнение поручений", "Проблемы", "Просроченные карточки")
ORDERS = (
    ("обследовать адреса повторных обращений", "акт обследования по каждому адресу"),
    ("направить график устранения замечаний", "график с датами и ответственными"),
    ("подготовить ответы по просроченным карточкам", "ответы по каждой карточке"),
    ("провести сверку обещанных сроков", "перечень обещаний с датами"),
)
PROPOSALS = (
    "Обсуждать повторные обращения раз в месяц.",
    "Публиковать сроки ремонта до начала работ.",
    "Проводить выездной приём в сёлах раз в квартал.",
)


def play_month(town: Municipality, month: Period, cast: Cast) -> None:
    """What the mode of the charter asks for: a meeting with a protocol, an agreed agenda, or a prepared event."""
    mode = charter_of(town).meetings.mode
    head, curator = cast.who("office.organise"), cast.who("office.chair")
    day = cast.day_in(month, 0.7)
    if mode == "off" or head is None or not cast.has_come(day):
        return
    convened = cast.at(day - NOTICE, 9)
    meeting = _convene(town, month, head, convened, cast.at(day, 14))
    _prepare(town, meeting, head, convened)
    if mode == "preparation":
        services.hold(services.invite(meeting, head, convened), head, _after(meeting, 1, cast))
        return
    _agenda(town, meeting, month, head, cast, convened)
    if curator is None:
        return
    services.agree(meeting, curator, convened)
    meeting = services.invite(meeting, head, convened)
    if mode == "agenda":
        services.hold(meeting, head, _after(meeting, 1, cast))
        return
    _run(town, meeting, month, cast, head, curator)


def _convene(
    town: Municipality, month: Period, head: User, convened: datetime, starts_at: datetime
) -> Meeting:
    forms = charter_of(town).meetings.forms
    is_absent = "in_absentia" in forms and month.since.month % QUARTER == 0
    until = starts_at + timedelta(days=1) if is_absent else None
    call = Call(
        "in_absentia" if is_absent else "in_person",
        f"итоги работы с обращениями за {say_period(month_of(month.since.year, month.since.month))}",
        starts_at,
        "" if is_absent else "зал заседаний администрации",
        until,
    )
    return services.convene(town, call, [one.user_id for one in members_of(town)], head, convened)


def _prepare(town: Municipality, meeting: Meeting, head: User, now: datetime) -> None:
    post = _posts(town)[0]
    due = now.date() + timedelta(days=2)
    services.prepare(meeting, "подготовить справку по обращениям месяца", post, due, head, now)


def _agenda(
    town: Municipality, meeting: Meeting, month: Period, head: User, cast: Cast, now: datetime
) -> None:
    """Two questions the data offer, a member's proposal, a paper, an expert."""
    taken = 0
    for _, rows in offered(town, now, ASKED):
        for offer in rows[:1]:
            if taken < 2:
                services.take_offer(meeting, offer, head)
                taken += 1
    member = cast.who("office.attend", but=head)
    if member is not None:
        said = PROPOSALS[month.since.month % len(PROPOSALS)]
        services.decide_proposal(services.propose(town, said, member, now), meeting, "", head, now)
        services.add_material(meeting, "Справка по обращениям", member, now, file=("spravka.txt", b"spravka"))
    if charter_of(town).meetings.invites_experts:
        services.invite_guest(meeting, Guest("expert", "директор школы", "школа № 1"), head, now)


def _run(town: Municipality, meeting: Meeting, month: Period, cast: Cast, head: User, curator: User) -> None:
    """The curator leads, once in the year the deputy; each question gets an errand, the last is noted."""
    now = meeting.starts_at
    leads = head if month.since.month == 2 else curator
    meeting = services.start(meeting, "отпуск" if leads == head else "", leads, now)
    items = list(meeting.items.order_by("position"))
    if meeting.form == "in_absentia":
        _vote(meeting, items, now)
    else:
        here = list(meeting.participants.values_list("pk", flat=True))
        services.attend(meeting, set(here[: max(len(here) * 4 // 5, 1)]), {}, head)
    own = rights_of(leads, town).post_ids
    posts = [one for one in _posts(town) if one.pk not in own]
    for place, item in enumerate(items):
        services.write(
            item,
            "heard",
            f"доклад руководителя центра. {capitalised(item.reason or item.title)}.",
            0,
            head,
            now,
        )
        services.add_decision(item, _decision(place, month, posts, now), head, now)
    later = _after(meeting, 2, cast)
    meeting = services.sign(services.finish(meeting, head, later), leads, later)
    services.send(meeting, head, later)


def _vote(meeting: Meeting, items: list[AgendaItem], now: datetime) -> None:
    for person in meeting.participants.filter(kind="member").select_related("user"):
        for item in items:
            if person.user is not None:
                services.give_opinion(item, "for", "", person.user, now)


def _decision(place: int, month: Period, posts: list[Post], now: datetime) -> DecisionText:
    if place >= len(ORDERS) - 1:
        return DecisionText("noted")
    what, result = ORDERS[(place + month.since.month) % len(ORDERS)]
    post = posts[(place + month.since.month) % len(posts)]
    return DecisionText("errand", post, what, result, now.date() + timedelta(days=14 + 7 * place))


def _posts(town: Municipality) -> list[Post]:
    """Posts of inner bodies, those that somebody holds first."""
    rows = Post.objects.filter(municipality=town, body__is_external=False).select_related("body")
    held = list(rows.filter(holdings__until=None, holdings__isnull=False).distinct().order_by("pk"))
    return held or list(rows.order_by("pk"))


def _after(meeting: Meeting, hours: int, cast: Cast) -> datetime:
    return min(meeting.starts_at + timedelta(hours=hours), cast.now)
