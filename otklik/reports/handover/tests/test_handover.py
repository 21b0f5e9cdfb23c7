"""Tables for the region: what goes in and what never does, once a period, over every kind of depot."""

import csv
import io
import json
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from django.core import mail
from pytest_django import Settings

from otklik.analytics.services import rebuild
from otklik.cases.models import Case
from otklik.channels.files import path_of
from otklik.channels.models import Channel, Feed
from otklik.charter.evidence import evidence_for
from otklik.charter.part_file import PartFault
from otklik.common.errors import Refused
from otklik.common.period import Period
from otklik.reports.handover.services import (
    hand_over_again,
    hand_over_due,
    make_due,
    period_of,
    periods_after,
)
from otklik.reports.handover.template import template_of
from otklik.reports.models import HandedTable
from tests.town import Town, build_town

pytestmark = pytest.mark.django_db
CAME = datetime.fromisoformat("2026-10-20T09:00:00+03:00")
NOW = datetime.fromisoformat("2026-10-21T04:00:00+03:00")
TEXT = "На улице Гагарина у дома 12 огромная яма. Звоните 8 900 000-00-01, Иванова Мария Петровна."
ASKED = """
[[tables]]
key = "cases"
title = "Карточки"
of = "cases"
format = "json"
text = "masked"
house = true
columns = [
  { heading = "Дом", field = "house" },
  { heading = "Текст", field = "text" },
  { heading = "Улица", field = "street" },
  { heading = "Итог", field = "result" },
]
"""


@pytest.fixture
def town(settings: Settings, tmp_path: Path) -> Town:
    settings.MEDIA_ROOT, settings.EXCHANGE_ROOT = tmp_path / "files", tmp_path / "exchange"
    town = build_town()
    town.case(TEXT, now=CAME, author="Иванова Мария Петровна", phone="89000000001", email="m@example.org")
    rebuild(town.municipality)
    return town


def out(town: Town, tmp_path: Path, **settings: object) -> Channel:
    channel = town.channel("heat_map")
    channel.settings = {"depot": "folder", "folder": "bi", **settings}
    channel.save(update_fields=["settings"])
    Feed.objects.create(municipality=town.municipality, channel=channel, is_on=True)
    (tmp_path / "exchange" / town.municipality.key / "bi").mkdir(parents=True)
    return channel


