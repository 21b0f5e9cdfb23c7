"""The heat map's screen: the question in the address, drill, chosen cell, data of the map, workbook, empty state."""

from collections.abc import Callable
from datetime import date, timedelta
from io import BytesIO
from pathlib import Path

import pytest
from django.http import QueryDict
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook
from pytest_django import Settings

from otklik.accounts.models import Holding, User
from otklik.analytics.heatmap.matrix import Cell
from otklik.analytics.heatmap.scale import Scale
from otklik.analytics.services import rebuild
from otklik.cases.models import Case
from otklik.common.period import Period
from otklik.common.periods import before, read_period
from otklik.common.words import NBSP
from otklik.desk.heatmap import asked_of, figure, legend
from otklik.desk.heatmap_days import CellAsked
from otklik.desk.periods import period_asked, period_picker, say_past, turned
from otklik.places.cells import cell_of
from otklik.places.models import Settlement
from tests.town import Town

Enter = Callable[[User], Client]
TODAY = date(2026, 10, 20)


@pytest.fixture
def home(town: Town) -> Settlement:
    """The settlement of every case of `crowd`."""
    found = Settlement.objects.get(municipality=town.municipality, is_centre=True)
    Settlement.objects.filter(pk=found.pk).update(population=12_000)
    return found


@pytest.fixture
def crowd(town: Town, home: Settlement) -> list[Case]:
    """A dozen of cases of this week in one settlement, four of them in one cell."""
    now = timezone.now() - timedelta(days=1)
    for step in range(12):
        case = town.case("На улице Гагарина яма, пробили колесо.", now=now)
        place = (
            {"lat": 58.39, "lon": 33.91, "h3": cell_of(58.39, 33.91)} if step < 4 else {"h3": "", "lat": None}
        )
        Case.objects.filter(pk=case.pk).update(settlement=home, **place)
    rebuild(town.municipality)
    return list(Case.objects.filter(municipality=town.municipality))


@pytest.fixture
def client(town: Town, enter: Enter) -> Client:
    return enter(town.user_with("head", ["analytics.view", "cases.view"]))


def test_it_says_where_and_of_what_people_write(client: Client, crowd: list[Case], home: Settlement) -> None:
    page = client.get(reverse("desk:heatmap")).content.decode().replace(NBSP, " ")
    assert "12 карточек, место не определено у 0" in page
    assert home.name in page
    assert "всплеск" in page
    assert 'data-cells="/' in page


def test_a_chosen_cell_tells_its_days_and_opens_its_cards(
    client: Client, crowd: list[Case], home: Settlement
) -> None:
    topic = crowd[0].topic
    assert topic is not None
    address = reverse("desk:heatmap")
    page = client.get(address, {"row": str(home.pk), "col": topic.group}).content.decode().replace(NBSP, " ")
    assert "Выбрана ячейка" in page
    assert "Из чего сложилось изменение: +12" in page
    assert f"settlement={home.pk}" in page
    drilled = client.get(address, {"group": topic.group}).content.decode()
    assert topic.title in drilled
    assert "Все группы тем" in drilled
    nobody = client.get(address, {"row": "77", "col": "nothing"}).content.decode()
    assert "Выбрана ячейка" not in nobody


@pytest.mark.parametrize("mode", ["rate", "count", "growth"])
def test_it_draws_every_mode(client: Client, crowd: list[Case], mode: str) -> None:
    page = client.get(reverse("desk:heatmap"), {"mode": mode, "spread": "1", "columns": "all", "rows": "all"})
    assert page.status_code == 200
    assert f'data-mode="{mode}"' in page.content.decode()


def test_the_map_gets_cells_and_points(client: Client, crowd: list[Case], home: Settlement) -> None:
    vague = 8 if home.lat is not None else 0
    cells = client.get(reverse("desk:heatmap_cells"), {"resolution": "9"}).json()
    assert [one["properties"]["now"] for one in cells["features"]] == [4]
    assert (cells["placed"], cells["vague"], cells["total"]) == (4, vague, 12)
    assert client.get(reverse("desk:heatmap_cells"), {"period": "2020"}).json()["features"] == []
    for box in ("", "58.38,33.88,58.4,33.92", "58,33,59,35"):
        points = client.get(reverse("desk:heatmap_points"), {"box": box}).json()
        assert (points["cells"], points["points"][3::4]) == ([cell_of(58.39, 33.91)], [4])
    for box in ("", "58.38,33.88,58.4,33.92"):
        assert (
            client.get(reverse("desk:heatmap_points"), {"col": "unknown", "box": box}).json()["points"] == []
        )
    assert (
        client.get(reverse("desk:heatmap_points"), {"box": "58.5,33.88,58.52,33.92"}).json()["points"] == []
    )


