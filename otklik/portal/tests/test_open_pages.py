"""Open figures of a town: what was done, statistics, open data with passports — and nobody in any of them."""

import csv
import io
import json
from datetime import datetime, time, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.test import Client
from django.utils import timezone

from otklik.analytics.models import RollFact
from otklik.analytics.services import rebuild
from otklik.channels.widget import set_origins
from otklik.charter.evidence import evidence_for
from otklik.common.period import Period
from otklik.common.today import today_in
from otklik.outreach.models import DatasetIssue, OpenDataset
from otklik.outreach.services import PageWords, Passport, add_page, switch_dataset
from otklik.reports.open_data.services import issue_due, months_before, open_ready
from tests.fixtures.lived import back_in, made_once
from tests.town import Town, build_town

pytestmark = pytest.mark.django_db
HOME, FRAME = "/p/borovichi/", "/widget/borovichi/done/"
TEXT = "На улице Гагарина у дома 12 огромная яма, Иванова Мария Петровна, 8 900 000-00-01."
CASES = 6
STATIC = Path(__file__).parents[1] / "static" / "portal"
COMMON = Path(__file__).parents[2] / "common" / "static" / "common"
PASSPORT = Passport("Сроки ответов", "Сколько ответов дано в срок.", "сроки", "7701234567")


def make() -> Town:
    town = build_town()
    today = today_in(town.municipality)
    zone = ZoneInfo(town.municipality.time_zone)
    month = datetime.combine(months_before(today).until, time(9), zone)
    for number in range(CASES):
        town.case(f"{TEXT} {number}", now=month, author="Иванова Мария Петровна", phone="89000000001")
    rebuild(town.municipality)
    keeper = town.user_with("keeper", ["outreach.publish"])
    for key in ("topics", "places", "terms"):
        open_ready(town.municipality, key, PASSPORT, keeper, timezone.now(), today)
    return town


lived = made_once(make)


@pytest.fixture
def town(lived: Town) -> Town:
    return back_in(lived)