def rows(content: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig")), delimiter=";"))


def test_it_leaves_the_tables_of_yesterday_once(town: Town, tmp_path: Path) -> None:
    out(town, tmp_path)
    assert make_due(town.municipality, NOW - timedelta(hours=2)) == 0  # the hour has not come
    assert make_due(town.municipality, NOW) == 2
    assert hand_over_due(town.municipality, NOW) == 2
    assert make_due(town.municipality, NOW + timedelta(hours=1)) == 0
    folder = tmp_path / "exchange" / town.municipality.key / "bi"
    assert sorted(path.name for path in folder.iterdir()) == [
        "borovichi-cases-2026-10-20.csv",
        "borovichi-facts-2026-10-20.csv",
    ]
    cases = rows((folder / "borovichi-cases-2026-10-20.csv").read_bytes())
    assert cases[0][:4] == ["Номер", "Источник", "Вид", "Поступило"]
    assert cases[1][3] == "20.10.2026"
    facts = rows((folder / "borovichi-facts-2026-10-20.csv").read_bytes())
    assert (facts[0][5], [row[5] for row in facts[1:]]) == ("Поступило", ["1"])


def test_no_person_gets_into_a_table(town: Town, tmp_path: Path) -> None:
    out(town, tmp_path, tables=ASKED)
    Case.objects.update(result="solved")
    make_due(town.municipality, NOW)
    table = HandedTable.objects.get()
    content = path_of(table.file).read_text(encoding="utf-8")
    for secret in ("Иванова", "Мария", "900", "example.org"):
        assert secret not in content
    (row,) = json.loads(content)
    assert (row["Дом"], "яма" in row["Текст"], row["Итог"]) == ("12", True, "решено")


@pytest.mark.slow
def test_a_house_is_cut_to_its_street_unless_asked_for(town: Town, tmp_path: Path) -> None:
    out(town, tmp_path, tables=ASKED.replace("house = true", "").replace('text = "masked"', ""))
    make_due(town.municipality, NOW)
    (row,) = json.loads(path_of(HandedTable.objects.get().file).read_text(encoding="utf-8"))
    assert (row["Дом"], row["Текст"]) == ("", "")
    assert "Гагарина" in row["Улица"]


def test_a_shut_depot_is_tried_again_and_told_of(town: Town, tmp_path: Path) -> None:
    channel = out(town, tmp_path)
    make_due(town.municipality, NOW)
    folder = tmp_path / "exchange" / town.municipality.key / "bi"
    folder.rmdir()
    (tmp_path / "exchange" / town.municipality.key / "bi").write_text("не папка")
    assert hand_over_due(town.municipality, NOW) == 0
    assert "не читается" in Feed.objects.get(channel=channel).out_error
    folder.unlink()
    assert hand_over_due(town.municipality, NOW) == 0  # not before its next try
    assert hand_over_due(town.municipality, NOW + timedelta(hours=1)) == 2
    HandedTable.objects.update(state="dead", sent_at=None)
    hand_over_again(HandedTable.objects.all()[0], town.vera, NOW)
    with pytest.raises(Refused):
        hand_over_again(HandedTable.objects.filter(state="waiting")[0], town.vera, NOW)


@pytest.mark.slow
def test_a_table_may_leave_as_a_letter(town: Town, tmp_path: Path) -> None:
    out(town, tmp_path, depot="mail", recipient="bi@region.example", tables=ASKED)
    make_due(town.municipality, NOW)
    assert hand_over_due(town.municipality, NOW) == 1
    (letter,) = mail.outbox
    assert letter.to == ["bi@region.example"]
    assert letter.attachments[0][0] == "borovichi-cases-2026-10-20.json"


def test_what_was_handed_over_proves_the_clause(town: Town, tmp_path: Path) -> None:
    out(town, tmp_path)
    make_due(town.municipality, NOW)
    hand_over_due(town.municipality, NOW)
    sent = HandedTable.objects.all()[0].sent_at
    assert sent is not None
    day = sent.date()
    period = Period(day - timedelta(days=1), day + timedelta(days=1))
    for key in ("channels.heat_map_export", "reports.region_data"):
        found = evidence_for(key, town.municipality, period)
        assert found is not None
        assert found.count == 2


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (ASKED.replace('"house" }', '"phone" }'), "поля «phone» нет"),
        (ASKED.replace('"json"', '"pdf"'), "ключ tables.0.format"),
        (ASKED + ASKED, "названа дважды"),
        ("tables = 5", "нужен список"),
    ],
)
def test_a_template_is_checked_whole(text: str, told: str) -> None:
    channel = Channel(kind="heat_map", settings={"tables": text})
    with pytest.raises(PartFault, match=told):
        template_of(channel)


@pytest.mark.parametrize(
    ("every", "since", "until"),
    [
        ("day", date(2026, 10, 20), date(2026, 10, 20)),
        ("week", date(2026, 10, 12), date(2026, 10, 18)),
        ("month", date(2026, 9, 1), date(2026, 9, 30)),
    ],
)
def test_a_period_is_the_last_whole_one(every: str, since: date, until: date) -> None:
    assert period_of(every, date(2026, 10, 21)) == Period(since, until)


@pytest.mark.parametrize(
    ("every", "last", "since"),
    [
        ("day", None, [date(2026, 10, 20)]),
        ("day", date(2026, 10, 20), []),
        ("day", date(2026, 10, 17), [date(2026, 10, 18), date(2026, 10, 19), date(2026, 10, 20)]),
        ("week", date(2026, 10, 4), [date(2026, 10, 5), date(2026, 10, 12)]),
        ("month", date(2026, 7, 31), [date(2026, 8, 1), date(2026, 9, 1)]),
        # The table was made daily and is monthly now: no day is left out.
        ("month", date(2026, 9, 15), [date(2026, 9, 1)]),
    ],
)
def test_days_when_nothing_ran_are_told_of_later(every: str, last: date | None, since: list[date]) -> None:
    assert [period.since for period in periods_after(every, last, date(2026, 10, 21))] == since


def test_a_year_of_silence_is_told_of_by_its_last_month() -> None:
    found = periods_after("day", date(2025, 1, 1), date(2026, 10, 21))
    assert (len(found), found[-1].until) == (31, date(2026, 10, 20))
