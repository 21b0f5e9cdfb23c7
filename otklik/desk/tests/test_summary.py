"""«Сводка»: tiles of the role with ways to their cases, charts and files, own dashboards, the wall."""

from collections.abc import Callable
from datetime import timedelta
from io import BytesIO
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook
from pytest_django import Settings

from otklik.accounts.models import User
from otklik.analytics.charts import kept
from otklik.analytics.charts.easel import Easel, NotDrawnError
from otklik.analytics.charts.plot import Order, Plot, Point
from otklik.analytics.dashboards.models import Dashboard
from otklik.analytics.services import rebuild
from otklik.cases import services
from tests.town import Town

Enter = Callable[[User], Client]
SEES = ["analytics.view", "cases.view"]


@pytest.fixture(autouse=True)
def own_folder(settings: Settings, tmp_path: Path) -> None:
    """Drawings are kept in a folder of the test."""
    settings.DATA_DIR = tmp_path


@pytest.fixture
def facts(town: Town) -> None:
    """A few cases of two themes; one was answered by nobody and its term has passed, one was forwarded."""
    now = timezone.now()
    for days in (1, 2, 3, 80):
        town.case("На улице Ленина огромная яма на дороге, пробил колесо.", "pos", now - timedelta(days=days))
    lamp = town.case("На улице Советской не горят три фонаря.", "pos", now - timedelta(days=4))
    services.assign_case(lamp, town.bodies[0], town.vera, now - timedelta(days=3), "разобрано")
    rebuild(town.municipality)