def text(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, address
    return str(answer.content.decode())


def test_every_open_page_answers_and_names_nobody(client: Client, town: Town) -> None:
    pages = ["done/", "statistics/", "data/", "data/topics/", "data/places/", "data/terms/", "data/list.csv"]
    files = ["data/topics/1.csv", "data/topics/1.json", "data/topics/meta.csv", "data/topics/structure.csv"]
    for one in (*(HOME + page for page in (*pages, *files)), FRAME):
        told = text(client, one)
        for secret in ("Иванова", "900", "Гагарина", "яма"):
            assert secret not in told, (one, secret)


def test_figures_of_the_statistics_are_those_of_the_facts(client: Client, town: Town) -> None:
    told = text(client, f"{HOME}statistics/")
    assert f"<dd>{CASES}</dd>" in told
    assert 'role="img"' in told


def test_a_set_is_a_table_with_its_passport(client: Client, town: Town) -> None:
    rows = list(csv.DictReader(io.StringIO(text(client, f"{HOME}data/topics/1.csv"))))
    assert [row["received"] for row in rows] == [str(CASES)]
    whole = json.loads(text(client, f"{HOME}data/topics/1.json"))
    assert whole["data"][0]["received"] == CASES
    assert whole["data"][0]["answered"] == 0
    assert whole["passport"]["Идентификационный номер"] == "7701234567-topics"
    assert len(whole["passport"]) == 18
    assert [one["name"] for one in whole["structure"]] == list(rows[0])
    meta = dict(csv.reader(io.StringIO(text(client, f"{HOME}data/topics/meta.csv"))))
    assert meta["Формат набора данных"] == "CSV, JSON"
    assert meta["Гиперссылка (URL) на открытые данные"].endswith("/data/topics/1.csv")
    register = list(csv.reader(io.StringIO(text(client, f"{HOME}data/list.csv"))))
    assert len(register) == 4
    answer: Any = client.get(f"{HOME}data/topics/1.csv")
    assert answer["Access-Control-Allow-Origin"] == "*"
    assert answer["Content-Disposition"].endswith('.csv"')


def test_official_pages_are_listed_for_residents(client: Client, town: Town) -> None:
    assert "ещё не опубликован" in text(client, f"{HOME}pages/")
    keeper = town.user_with("lists", ["outreach.publish"])
    for number, (name, owner) in enumerate(
        (("Школа", "institution"), ("Администрация района", "administration"))
    ):
        words = PageWords(name, "vk", f"https://vk.com/club{number + 1}", name, owner)
        add_page(town.municipality, words, keeper, timezone.now())
    told = text(client, f"{HOME}pages/")
    assert told.index("https://vk.com/club2") < told.index("https://vk.com/club1")


def test_few_cases_are_hidden(client: Client, town: Town) -> None:
    """One more case of another month: too few for a row of its own."""
    until = months_before(today_in(town.municipality)).until.replace(day=1) - timedelta(days=1)
    zone = ZoneInfo(town.municipality.time_zone)
    town.case("Не горит фонарь у школы", now=datetime.combine(until, time(9), zone))
    rebuild(town.municipality)
    dataset = OpenDataset.objects.get(municipality=town.municipality, key="places")
    DatasetIssue.objects.filter(dataset=dataset).delete()
    assert issue_due(town.municipality, today_in(town.municipality), timezone.now()) == 1
    months = {row["month"] for row in csv.DictReader(io.StringIO(text(client, f"{HOME}data/places/1.csv")))}
    assert f"{until:%Y-%m}" not in months


def test_a_small_count_of_the_statistics_is_hidden_with_its_neighbour(client: Client, town: Town) -> None:
    """Three solved on one topic: with the nine of another beside them nobody finds the three."""
    first = months_before(today_in(town.municipality)).until.replace(day=1)
    RollFact.objects.bulk_create(
        RollFact(
            municipality=town.municipality,
            grain=grain,
            day=first,
            channel="phone",
            kind="message",
            topic=topic,
            body=0,
            block="",
            received=received,
            answered_solved=solved,
        )
        for grain in ("flow", "month")
        for topic, received, solved in (("stray-dogs", 20, 3), ("lamps-broken", 30, 9))
    )
    told = text(client, f"{HOME}statistics/")
    assert told.count(">скрыто<") == 2
    assert "<dd>12</dd>" in told and ">3<" not in told and ">9<" not in told


def test_an_issue_is_made_once_a_month_and_stays(client: Client, town: Town) -> None:
    today, now = today_in(town.municipality), timezone.now()
    assert issue_due(town.municipality, today, now) == 0
    later = (today.replace(day=28) + timedelta(days=9)).replace(day=2)
    assert issue_due(town.municipality, later, now) == 3
    assert client.get(f"{HOME}data/terms/1.csv").status_code == 200
    assert client.get(f"{HOME}data/terms/2.csv").status_code == 200
    assert client.get(f"{HOME}data/terms/9.csv").status_code == 404
    assert client.get(f"{HOME}data/terms/1.exe").status_code == 404
    assert client.get(f"{HOME}data/none/").status_code == 404
    found = evidence_for(
        "outreach.open_statistics", town.municipality, Period(today - timedelta(days=9), today)
    )
    assert found is not None
    assert found.count == 6


def test_a_stopped_set_keeps_its_page(client: Client, town: Town) -> None:
    dataset = OpenDataset.objects.get(municipality=town.municipality, key="terms")
    switch_dataset(dataset, False, town.user_with("stops", ["outreach.publish"]))
    later = today_in(town.municipality).replace(day=28) + timedelta(days=9)
    assert issue_due(town.municipality, later.replace(day=2), timezone.now()) == 2
    assert "больше не обновляется" in text(client, f"{HOME}data/")


def test_the_block_opens_on_named_sites_without_cookies_and_weighs_little(client: Client, town: Town) -> None:
    set_origins(town.municipality, "https://site.example", None)
    answer: Any = client.get(FRAME)
    assert "frame-ancestors https://site.example" in answer["Content-Security-Policy"]
    assert "X-Frame-Options" not in answer
    assert not answer.cookies
    files = ["portal.css", "figures.css", "widget.js"]
    weight = sum((STATIC / name).stat().st_size for name in files) + (COMMON / "tokens.css").stat().st_size
    assert weight + len(answer.content) < 60 * 1024
    assert weight + len(client.get(f"{HOME}statistics/").content) < 100 * 1024
