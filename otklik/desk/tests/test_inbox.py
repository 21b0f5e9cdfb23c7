"""What waits for a person: each thing once, with the errand in place of what it was given for."""

from datetime import timedelta
from io import BytesIO

import docx
import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from otklik.accounts.models import Post, Role, User
from otklik.accounts.services import Appointment, give_role
from otklik.desk.inbox import Item, each_once
from otklik.office.errands.services import Order, Source, give
from tests.town import SINCE, build_town

TODAY = timezone.localdate()


def test_it_says_each_thing_once() -> None:
    errand = Item("убрать снег", "поручение № 1", TODAY, "/errands/1/", "Взять", "/roadmaps/3/#measure-9")
    measure = Item("Убрать снег", "мероприятие", TODAY, "/roadmaps/3/#measure-9", "Открыть")
    proposal = Item("А", "предложение", None, "/coordination/proposals/", "Решить")
    another = Item("Б", "предложение", None, "/coordination/proposals/", "Решить")
    assert each_once([errand, measure, proposal, another, proposal]) == [errand, proposal, another]


@pytest.mark.django_db
def test_it_shows_an_errand_on_the_day_of_who_answers_and_no_notice_beside_it(client: Client) -> None:
    town = build_town("borovichi")
    role = Role.objects.create(
        municipality=town.municipality, key="m", title="Член", permissions=["office.attend"]
    )
    post = Post.objects.create(
        municipality=town.municipality, key="m", body=town.bodies[0], title="Начальник"
    )
    user = User.objects.create_user("member-of-day", "correct horse 59")
    give_role(user, Appointment(role, SINCE, post=post), None)
    giver = town.user_with("giver", ["office.errands"])
    order = Order("убрать 3 свалки", post, TODAY + timedelta(days=2), source=Source("head"))
    give(town.municipality, order, giver, timezone.now())
    client.force_login(user, "django.contrib.auth.backends.ModelBackend")
    page = client.get(reverse("desk:day")).content.decode()
    assert page.count(reverse("desk:errand", args=[1])) == 2
    assert "Новых уведомлений нет" in page
    client.post(reverse("desk:errand_deed", args=[1, "report"]), {"words": "убраны"})
    assert "Ничего не ждёт" in client.get(reverse("desk:day")).content.decode()
    client.force_login(giver, "django.contrib.auth.backends.ModelBackend")
    assert "Принять" in client.get(reverse("desk:day")).content.decode()
    paper = client.get(reverse("desk:errands_paper", args=["docx"]), {"show": "given"})
    read = docx.Document(BytesIO(paper.content))
    assert [cell.text for cell in read.tables[-1].rows[1].cells][:2] == ["1", "убрать 3 свалки"]
    assert "ПЕРЕЧЕНЬ ПОРУЧЕНИЙ" in [one.text for one in read.paragraphs]
