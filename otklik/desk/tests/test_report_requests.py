"""Requests for materials, looks and letters by the screens: what is asked, filled, refused, and shown to whom."""

from collections.abc import Callable
from datetime import timedelta
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import Settings

from otklik.accounts.models import User
from otklik.channels.models import Outgoing
from otklik.common.periods import before, month_of
from otklik.reports import drafting
from otklik.reports.models import Composition, MaterialRequest, Report, ReportTemplate
from otklik.reports.tasks import compose_waiting
from otklik.reports.tests.people import WRITERS, head_of
from otklik.reports.tests.test_templating import edited
from otklik.topics.models import Block
from tests.town import Town

Enter = Callable[[User], Client]
TODAY = timezone.localdate()
MONTH = before(month_of(TODAY.year, TODAY.month))
DAYS = {"since": MONTH.since.isoformat(), "until": MONTH.until.isoformat()}


@pytest.fixture
def boss(town: Town, enter: Enter) -> Client:
    return enter(town.user_with("boss", [*WRITERS, "charter.view"]))


def asked(town: Town, client: Client, due: int = 5) -> MaterialRequest:
    block = Block.objects.filter(municipality=town.municipality)[0]
    given = {
        **DAYS,
        "sender": "ЦУР",
        "text": "Сведения о дорогах",
        "due": (TODAY + timedelta(days=due)).isoformat(),
        "blocks": [block.key],
    }
    assert client.post(reverse("desk:report_request_take"), given).status_code == 302
    return MaterialRequest.objects.get()


def deed(client: Client, request: MaterialRequest, name: str, **more: str) -> int:
    return client.post(reverse("desk:report_request_deed", args=[request.pk, name]), more).status_code


def test_it_collects_materials_by_the_screens(town: Town, boss: Client, enter: Enter) -> None:
    assert "ЦУР Новгородской области" in boss.get(reverse("desk:report_request_new")).content.decode()
    request = asked(town, boss)
    part = request.parts.get()
    head = enter(head_of(town, part.block_key, ("reports.compose", "reports.view")))
    address = reverse("desk:report_request", args=[request.pk])
    assert "Записать часть" in head.get(address).content.decode()
    assert deed(head, request, "fill", part=str(part.pk), text="Звоните 8 (911) 640-15-40") == 422
    assert deed(head, request, "fill", part=str(part.pk), text="Сделано 12 участков.") == 302
    assert deed(boss, request, "return", part=str(part.pk), text="нет сроков") == 302
    assert "Вернули: нет сроков" in head.get(address).content.decode()
    assert deed(head, request, "fill", part=str(part.pk), text="12 участков до 1 декабря.") == 302
    assert deed(boss, request, "assemble") == 422
    assert deed(head, request, "confirm", part=str(part.pk)) == 302
    assert deed(boss, request, "assemble") == 302
    report = Report.objects.get()
    page = boss.get(reverse("desk:report", args=[report.pk])).content.decode().replace("\u00a0", " ")
    assert "12 участков до 1 декабря." in page and "Запрос материалов № 1" in page
    assert "собран, не отправлен" in boss.get(reverse("desk:reports")).content.decode()
    assert deed(boss, request, "fly") == 404


def test_it_shows_a_late_request_on_the_list_and_on_the_charter(town: Town, boss: Client) -> None:
    request = asked(town, boss)
    MaterialRequest.objects.update(due=TODAY - timedelta(days=1))
    for address in (reverse("desk:reports"), reverse("desk:report_request", args=[request.pk])):
        assert "росрочен" in boss.get(address).content.decode()
    page = boss.get(reverse("desk:charter")).content.decode().replace("\u00a0", " ")
    assert "Не сдано в срок" in page and "Запрос материалов № 1" in page
    assert "Аналитическая записка за" in page


def test_it_refuses_a_request_without_days(boss: Client) -> None:
    address = reverse("desk:report_request_take")
    given = {"sender": "ЦУР", "text": "Сведения", "due": TODAY.isoformat()}
    for days in ({}, {"since": "вчера", "until": "завтра"}, {"since": DAYS["until"], "until": DAYS["since"]}):
        assert boss.post(address, {**given, **days}).status_code == 422


