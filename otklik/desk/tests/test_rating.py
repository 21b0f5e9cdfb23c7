"""The screen of the rating: by the charter, frozen by a click, objected to by the body, answered, taken away."""

import re
from collections.abc import Callable
from html import unescape
from io import BytesIO

import pytest
from django.http import QueryDict
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook

from otklik.accounts.models import User
from otklik.analytics.dashboards.behind import asked_from, cases_behind, query_of
from otklik.analytics.models import FactMark
from otklik.analytics.rating.models import RatingObjection, RatingPeriod
from otklik.analytics.rating.tests.lived import OCTOBER, live_through_october, silent
from otklik.analytics.services import correct
from otklik.common.periods import write_period
from otklik.common.words import NBSP
from tests.town import Town, build_town

Enter = Callable[[User], Client]
HERE, DAY = "desk:rating", write_period(OCTOBER)


@pytest.fixture
def keeper(town: Town) -> User:
    return town.user_with("keeper", ["analytics.view", "analytics.rate", "cases.view"])


@pytest.fixture
def facts(town: Town) -> None:
    """October with two rated bodies, counted into facts."""
    live_through_october(town)
    correct(town.municipality)


def page_of(client: Client, **query: str | int) -> str:
    return client.get(reverse(HERE), {"period": DAY, **query}).content.decode().replace("\u00a0", " ")


def test_it_shows_places_cells_and_the_way_up(facts: None, town: Town, keeper: User, enter: Enter) -> None:
    page = page_of(enter(keeper))
    assert "октябрь 2026" in page and "предварительный: не заморожен" in page
    assert page.index(town.bodies[0].short_name) < page.index(town.bodies[1].short_name)
    assert "0/3" in page and "3/3" in page and "30 ч" in page
    assert "Не рейтингуются" in page and town.bodies[2].short_name in page
    assert f"{town.bodies[1].short_name}: с 2\u2011го на 1\u2011е" in page
    assert "Ответить в срок ещё по" in page and "вместо 30 ч" in page
    assert "Заморозить" in page


def test_it_shows_a_sheet_of_a_channel_and_says_when_it_is_empty(
    facts: None, keeper: User, enter: Enter
) -> None:
    client = enter(keeper)
    assert "3/3" in page_of(client, sheet="incident")
    assert "рейтинговать некого" in page_of(client, sheet="pos")
    assert "3/3" in page_of(client, sheet="nothing")
    for word in ("вчера", "2026-13", "9999-12", "0001"):
        assert client.get(reverse(HERE), {"period": word}).status_code == 404


def test_it_freezes_by_a_click_and_takes_an_objection_of_the_body(
    facts: None, town: Town, keeper: User, enter: Enter
) -> None:
    boss, worker = enter(keeper), town.user_with("worker", ["cases.view_body"], town.bodies[1])
    assert boss.post(reverse("desk:rating_freeze"), {"period": DAY}).status_code == 302
    frozen = RatingPeriod.objects.get()
    assert boss.post(reverse("desk:rating_freeze"), {"period": DAY}).status_code == 422
    page = page_of(enter(worker))
    assert "заморожен" in page and "Возразить" in page and "Заморозить" not in page
    here = reverse("desk:rating_object", args=[frozen.pk])
    other = {"body": town.bodies[0].pk, "text": "не наше"}
    assert enter(worker).post(here, other).status_code == 422
    mine = {"body": town.bodies[1].pk, "text": "Повторы — к перевозчику, тел. 8 (816) 642-15-40"}
    assert enter(worker).post(here, mine).status_code == 302
    objection = RatingObjection.objects.get()
    page = page_of(boss)
    assert "к перевозчику" in page and "642-15-40" not in page and "Ответить органу" in page
    answer = {"decision": "declined", "answer": "Карточки ваши."}
    assert boss.post(reverse("desk:rating_answer", args=[objection.pk]), answer).status_code == 302
    assert "Возражение отклонено" in page_of(enter(worker))


def test_it_hides_freezing_from_those_who_only_look(facts: None, town: Town, enter: Enter) -> None:
    viewer = town.user_with("viewer", ["analytics.view"])
    page = page_of(enter(viewer))
    assert "Заморозить" not in page and "3/3" in page
    assert enter(viewer).post(reverse("desk:rating_freeze"), {"period": DAY}).status_code == 404
    nobody = town.user_with("nobody", ["charter.view"])
    assert enter(nobody).get(reverse(HERE)).status_code == 404


def test_it_says_when_the_charter_has_no_rating(town: Town, enter: Enter) -> None:
    other = build_town("demyansk")
    head = other.user_with("head", ["analytics.view", "analytics.rate"])
    client = enter(head)
    assert "Положение не предусматривает рейтинга" in page_of(client)
    assert client.post(reverse("desk:rating_freeze"), {"period": "2026-01"}).status_code == 422
    assert client.get(reverse("desk:rating_workbook")).status_code == 404


def test_it_gives_a_workbook_with_every_sheet_and_the_method(facts: None, keeper: User, enter: Enter) -> None:
    answer = enter(keeper).get(reverse("desk:rating_workbook"), {"period": DAY})
    book = load_workbook(BytesIO(answer.content))
    assert book.sheetnames == ["Всего", "ПОС", "Инцидент", "СЭД"]
    cells = [str(cell.value) for row in book["Всего"].iter_rows() for cell in row if cell.value is not None]
    assert "3/3" in cells and any("K1 Просрочка" in cell for cell in cells)
    assert any("не рейтингуется" in cell for cell in cells)


def test_numbers_of_a_channel_open_the_cases_of_that_channel(
    facts: None, town: Town, keeper: User, enter: Enter
) -> None:
    slow = town.bodies[1]
    silent(town, slow, "pos")
    correct(town.municipality)
    page = unescape(page_of(enter(keeper), sheet="incident"))
    asked = [asked_from(QueryDict(query)) for query in re.findall(r'href="/summary/cases/\?([^"]+)"', page)]
    mark = FactMark.objects.get(municipality=town.municipality).brought_at
    own = {
        (one.measure.key, one.is_below): cases_behind(town.municipality, one, {}, mark).events
        for one in asked
        if one and mark and one.key == str(slow.pk)
    }
    assert own["received", False] == 3, "the case of ПОС stands on another sheet"
    waited = (one for one in asked if one and one.measure.key == "first_median" and one.key == str(slow.pk))
    shown = next(waited)
    opened = enter(keeper).get(reverse("desk:summary_cases"), QueryDict(query_of(shown))).content.decode()
    assert f"{slow.short_name}, Инцидент" in opened.replace(NBSP, " ")
    assert own["overdue", False] == own["overdue", True] == 3
    assert own["first_median", False] == 1
    assert "/summary/cases/" not in page_of(enter(town.user_with("viewer", ["analytics.view"])))