def test_the_map_is_not_sent_again_until_the_facts_change(
    client: Client, town: Town, crowd: list[Case]
) -> None:
    for address in ("desk:heatmap_cells", "desk:heatmap_points"):
        first = client.get(reverse(address), headers={"accept-encoding": "gzip"})
        again = client.get(reverse(address), headers={"if-none-match": first["ETag"]})
        assert (first.status_code, again.status_code, again.content) == (200, 304, b"")
        assert "private" in first["Cache-Control"]
        other = client.get(reverse(address), {"period": "2020"}, headers={"if-none-match": first["ETag"]})
        assert other.status_code == 200
        rebuild(town.municipality)
        assert client.get(reverse(address), headers={"if-none-match": first["ETag"]}).status_code == 200


def test_who_answers_for_a_block_sees_figures_of_that_block(
    town: Town, crowd: list[Case], home: Settlement, enter: Enter
) -> None:
    block = crowd[0].block_key
    assert block
    Case.objects.filter(pk__in=[case.pk for case in crowd[:5]]).update(block_key="another")
    rebuild(town.municipality)
    person = town.user_with("deputy", ["analytics.view", "cases.view_block"])
    Holding.objects.filter(user=person).update(block_key=block)
    client = enter(person)
    page = client.get(reverse("desk:heatmap")).content.decode().replace(NBSP, " ")
    assert "7 карточек, место не определено у 0" in page
    assert "Показана ваша часть: «" in page
    assert client.get(reverse("desk:heatmap_cells")).json()["total"] == 7
    placed = Case.objects.filter(block_key=block).exclude(h3="").count()
    assert sum(client.get(reverse("desk:heatmap_points")).json()["points"][3::4]) == placed
    book = load_workbook(BytesIO(client.get(reverse("desk:heatmap_workbook")).content))
    assert "Показана ваша часть" in str(book["Как считали"]["B2"].value)
    Holding.objects.filter(user=person).update(block_key="")
    page = enter(person).get(reverse("desk:heatmap")).content.decode().replace(NBSP, " ")
    assert "За вами не записан ни блок, ни орган" in page


def test_who_sees_no_cards_gets_no_points_and_no_lists(town: Town, crowd: list[Case], enter: Enter) -> None:
    client = enter(town.user_with("guest", ["analytics.view"]))
    page = client.get(reverse("desk:heatmap")).content.decode()
    assert 'data-points=""' in page
    assert 'data-list=""' in page
    assert f'href="{reverse("desk:list")}?' not in page
    assert client.get(reverse("desk:heatmap_points")).status_code == 404
    assert enter(town.gleb).get(reverse("desk:heatmap")).status_code == 404


def test_the_workbook_has_both_periods_and_how_it_was_counted(client: Client, crowd: list[Case]) -> None:
    answer = client.get(reverse("desk:heatmap_workbook"), {"period": "2026-W42..x"})
    book = load_workbook(BytesIO(answer.content))
    assert book.sheetnames == ["На 1000 жителей", "Число", "Было", "Изменение", "Как считали"]
    last = [cell.value for cell in list(book["Число"].rows)[-1]]
    assert last[0] == "По муниципалитету"
    assert last[-1] == 12
    assert "attachment" in answer["Content-Disposition"]


def test_an_empty_period_says_what_to_do(client: Client, town: Town) -> None:
    rebuild(town.municipality)
    page = client.get(reverse("desk:heatmap"), {"period": "2021-03"}).content.decode().replace(NBSP, " ")
    assert "За март 2021 карточек нет" in page
    assert "Последние 30 дней" in page


@pytest.mark.parametrize(
    ("address", "since", "until"),
    [
        ("", "2026-09-21", "2026-10-20"),
        ("period=2026-Q3", "2026-07-01", "2026-09-30"),
        ("since=2026-10-01&until=2026-10-15", "2026-10-01", "2026-10-15"),
        ("since=2026-10-15&until=2026-10-01", "2026-09-21", "2026-10-20"),
        ("period=0001", "2026-09-21", "2026-10-20"),
        ("period=завтра", "2026-09-21", "2026-10-20"),
    ],
)
def test_it_reads_the_period_of_the_address(address: str, since: str, until: str) -> None:
    found = period_asked(QueryDict(address), TODAY)
    assert found == Period(date.fromisoformat(since), date.fromisoformat(until))