def text_of(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, address
    return str(answer.content.decode()).replace("\xa0", " ").replace("\u202f", " ")


def test_it_says_what_to_do_before_there_is_anything(town: Town, enter: Enter) -> None:
    assert "otklik facts rebuild" in text_of(enter(town.user_with("reader", SEES)), reverse("desk:summary"))


def test_it_opens_the_dashboard_of_the_role_with_ways_to_the_cases(
    town: Town, enter: Enter, facts: None
) -> None:
    leader = enter(town.user_with("leader", [], role_key="leader"))
    page = text_of(leader, reverse("desk:summary"))
    assert "«Главе»" in page
    assert "измен" in page and "Ямы" in page
    assert page.count('class="sheet tile tile--number"') == 6
    assert 'hx-trigger="load"' in page
    assert "measure=received&amp;since=" in page
    for key in ("curator", "block", "channel", "region"):
        assert "tile--number" in text_of(leader, reverse("desk:summary_board", args=[key]))


def test_it_asks_the_database_little_and_the_second_time_almost_nothing(
    town: Town, enter: Enter, facts: None
) -> None:
    reader = enter(town.user_with("curator", [], role_key="curator"))
    for most in (32, 10):
        with CaptureQueriesContext(connection) as queries:
            assert reader.get(reverse("desk:summary")).status_code == 200
        asked = [
            one["sql"] for one in queries.captured_queries if not one["sql"].startswith(("SAVE", "RELEASE"))
        ]
        assert len(asked) <= most, asked


def test_a_person_without_the_right_to_cases_gets_numbers_without_links(
    town: Town, enter: Enter, facts: None
) -> None:
    page = text_of(enter(town.user_with("reader", ["analytics.view"])), reverse("desk:summary"))
    assert "tile--number" in page
    assert "measure=received" not in page


def test_every_number_opens_exactly_its_cases(town: Town, enter: Enter, facts: None) -> None:
    reader = enter(town.user_with("reader", SEES))
    page = reader.get(reverse("desk:summary_board", args=["curator"]) + "?of=town").content.decode()
    start = reverse("desk:summary_cases") + "?"
    links = {
        part.split('"')[0].replace("&amp;", "&")
        for part in page.split('href="')[1:]
        if part.startswith(start)
    }
    assert len(links) > 10
    for link in links:
        answer = reader.get(link)
        if answer.status_code == 302:
            asked = parse_qs(urlsplit(answer["Location"]).query)
            assert answer["Location"].startswith(reverse("desk:list"))
            assert "since" in asked
        else:
            assert answer.status_code == 200, link
    today = timezone.localdate()
    days = f"since={today - timedelta(days=29)}&until={today}"
    triage = text_of(reader, f"{start}measure=triage&{days}&of=town")
    assert "карточк" in triage or "Событий за эти дни не было" in triage
    received = reader.get(f"{start}measure=received&{days}&of=town&by=topic&key=road-potholes")
    assert "topic=road-potholes" in received["Location"]
    assert reader.get(f"{start}measure=nonsense&{days}").status_code == 404


def test_it_draws_a_chart_once_and_puts_it_into_the_page_afterwards(
    town: Town, enter: Enter, facts: None
) -> None:
    reader = enter(town.user_with("reader", SEES))
    board = reverse("desk:summary_board", args=["leader"])
    chart = text_of(reader, reverse("desk:summary_tile", args=["leader", 6, "part"]))
    assert chart.count('<svg class="chart__drawing"') == 2
    assert "var(--edge)" in chart and "style=" not in chart and "hx-get" not in chart
    assert f'href="{reverse("desk:summary_cases")}?measure=received' in chart
    page = text_of(reader, board)
    assert "var(--edge)" in page


def test_it_gives_the_same_rows_as_pictures_and_workbooks(town: Town, enter: Enter, facts: None) -> None:
    reader = enter(town.user_with("reader", SEES))
    svg = reader.get(reverse("desk:summary_tile", args=["leader", 6, "svg"])).content
    assert svg.startswith(b"<svg") and "Поступило".encode() in svg and b"href" not in svg
    png = reader.get(reverse("desk:summary_tile", args=["leader", 6, "png"])).content
    assert png.startswith(b"\x89PNG")
    book = load_workbook(
        BytesIO(reader.get(reverse("desk:summary_tile", args=["leader", 6, "xlsx"])).content)
    )
    sheet = book.worksheets[0]
    assert sum(int(str(row[1].value)) for row in sheet.iter_rows(min_row=2)) == 4
    whole = load_workbook(BytesIO(reader.get(reverse("desk:summary_workbook", args=["leader"])).content))
    assert whole.worksheets[0]["A2"].value == "Поступило" and whole.worksheets[0]["B2"].value == 4
    for place, form in ((99, "svg"), (0, "svg"), (6, "pdf")):
        assert reader.get(reverse("desk:summary_tile", args=["leader", place, form])).status_code == 404


def test_it_shows_the_table_when_nothing_can_be_drawn(
    town: Town, enter: Enter, facts: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(kept, "EASEL", Easel(("false",)))
    reader = enter(town.user_with("reader", SEES))
    assert "График не нарисован" in text_of(reader, reverse("desk:summary_tile", args=["leader", 6, "part"]))
    assert reader.get(reverse("desk:summary_tile", args=["leader", 6, "png"])).status_code == 404
    with pytest.raises(NotDrawnError):
        Easel(("false",)).draw(Order(Plot("ranks", "t", "шт", "Тема", (Point("a", 1.0, "1"),))))


def test_a_person_composes_shares_changes_and_deletes_a_dashboard(
    town: Town, enter: Enter, facts: None
) -> None:
    author, reader = town.user_with("author", SEES), town.user_with("leader", [], role_key="leader")
    client, new = enter(author), reverse("desk:summary_new")
    assert "Плитка 10" in text_of(client, new + "?from=leader")
    tiles = {"kind-0": "number", "measure-0": "received", "title": "Планёрка", "roles": "leader"}
    added = client.post(new, {**tiles, "do": "add"}).content.decode()
    assert "Плитка 2" in added and "Планёрка" in added
    wrong = {**tiles, "kind-1": "chart", "measure-1": "first_median", "by-1": "settlement"}
    assert "не раскладывается" in client.post(new, {**wrong, "do": "look"}).content.decode()
    assert client.post(new, {**wrong, "do": "save"}).status_code == 422
    right = {
        **wrong,
        "by-1": "body",
        "kind-2": "table",
        "measure-2": "received",
        "more-2": ["overdue"],
        "by-2": "topic",
    }
    assert "последние 30 дней" in client.post(new, {**right, "do": "look"}).content.decode()
    assert client.post(new, {**right, "do": "save"}).status_code == 302
    kept_one = Dashboard.objects.get(title="Планёрка")
    assert [tile["measures"] for tile in kept_one.tiles] == [
        ["received"],
        ["first_median"],
        ["received", "overdue"],
    ]
    board, edit = (reverse(f"desk:summary_{name}", args=[kept_one.pk]) for name in ("board", "edit"))
    assert "Планёрка" in text_of(enter(reader), board)
    assert enter(reader).get(edit).status_code == 403
    assert enter(town.user_with("stranger", SEES)).get(board).status_code == 404
    moved = client.post(edit, {**right, "do": "up-1"}).content.decode()
    assert moved.index('"first_median" selected') < moved.index('"received" selected')
    assert client.post(edit, {**tiles, "title": "", "do": "save"}).status_code == 422
    assert client.post(edit, {**tiles, "title": "Моя", "do": "save"}).status_code == 302
    assert client.post(reverse("desk:summary_delete", args=[kept_one.pk])).status_code == 302
    assert not Dashboard.objects.exists()


def test_the_wall_shows_big_figures_refreshes_itself_and_turns(town: Town, enter: Enter, facts: None) -> None:
    client = enter(town.user_with("reader", SEES))
    wall = reverse("desk:summary_wall", args=["leader"])
    page = text_of(client, f"{wall}?with=curator&with=nobody&every=30&days=7")
    assert 'data-theme="dark"' in page and 'hx-trigger="every 30s"' in page
    assert "turn=1" in page and "Главе" in page and "<button" not in page.split("</main>")[0]
    assert "chart__drawing" in page and "summary/cases" not in page
    turned = text_of(client, f"{wall}?with=curator&turn=1")
    assert "Куратору" in turned and "turn=0" in turned
    assert client.get(reverse("desk:summary_wall", args=["nobody"])).status_code == 404
