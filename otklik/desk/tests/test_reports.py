"""«Отчёты»: the duties of the charter, a draft composed and frozen by hand, its files, what a rule refuses."""

import re
from collections.abc import Callable
from datetime import timedelta
from html import unescape

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from otklik.accounts.models import User
from otklik.analytics.services import rebuild
from otklik.common.periods import before, month_of, write_period
from otklik.reports.models import Report
from otklik.reports.render import CONTENT_TYPES
from tests.town import Town

Enter = Callable[[User], Client]
WRITES = ["reports.view", "reports.compose", "cases.view"]
SIGNS = ["reports.view", "reports.verify", "reports.compose"]
TODAY = timezone.localdate()
MONTH = before(month_of(TODAY.year, TODAY.month))
TEXT = "На улице Советской не горят три фонаря у перехода. Когда восстановят освещение?"


@pytest.fixture
def writer(town: Town, enter: Enter) -> Client:
    return enter(town.user_with("writer", WRITES))


def composed(client: Client, form: str = "note") -> Report:
    data = {"form": form, "since": MONTH.since.isoformat(), "until": MONTH.until.isoformat()}
    assert client.post(reverse("desk:report_compose"), data).status_code == 302
    return Report.objects.get()


def test_it_shows_what_the_charter_asks_for(writer: Client) -> None:
    page = writer.get(reverse("desk:reports")).content.decode()
    for words in ("Аналитическая записка", "два раза в", "Указу № 171", "Отчётов ещё не составляли"):
        assert words in page.replace("\u00a0", " "), words


def test_it_composes_freezes_and_gives_files(town: Town, writer: Client, enter: Enter) -> None:
    came = timezone.now().replace(day=1) - timedelta(days=5)
    case = town.case(TEXT, "pos", came)
    rebuild(town.municipality)
    report = composed(writer)
    address = reverse("desk:report", args=[report.pk])
    page = writer.get(address).content.decode()
    assert "АНАЛИТИЧЕСКАЯ ЗАПИСКА (проект)" in page
    link = re.search(r'href="(/summary/cases/\?measure=received&[^"]*by=channel&amp;key=pos[^"]*)"', page)
    assert link is not None
    assert case.number in writer.get(unescape(link[1]), follow=True).content.decode()
    reader = enter(town.user_with("reader", ["reports.view"]))
    assert "/summary/cases/" not in reader.get(address).content.decode()
    done = writer.post(reverse("desk:report_deed", args=[report.pk, "freeze"]))
    assert done["Location"] == address
    assert "№\u00a01" in writer.get(address).content.decode()
    for form, kind in CONTENT_TYPES.items():
        file = writer.get(reverse("desk:report_file", args=[report.pk, form]))
        assert (file.status_code, file["Content-Type"]) == (200, kind)
        assert write_period(MONTH) in file["Content-Disposition"]
    assert writer.get(reverse("desk:report_file", args=[report.pk, "exe"])).status_code == 404


def test_it_lets_sign_only_who_verifies(town: Town, writer: Client, enter: Enter) -> None:
    report = composed(writer, "week")
    writer.post(reverse("desk:report_deed", args=[report.pk, "freeze"]))
    sign = reverse("desk:report_deed", args=[report.pk, "approve"])
    assert writer.post(sign).status_code == 422
    boss = enter(town.user_with("boss", SIGNS))
    assert "Подписать" in boss.get(reverse("desk:report", args=[report.pk])).content.decode()
    assert boss.post(sign).status_code == 302
    send = reverse("desk:report_deed", args=[report.pk, "send"])
    assert boss.post(send, {"how": ""}).status_code == 422
    assert boss.post(send, {"how": "СЭД, № 7"}).status_code == 302
    assert "СЭД, № 7" in boss.get(reverse("desk:report", args=[report.pk])).content.decode()


def test_it_keeps_what_was_typed_and_refuses_a_phone(writer: Client) -> None:
    report = composed(writer)
    again = reverse("desk:report_deed", args=[report.pk, "recompose"])
    assert writer.post(again, {"causes": "Слух о качестве воды опровергнут протоколом."}).status_code == 302
    assert "опровергнут протоколом" in writer.get(reverse("desk:report", args=[report.pk])).content.decode()
    refused = writer.post(again, {"causes": "Звонить 8 (911) 640-15-40"})
    assert "личные данные" in refused.content.decode()
    assert writer.post(reverse("desk:report_deed", args=[report.pk, "drop"])).status_code == 302
    assert not Report.objects.exists()


def test_it_composes_a_report_of_one_channel_by_the_charter(town: Town, writer: Client) -> None:
    came = timezone.now().replace(day=1) - timedelta(days=5)
    town.case(TEXT, "pos", came)
    town.case(TEXT.replace("Советской", "Ленина"), "web_form", came)
    rebuild(town.municipality)
    report = composed(writer, "week:pos")
    assert report.charter_key == "pos"
    page = writer.get(reverse("desk:report", args=[report.pk])).content.decode().replace("\u00a0", " ")
    assert "поступило 1 сообщение" in page
    assert "ОТЧЁТНОСТЬ ПО ПЛАТФОРМЕ" in page


def test_it_refuses_a_form_and_days_it_does_not_know(writer: Client) -> None:
    address = reverse("desk:report_compose")
    assert writer.post(address, {"form": "essay", "period": "2026-10"}).status_code == 422
    assert writer.post(address, {"form": "note", "since": "вчера"}).status_code == 422
