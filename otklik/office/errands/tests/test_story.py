"""An errand from hand to hand on a real database: given, reported, sent back, moved, accepted; reminded of; counted."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from otklik.accounts.models import Body, Notice, Post, Role, User
from otklik.accounts.selectors import rights_of
from otklik.accounts.services import Appointment, give_role
from otklik.audit.models import JournalEntry
from otklik.channels.files import store_file
from otklik.common.errors import Refused
from otklik.common.period import Period
from otklik.office.errands import services
from otklik.office.errands.discipline import discipline_of
from otklik.office.errands.models import Errand
from otklik.office.errands.reminding import remind_of_errands
from otklik.office.errands.selectors import (
    ErrandFilter,
    count_waiting,
    counts_of,
    deeds_for,
    errand_for,
    errands_for,
    history_of,
    waiting_for,
)
from otklik.office.errands.services import Order, Source
from tests.town import SINCE, Town, build_town

pytestmark = pytest.mark.django_db
NOW = datetime.fromisoformat("2026-10-20T12:00:00+03:00")
TODAY = NOW.date()
WEEK = TODAY + timedelta(days=7)


class Office:
    """A town with a head who gives and controls, and a manager of a body who answers."""

    def __init__(self) -> None:
        self.town: Town = build_town("borovichi")
        self.place = self.town.municipality
        self.work = self.post("road-chief", self.town.bodies[0])
        self.control = self.post("deputy", self.town.bodies[-1])
        self.head = self.holder("head", ["office.errands", "office.chair"], self.control)
        self.chief = self.holder("chief", ["office.attend"], self.work)

    def post(self, key: str, body: Body) -> Post:
        return Post.objects.create(municipality=self.place, key=key, body=body, title=f"Должность {key}")

    def holder(self, key: str, permissions: list[str], post: Post) -> User:
        role = Role.objects.create(
            municipality=self.place, key=f"e-{key}", title=key, permissions=permissions
        )
        user = User.objects.create_user(f"{key}-of-errands", "correct horse 59")
        give_role(user, Appointment(role, SINCE, post=post), None)
        return user

    def give(self, due: date = WEEK, now: datetime = NOW, **more: object) -> Errand:
        values = {"controller": self.control, "result": "акт"} | more
        order = Order("отремонтировать мост", self.work, due, **values)  # type: ignore[arg-type]
        return services.give(self.place, order, self.head, now)

    def waits(self, user: User) -> list[tuple[int, str]]:
        rows = waiting_for(user, self.place, rights_of(user, self.place))
        assert count_waiting(user, self.place, rights_of(user, self.place)) == len(rows)
        return [(one.errand.number, one.deed) for one in rows]


@pytest.fixture
def office() -> Office:
    return Office()


def test_it_goes_from_hand_to_hand_until_it_is_accepted(office: Office) -> None:
    errand = office.give(source=Source("protocol", 7, "/meetings/7/", "протокол № 7"))
    assert (errand.number, office.give().number) == (1, 2)
    assert Notice.objects.filter(user=office.chief, text__contains="отремонтировать").count() == 2
    assert office.waits(office.chief) == [(1, "take"), (2, "take")]
    assert office.waits(office.head) == []
    services.act(errand, "take", office.chief, NOW)
    paper = store_file(b"akt", "akt.txt", office.place)
    services.act(errand, "report", office.chief, NOW, "Мост открыт, акт № 3", [paper])
    assert office.waits(office.head) == [(1, "accept")]
    with pytest.raises(Refused, match="контролёр, а не исполнитель"):
        services.act(errand, "accept", office.chief, NOW)
    services.act(errand, "send_back", office.head, NOW, "Нет снимка")
    assert (1, "report") in office.waits(office.chief)
    services.act(errand, "report", office.chief, NOW, "Снимок приложен")
    done = services.act(errand, "accept", office.head, NOW)
    assert (done.state, done.returns, done.closed_at) == ("accepted", 1, NOW)
    with pytest.raises(Refused, match="обновите страницу"):
        services.act(errand, "accept", office.head, NOW)
    deeds = [one.deed for one in history_of(done)]
    assert deeds == ["accept", "report", "send_back", "report", "take", "given"]
    assert history_of(done)[3].files.get().file == paper
    assert JournalEntry.objects.filter(code="errands.accept", why__startswith="№ 1").exists()


def test_it_refuses_to_give_without_the_right_or_to_control_oneself(office: Office) -> None:
    with pytest.raises(Refused, match="право"):
        services.give(office.place, Order("починить мост", office.work, WEEK), office.chief, NOW)
    with pytest.raises(Refused, match="сам себя"):
        office.give(controller=office.work)
    with pytest.raises(Refused, match="уже прошёл"):
        office.give(due=TODAY - timedelta(days=1))
    chair = office.holder("chair", ["office.chair"], office.post("chair", office.town.bodies[1]))
    signed = Order("починить мост", office.work, WEEK, source=Source("protocol", 1))
    assert services.give(office.place, signed, chair, NOW).controller is None


def test_it_moves_the_date_by_the_controllers_word_and_keeps_every_date(office: Office) -> None:
    errand, later = office.give(), WEEK + timedelta(days=5)
    services.ask_more_time(errand, later, "ждём щебень", office.chief, NOW)
    assert (office.waits(office.chief), office.waits(office.head)) == ([], [(1, "extend")])
    with pytest.raises(Refused, match="уже попросили"):
        services.ask_more_time(errand, later, "ещё", office.chief, NOW)
    services.act(errand, "refuse", office.head, NOW, "щебень есть")
    assert office.waits(office.chief) == [(1, "take")]
    after = NOW + timedelta(days=9)
    with pytest.raises(Refused, match="уже прошёл"):
        services.ask_more_time(errand, later + timedelta(days=9), "поздно", office.chief, after)
    moved = services.extend(errand, later + timedelta(days=9), "решение штаба", office.head, after)
    assert (moved.first_due_on, moved.was_late, moved.extensions) == (WEEK, True, 1)
    dates = [(one.due_was, one.due_new) for one in history_of(moved) if one.deed == "extend"]
    assert dates == [(WEEK, later + timedelta(days=9))]


def test_it_shows_an_errand_to_its_sides_alone(office: Office) -> None:
    office.give(helpers=[office.post("helper", office.town.bodies[1])])
    stranger = office.holder("stranger", ["office.attend"], office.post("other", office.town.bodies[2]))
    helper = office.holder("helper", [], Post.objects.get(key="helper"))
    for user, sees in ((office.head, 1), (office.chief, 1), (helper, 1), (stranger, 0)):
        rights = rights_of(user, office.place)
        assert errands_for(user, office.place, rights).count() == sees
        assert (errand_for(user, office.place, rights, 1) is not None) is bool(sees)
    rights = rights_of(helper, office.place)
    seen = errand_for(helper, office.place, rights, 1)
    assert seen is not None
    assert deeds_for(seen, helper, rights) == ["note"]


def test_a_body_answers_where_nobody_holds_the_post(office: Office) -> None:
    empty = office.post("vacant", office.town.bodies[0])
    errand = office.give()
    services.give(office.place, Order("убрать снег", empty, WEEK), office.head, NOW)
    assert office.waits(office.town.boris) == [(2, "take")]
    assert Notice.objects.filter(body=office.town.bodies[0], text__contains="убрать").exists()
    with pytest.raises(Refused, match="ответственный"):
        services.act(errand, "take", office.town.boris, NOW)


def test_it_reminds_once_a_day_and_tells_those_above_later(office: Office) -> None:
    errand = office.give(due=WEEK)
    zone = ZoneInfo(office.place.time_zone)

    def noon(day: date) -> datetime:
        return datetime.combine(day, time(12), zone)

    told = [
        remind_of_errands(office.place, noon(WEEK + timedelta(days=shift)))
        for shift in (-6, -3, -3, 0, 1, 5, 6)
    ]
    assert told == [0, 1, 0, 1, 1, 1, 0]
    mine = Notice.objects.filter(user=office.chief, link=services.page_of(errand))
    assert mine.filter(text__contains="срок сегодня").count() == 1
    assert Notice.objects.filter(user=office.head, text__contains="просрочено").count() == 2
    assert Notice.objects.filter(permission="office.errands").count() == 1


def test_a_missed_morning_loses_neither_a_reminder_nor_an_escalation(office: Office) -> None:
    errand = office.give(due=WEEK)
    told = [
        remind_of_errands(office.place, NOW + timedelta(days=7 + shift)) for shift in (-2, -2, 2, 3, 7, 8, 30)
    ]
    assert told == [1, 0, 1, 0, 1, 0, 1]
    mine = Notice.objects.filter(user=office.chief, link=services.page_of(errand)).order_by("pk")
    assert [said in one.text.replace("\xa0", " ") for one, said in zip(
        mine[1:], ("осталось 2 дня", "просрочено на 2 дня", "на 7 дней", "на 30 дней"), strict=True
    )] == [True] * 4  # fmt: skip
    assert Notice.objects.filter(permission="office.errands").count() == 2


def test_it_counts_discipline_by_bodies_and_posts(office: Office) -> None:
    start = NOW - timedelta(days=20)
    due = TODAY - timedelta(days=10)
    for reported in (due - timedelta(days=1), due + timedelta(days=2)):
        errand = office.give(due=due, now=start)
        at = datetime.combine(reported, time(12), ZoneInfo(office.place.time_zone))
        services.act(errand, "report", office.chief, at, "сделано")
        services.act(errand, "accept", office.head, at)
    office.give(due=due, now=start)
    services.act(office.give(due=due, now=start), "remove", office.head, NOW, "решение отменено")
    whole, bodies = discipline_of(office.place, Period(due, TODAY), TODAY)
    assert (whole.due, whole.in_time, whole.late, whole.overdue, whole.removed) == (4, 1, 1, 1, 1)
    assert whole.share == pytest.approx(1 / 3)
    assert [(one.title, [post.title for post in one.posts]) for one in bodies] == [
        (office.work.body.short_name, ["Должность road-chief"])
    ]
    assert discipline_of(office.place, Period(TODAY, TODAY), TODAY)[0].share is None


def test_it_filters_by_the_words_of_the_address(office: Office) -> None:
    office.give(now=NOW)
    late = office.give(due=TODAY - timedelta(days=1), now=NOW - timedelta(days=5))
    rights = rights_of(office.chief, office.place)
    rows = errands_for(office.chief, office.place, rights)

    def shown(**query: str) -> list[int]:
        found = ErrandFilter.read(query).apply(rows, office.chief, rights, TODAY)
        return [one.number for one in found]

    assert (shown(), shown(show="late"), shown(q="2"), shown(q="мост")) == ([2, 1], [2], [2], [2, 1])
    assert shown(body=str(late.body_id), since=TODAY.isoformat()) == [1]
    assert shown(show="nonsense", body="x", since="x") == [2, 1]
    counts = counts_of(office.chief, office.place, rights, TODAY)
    assert (counts["mine"], counts["late"], counts["accept"], counts["done"]) == (2, 1, 0, 0)