def test_it_mails_a_signed_paper_from_its_page(
    town: Town, boss: Client, settings: Settings, tmp_path: object
) -> None:
    settings.MEDIA_ROOT = tmp_path
    boss.post(reverse("desk:report_compose"), {"form": "week", **DAYS})
    report = Report.objects.get()
    for name in ("freeze", "approve"):
        assert boss.post(reverse("desk:report_deed", args=[report.pk, name])).status_code == 302
    mail = reverse("desk:report_deed", args=[report.pk, "mail"])
    assert boss.post(mail, {"to": "нет", "files": ["pdf"]}).status_code == 422
    assert boss.post(mail, {"to": "region@example.org", "files": ["pdf", "xlsx"]}).status_code == 302
    assert Outgoing.objects.get().files.count() == 2
    page = boss.get(reverse("desk:report", args=[report.pk])).content.decode()
    assert "region@example.org" in page and "письмо ждёт отправки" in page


def test_it_writes_a_reference_about_each_kind_of_thing(town: Town, boss: Client) -> None:
    page = boss.get(reverse("desk:report_reference")).content.decode()
    block = Block.objects.filter(municipality=town.municipality)[0]
    for about in (f"body:{town.bodies[0].pk}", f"block:{block.key}", "topic:potholes"):
        assert f'value="{about}"' in page or about == "topic:potholes"
    compose = reverse("desk:report_compose")
    assert boss.post(compose, {"about": f"body:{town.bodies[0].pk}", **DAYS}).status_code == 302
    report = Report.objects.get()
    assert (report.form, report.about_key) == ("body", str(town.bodies[0].pk))
    assert town.bodies[0].short_name in boss.get(reverse("desk:report", args=[report.pk])).content.decode()
    for wrong in ("body:0", "topic:none", "request:1", ""):
        assert boss.post(compose, {"about": wrong, **DAYS}).status_code == 422


def test_it_shows_progress_of_a_paper_too_big_to_wait_for(
    town: Town, boss: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(drafting, "BIG", -1)
    done = boss.post(reverse("desk:report_compose"), {"form": "week", **DAYS})
    assert done["Location"] == reverse("desk:reports")
    assert "ждёт очереди" in boss.get(reverse("desk:reports")).content.decode()
    assert compose_waiting() == 1
    page = boss.get(reverse("desk:reports")).content.decode()
    assert "ждёт очереди" not in page and Report.objects.get().form == "week"
    Composition.objects.update(state="failed", error="Составление оборвалось.")
    assert "Составление оборвалось" in boss.get(reverse("desk:reports")).content.decode()
    drop = reverse("desk:report_composition_drop", args=[Composition.objects.get().pk])
    assert boss.post(drop).status_code == 302
    assert boss.post(drop).status_code == 404


def test_it_tries_takes_and_drops_a_look(town: Town, boss: Client) -> None:
    change, look = (
        reverse(name, args=["week"]) for name in ("desk:report_template_change", "desk:report_look")
    )
    strange = SimpleUploadedFile("a.docx", edited("{{ centre }}", "{{ itogo }}"))
    refused = boss.post(change, {"deed": "try", "file": strange})
    assert refused.status_code == 422 and "itogo" in refused.content.decode()
    assert boss.post(change, {"deed": "try"}).status_code == 422
    good = SimpleUploadedFile("наш.docx", edited("{{ centre }}", "Герб. {{ centre }}"))
    assert boss.post(change, {"deed": "try", "file": good}).status_code == 302
    assert "На пробе: версия 1" in boss.get(look).content.decode()
    preview = boss.get(reverse("desk:report_template_preview", args=["week", 1]))
    assert preview.status_code == 200 and BytesIO(preview.content).read(2) == b"PK"
    assert boss.post(change, {"deed": "take", "version": "1"}).status_code == 302
    assert "действует" in boss.get(look).content.decode()
    assert boss.post(change, {"deed": "take", "version": "9"}).status_code == 404
    assert boss.post(change, {"deed": "drop"}).status_code == 302
    assert ReportTemplate.objects.get().is_dropped
    template = boss.get(reverse("desk:report_template", args=["week"]) + "?version=1")
    assert template.status_code == 200
    assert boss.get(reverse("desk:report_look", args=["essay"])).status_code == 404
