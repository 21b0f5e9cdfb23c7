"""A request of the regional centre from the letter to the sent materials: parts, terms, what is late, who may what."""

from datetime import date, datetime, timedelta

import pytest

from otklik.accounts.models import Notice
from otklik.accounts.selectors import rights_of
from otklik.analytics.services import rebuild
from otklik.charter.evidence import evidence_for
from otklik.common.errors import Refused
from otklik.common.period import Period
from otklik.reports.delivery import mark_sent
from otklik.reports.material_state import RequestLine, line_of, lines_of, part_lines
from otklik.reports.materials import (
    Asked,
    assemble,
    confirm_part,
    fill_part,
    return_part,
    take_request,
    withdraw,
)
from otklik.reports.models import MaterialRequest, Report
from otklik.reports.selectors import document_of
from otklik.reports.services import approve, drop_draft, freeze
from otklik.reports.tasks import remind
from otklik.reports.tests.people import WRITERS, head_of, specialist_of
from otklik.reports.tests.test_story import POTHOLE, words
from otklik.topics.models import Block
from tests.town import Town, build_town

pytestmark = pytest.mark.django_db
NOW = datetime.fromisoformat("2026-11-20T12:00:00+03:00")
DUE = date(2026, 11, 27)
OCTOBER = Period(date(2026, 10, 1), date(2026, 10, 31))
ASK = "Сведения о работе с обращениями о дорогах и о принятых мерах."


def asked(town: Town, **more: object) -> Asked:
    blocks = [one.key for one in Block.objects.filter(municipality=town.municipality)[:2]]
    given = {"sender": "ЦУР области", "text": ASK, "period": OCTOBER, "due": DUE, "blocks": blocks}
    return Asked(**{**given, "outer_number": "14-7", "charter_key": "region_request", **more})  # type: ignore[arg-type]


@pytest.fixture
def town() -> Town:
    return build_town()


def test_it_walks_from_a_letter_to_materials_sent_in_time(town: Town) -> None:
    boss = town.user_with("boss", WRITERS)
    town.case(POTHOLE, "pos", datetime.fromisoformat("2026-10-10T09:00:00+03:00"))
    rebuild(town.municipality)
    heads = {one.key: head_of(town, one.key) for one in Block.objects.filter(municipality=town.municipality)}
    request = take_request(town.municipality, asked(town), boss, NOW)
    assert Notice.objects.filter(user__in=heads.values(), text__contains="нужна до 25.11.2026").count() == 2
    first, second = request.parts.all()
    with pytest.raises(Refused, match="Сначала заполните"):
        confirm_part(first, heads[first.block_key], NOW)
    for part in (first, second):
        worker = specialist_of(town, part.block_key)
        fill_part(part, f"Сделано по блоку: {part.block_title}.", worker, NOW)
        with pytest.raises(Refused, match="подтверждает руководитель"):
            confirm_part(part, worker, NOW)
    confirm_part(first, heads[first.block_key], NOW)
    with pytest.raises(Refused, match="Не подтверждены части"):
        assemble(request, boss, NOW)
    return_part(second, "нет цифр по мерам", boss)
    assert Notice.objects.filter(text__contains="вернули, нет цифр по мерам").exists()
    fill_part(second, "Отремонтировано 14 участков.", heads[second.block_key], NOW)
    confirm_part(second, heads[second.block_key], NOW)
    assert line_of(request, DUE).state == "ready"
    report = assemble(request, boss, NOW)
    said = words(document_of(report))
    for told in (ASK, "Отремонтировано 14 участков.", "ЦУР области № 14-7", first.block_title, "пункт"):
        assert told in said, told
    assert "Новгородской" in document_of(report).addressee
    with pytest.raises(Refused, match="уже собраны"):
        fill_part(first, "ещё", heads[first.block_key], NOW)
    freeze(report, boss, NOW)
    approve(report, boss, NOW)
    assert _line(request, DUE).state == "assembled"
    mark_sent(report, "кабинет ЦУР", boss, NOW + timedelta(days=1), "88")
    assert _line(request, DUE).state == "sent"
    proof = evidence_for("office.requests_region", town.municipality, Period(NOW.date(), DUE))
    assert proof is not None and proof.count == 1 and "1" in proof.words


def _line(request: MaterialRequest, today: date) -> RequestLine:
    return line_of(MaterialRequest.objects.select_related("report", "municipality").get(pk=request.pk), today)


def test_it_shows_and_tells_what_is_late(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    boss = town.user_with("boss", WRITERS)
    request = take_request(town.municipality, asked(town), boss, NOW)
    part = request.parts.all()[0]
    head = head_of(town, part.block_key)
    for day, late, words_told in (
        (date(2026, 11, 26), False, "срок 27.11"),
        (date(2026, 11, 28), True, "просрочен"),
    ):
        monkeypatch.setattr("otklik.reports.tasks.today_in", lambda place, day=day: day)
        (line,) = lines_of(town.municipality, day)
        assert line.is_late is late
        remind()
        assert Notice.objects.filter(permission="reports.compose", text__contains=words_told).exists()
        assert remind() == 0
    assert Notice.objects.filter(user=head, text__contains="просрочена").exists()
    lines = part_lines(request, [part], rights_of(head, town.municipality), date(2026, 11, 26))
    assert (lines[0].is_late, lines[0].may_fill, lines[0].may_confirm) == (True, True, False)


def test_it_refuses_what_makes_no_request(town: Town) -> None:
    boss = town.user_with("boss", WRITERS)
    for given, why in (
        ({"due": date(2026, 11, 19)}, "уже прошёл"),
        ({"blocks": []}, "хотя бы один блок"),
        ({"text": " "}, "что именно просят"),
        ({"text": "Позвоните 8 (911) 640-15-40"}, "личные данные"),
    ):
        with pytest.raises(Refused, match=why):
            take_request(town.municipality, asked(town, **given), boss, NOW)
    assert not MaterialRequest.objects.exists()


def test_it_collects_again_when_the_draft_is_dropped_and_stops_when_withdrawn(town: Town) -> None:
    boss = town.user_with("boss", WRITERS)
    request = take_request(town.municipality, asked(town), boss, NOW)
    for part in request.parts.all():
        confirm_part(fill_part(part, "Сведений нет.", boss, NOW), boss, NOW)
    report = assemble(request, boss, NOW)
    drop_draft(Report.objects.get(pk=report.pk), boss)
    again = MaterialRequest.objects.get(pk=request.pk)
    assert line_of(again, DUE).state == "ready"
    with pytest.raises(Refused, match="почему запрос снят"):
        withdraw(again, "", boss, NOW)
    withdraw(again, "запрос отозван письмом", boss, NOW)
    with pytest.raises(Refused, match="Запрос снят"):
        assemble(again, boss, NOW)
