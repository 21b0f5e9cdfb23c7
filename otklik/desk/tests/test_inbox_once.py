"""One person in many roles: what waits stands in one place, each thing once, whatever ways it comes by."""

from collections import Counter
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from otklik.accounts.models import Holding, Post, Role, User
from otklik.accounts.services import Appointment, give_role
from otklik.deadlines.selectors import calendar_of
from otklik.desk import inbox
from otklik.office import services as office
from otklik.office.coordination.services import inquiries, proposals
from otklik.office.errands import of_measures
from otklik.office.errands import services as errands
from otklik.office.errands.services import Order, Source
from otklik.office.services import Call
from otklik.problems.roadmaps import services as roadmaps
from otklik.problems.roadmaps.services import MeasureText, RoadmapText
from tests.town import SINCE, Town

MINE = ["office.attend", "office.chair", "office.errands", "problems.manage", "cases.work", "reports.verify"]


class Desk:
    """A deputy who chairs, controls, heads a body and is a member; the head of the centre gives him work."""

    def __init__(self, town: Town) -> None:
        self.town, self.place = town, town.municipality
        self.now = timezone.now()
        self.day = calendar_of(self.place).working_day_from(timezone.localdate() + timedelta(days=9))
        self.chair = self.post("chair", "Заместитель главы")
        self.chief = self.post("chief", "Начальник отдела")
        self.me = town.user_with("me", [])
        for key, post in (("chair", self.chair), ("chief", self.chief), ("again", self.chief)):
            role = Role.objects.create(municipality=self.place, key=f"r-{key}", title=key, permissions=MINE)
            give_role(self.me, Appointment(role, SINCE, post=post), None)
        gives = ["office.errands", "office.organise", "problems.manage", "office.attend"]
        self.head = town.user_with("head", gives)

    def post(self, key: str, title: str) -> Post:
        return Post.objects.create(municipality=self.place, key=key, body=self.town.bodies[0], title=title)

    def errand(self, text: str, **more: object) -> str:
        order = Order(text, self.chief, self.day, **more)  # type: ignore[arg-type]
        return errands.page_of(errands.give(self.place, order, self.head, self.now))

    def roadmap(self, title: str, is_agreed: bool) -> str:
        """A roadmap with a measure of mine; agreed and put under control, or asked of me."""
        told = RoadmapText(title, "Меньше жалоб", cause_text="нет договора")
        roadmap = roadmaps.draft_roadmap(self.place, told, self.head, self.now)
        measure = MeasureText(f"{title}: заделать", "ям нет", "ям", "9", "0", self.chief, self.day, self.day)
        kept = roadmaps.add_measure(roadmap, measure, self.head)
        roadmaps.send(roadmap, [self.chair], self.head, self.now)
        if not is_agreed:
            return f"/roadmaps/{roadmap.pk}/"
        agreed = roadmaps.decide(roadmap, True, "", self.me, self.now)
        (errand,) = of_measures.give_all(agreed, self.head, self.now)
        assert errand.source_link.endswith(f"#measure-{kept.pk}")
        return errands.page_of(errand)

    def meeting(self) -> tuple[str, str]:
        """A meeting whose agenda I agree, and a task of its preparation for me."""
        call = Call("in_person", "рост жалоб", self.now + timedelta(days=20), "зал")
        made = office.convene(self.place, call, [self.me.pk], self.head, self.now)
        office.add_question(made, "Освещение у школ", "", "", self.head, self.now)
        task = office.prepare(made, "подготовить справку", self.chief, self.day, self.head, self.now)
        return reverse("desk:meeting", args=[made.pk]), errands.page_of(task.errand)


@pytest.fixture
def desk(other_town: Town, monkeypatch: pytest.MonkeyPatch) -> Desk:
    """Nothing is remembered between two looks."""
    monkeypatch.setattr(inbox, "MEMORY_SECONDS", -1.0)
    return Desk(other_town)


def waits_of(client: Client, user: User) -> list[str]:
    client.force_login(user, "django.contrib.auth.backends.ModelBackend")
    page = client.get(reverse("desk:day"))
    rows = page.context["waits"]
    news = {one.link for one in page.context["notices"]}
    assert not news & {href for row in rows for href in (row.href, row.behind)}, "a notice says it again"
    return [row.href for row in rows if not row.second.startswith("пункт ")]


def test_it_says_each_thing_once_to_one_person_in_many_roles(desk: Desk, client: Client) -> None:
    said = [
        desk.errand("убрать 3 свалки", source=Source("head")),
        desk.errand("заменить фонарь", source=Source("protocol", 7, "/meetings/7/", "протокол № 7")),
        desk.roadmap("Ямы", is_agreed=True),
        desk.roadmap("Свет", is_agreed=False),
        *desk.meeting(),
    ]
    asked = inquiries.Asked("statistics", "Заявки", "Сколько заявок", desk.day, [desk.town.bodies[0]])
    said.append(f"/requests/{inquiries.ask(desk.place, asked, desk.head, desk.now).pk}/")
    told = proposals.ProposalText("head", "Ямы на въездах", "Проверить гарантию", "41 за месяц", "/summary/")
    proposals.propose(desk.place, told, desk.head, desk.now)
    said.append(reverse("desk:proposals"))
    assert Counter(waits_of(client, desk.me)) == Counter(said)


def test_a_report_waits_once_for_who_gave_and_controls_and_goes_with_his_word(
    desk: Desk, client: Client
) -> None:
    post = desk.post("doer", "Специалист")
    doer = desk.town.user_with("doer", ["office.attend"])
    Holding.objects.filter(user=doer).update(post=post)
    order = Order("заменить фонарь", post, desk.day, controller=desk.chair)
    errand = errands.give(desk.place, order, desk.me, desk.now)
    page = errands.page_of(errand)
    assert (waits_of(client, desk.me), waits_of(client, doer)) == ([], [page])
    errands.act(errand, "report", doer, desk.now, "заменён")
    assert (waits_of(client, desk.me), waits_of(client, doer)) == ([page], [])
    errands.act(errand, "accept", desk.me, desk.now)
    assert waits_of(client, desk.me) == []