def test_the_picker_keeps_the_rest_of_the_address() -> None:
    query = QueryDict("mode=count&since=2026-10-01&until=2026-10-15")
    picker = period_picker(query, period_asked(query, TODAY), TODAY)
    assert picker.says.replace(NBSP, " ") == "1–15 октября 2026"
    assert picker.pairs == [("mode", "count")]
    choices = [one for _, group in picker.groups for one in group]
    assert [one.title.replace(NBSP, " ") for one in choices if one.is_now] == ["1–15 октября 2026"]
    assert all(one.href.startswith("?mode=count&period=") for one in choices)
    assert turned(query, mode="", since="") == "?until=2026-10-15"


def test_the_question_leaves_out_what_it_does_not_know() -> None:
    asked = asked_of(QueryDict("mode=loud&what=all&kind=rumour&group=moon&past=year&period=2026-09"), TODAY)
    assert (asked.mode, asked.what, asked.kind, asked.group) == ("rate", "received", "", "")
    assert asked.past == read_period("2025-09")
    assert asked_of(QueryDict("past=2026-05&period=2026-09"), TODAY).past == read_period("2026-05")
    own = QueryDict("past_since=2026-05-03&past_until=2026-05-09&period=2026-09")
    assert asked_of(own, TODAY).past == read_period("2026-05-03..2026-05-09")


@pytest.mark.parametrize(
    ("spelled", "said"),
    [
        ("2026-09-21..2026-10-20", "прошлыми 30 днями"),
        ("2026-10", "периодом: сентябрь 2026"),
        ("2026-10-20..2026-10-20", "прошлым днём"),
    ],
)
def test_it_names_what_it_compares_with(spelled: str, said: str) -> None:
    period = read_period(spelled)
    assert say_past(period, before(period)).replace(NBSP, " ") == said


@pytest.mark.parametrize(
    ("cell", "mode", "is_few", "said"),
    [
        (Cell(22, 6, 9.52), "rate", False, "9,5"),
        (Cell(2, 0, None), "rate", True, "2"),
        (Cell(22, 6, 9.52), "count", False, "22"),
        (Cell(0, 6, 0.0), "rate", False, "·"),
        (Cell(0, 6, 0.0), "growth", False, "−6"),
        (Cell(22, 6, 9.5), "growth", False, "+16"),
        (Cell(0, 0, None), "growth", True, "·"),
    ],
)
def test_a_cell_shows_its_figure(cell: Cell, mode: str, is_few: bool, said: str) -> None:
    assert (
        figure(cell, "growth" if mode == "growth" else "count" if mode == "count" else "rate", is_few) == said
    )


def test_the_legend_tells_every_step() -> None:
    steps = legend(Scale((1.0, 2.0, 3.0, 4.5, 7.0)), "rate")
    assert [words for _, words in steps] == ["до 1", "1–2", "2–3", "3–4,5", "4,5–7", "7+"]
    assert len(legend(Scale(()), "growth")) == 7
    assert [words for _, words in legend(Scale((0.05, 0.1, 0.15, 0.225, 0.35)), "rate")][1:4] == [
        "0,05–0,1",
        "0,1–0,15",
        "0,15–0,225",
    ]


def test_the_days_of_a_cell_are_a_chart_with_a_table_and_files(
    town: Town, enter: Enter, settings: Settings, tmp_path: Path
) -> None:
    settings.DATA_DIR = tmp_path
    for days in (1, 1, 3):
        town.case("На улице Ленина огромная яма на дороге.", "pos", timezone.now() - timedelta(days=days))
    rebuild(town.municipality)
    reader = enter(town.user_with("reader", ["analytics.view", "cases.view"]))
    asked = {"row": "all", "col": "roads", "mode": "count"}
    page = reader.get(reverse("desk:heatmap"), asked).content.decode().replace(NBSP, " ")
    assert "Больше всего:" in page and "; обычно 0</h3>" in page
    for form in ("part", "png", "svg", "xlsx"):
        address = reverse("desk:chart", args=["heatmap", "days", form])
        assert reader.get(address, asked).status_code == 200, form
    assert reader.get(reverse("desk:chart", args=["heatmap", "days", "part"])).status_code == 404
    year = CellAsked(
        town.municipality, asked_of(QueryDict("period=2026"), TODAY), QueryDict("row=all&col=roads")
    )
    drawn = year.drawing("days")
    assert len(drawn.table.rows) == 53 and drawn.table.head[0] == "Неделя с"
