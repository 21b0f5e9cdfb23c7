"""A paper from a lived town: its figures are those of the cases, frozen ones never change, rights and states hold."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from io import BytesIO
from zipfile import ZipFile

import pytest
from django.db import connection

from otklik.accounts.models import Body, Notice
from otklik.accounts.selectors import rights_of
from otklik.analytics.services import rebuild
from otklik.cases.models import Case
from otklik.cases.services import mark_outcome
from otklik.cases.services.undoing import undo_last
from otklik.charter.files import preset_folders
from otklik.charter.selectors import charter_of
from otklik.common.errors import Refused
from otklik.common.period import Period
from otklik.reports.composing import Order, asked_by, compose
from otklik.reports.delivery import mark_sent
from otklik.reports.forms import FORMS, WHOLE
from otklik.reports.models import Report
from otklik.reports.parts import Document, Heading, Paragraph, Table
from otklik.reports.periods import asked_period
from otklik.reports.render import RENDERERS
from otklik.reports.selectors import blocks_of, document_of, duties_of
from otklik.reports.services import (
    approve,
    compose_report,
    confirm_block,
    drop_draft,
    freeze,
    recompose,
    unconfirmed,
)
from otklik.reports.tasks import remind
from otklik.reports.tests.people import WRITERS, head_of
from otklik.topics.models import Block
from tests.analytics.living import NOW, live
from tests.town import Town, build_town

pytestmark = pytest.mark.django_db
OCTOBER = Period(date(2026, 10, 1), date(2026, 10, 31))
LATER = datetime.fromisoformat("2026-11-03T12:00:00+03:00")
POTHOLE = "На улице Гагарина напротив дома 12 огромная яма, пробили колесо. Когда заделаете?"


def order(town: Town, form: str = "note", period: Period = OCTOBER) -> Order:
    return Order(FORMS[form], period, asked_by(charter_of(town.municipality), FORMS[form]))


def words(document: Document) -> str:
    """Every word of the document on one line, spaces plain."""
    said = [document.title, document.subject, document.period, document.addressee, *document.confirmed]
    for part in document.parts:
        match part:
            case Heading() | Paragraph():
                said.append(part.text)
            case Table():
                said += [part.title, *part.head, *(cell.text for row in part.rows for cell in row)]
            case _:
                said += [part.title, *(one.label for one in part.items)]
    return " ".join(said).replace("\u00a0", " ").replace("\u202f", " ").replace("\u00ad", "")


def table(document: Document, name: str) -> dict[str, list[float | None]]:
    """The rows of the table whose title holds the name: the first cell -> numbers of the others."""
    found = next(one for one in document.tables if name in one.title)
    return {row[0].text.replace("\u00a0", " "): [cell.value for cell in row[1:]] for row in found.rows}


def test_it_tells_what_the_cases_say_and_keeps_it_for_ever() -> None:
    town = build_town()
    live(town, 40)
    rebuild(town.municipality, now=NOW)
    note = compose_report(town.municipality, order(town), town.vera, LATER)
    _says_what_sql_says(town, document_of(note))
    note = freeze(note, town.vera, LATER)
    kept = {form: RENDERERS[form](document_of(note)) for form in ("html", "docx", "xlsx")}
    text = words(document_of(note))
    Case.objects.filter(municipality=town.municipality).update(is_repeat=True)
    town.case(POTHOLE, "pos", LATER - timedelta(days=10))
    Body.objects.filter(municipality=town.municipality).update(short_name="Переименованный")
    rebuild(town.municipality, now=LATER)
    again = document_of(Report.objects.get(pk=note.pk))
    assert words(again) == text
    assert RENDERERS["html"](again) == kept["html"]
    assert _members(RENDERERS["docx"](again)) == _members(kept["docx"])
    assert words(compose(town.municipality, order(town), LATER)) != text
    Report.objects.filter(pk=note.pk).update(document={**note.document, "subject": "о другом"})
    with pytest.raises(ValueError, match="not what was frozen"):
        document_of(Report.objects.get(pk=note.pk))


def _says_what_sql_says(town: Town, document: Document) -> None:
    """Figures counted by other statements, straight from the cases."""
    zone = town.municipality.time_zone
    start, end = OCTOBER.moments(zone)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT channel.title, count(*), count(*) FILTER (WHERE one.is_repeat) FROM cases_case AS one"
            " JOIN channels_channel AS channel ON channel.id = one.channel_id"
            " WHERE one.municipality_id = %s AND one.came_at >= %s AND one.came_at < %s GROUP BY 1",
            [town.municipality.pk, start, end],
        )
        came = {title: (n, repeated) for title, n, repeated in cursor.fetchall()}
        cursor.execute(
            "SELECT coalesce(body.short_name, ''), count(*) FROM cases_case AS one"
            " LEFT JOIN accounts_body AS body ON body.id = one.body_id"
            " WHERE one.municipality_id = %s AND one.next_legal_at < %s AND one.closed_at IS NULL AND one.state IN"
            " ('registered','assigned','in_work','asking','on_approval','signing','placing') GROUP BY 1",
            [town.municipality.pk, LATER],
        )
        late = dict(cursor.fetchall())
    rows = table(document, "по каналам")
    assert {title: (row[0], row[3]) for title, row in rows.items() if row[0] and title != "Всего"} == came
    assert rows["Всего"][0] == sum(n for n, _ in came.values())
    assert f"всего {sum(n for n, _ in came.values())}" in words(document)
    if late:
        assert sum(row[0] or 0 for row in table(document, "прошедшим сроком").values()) == sum(late.values())


def _members(content: bytes) -> dict[str, bytes]:
    with ZipFile(BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist() if name != "docProps/core.xml"}


@pytest.mark.parametrize("preset", sorted(preset_folders()))
def test_it_composes_every_form_for_every_charter_in_an_empty_month(preset: str) -> None:
    town = build_town(preset)
    charter = charter_of(town.municipality)
    for form in (one.key for one in WHOLE):
        document = compose(town.municipality, order(town, form), LATER)
        assert document.centre == charter.identity.centre_title
        assert document.addressee and document.signer
        if form in ("note", "week", "quarter"):
            assert "обращений и сообщений не поступило" in words(document)
    rating = words(compose(town.municipality, order(town, "rating"), LATER))
    assert ("Положение не предусматривает рейтинга" in rating) is not charter.rating.on


def test_it_takes_the_heading_and_the_addressee_from_the_charter() -> None:
    town = build_town("mikhaylovka")
    quarter = asked_period("2026-Q3")
    document = compose(town.municipality, order(town, "quarter", quarter), LATER)
    assert document.heading == "Отчёт об эффективности работы с обращениями и сообщениями"
    assert document.addressee == "ЦУР в Волгоградской области"
    for block in Block.objects.filter(municipality=town.municipality):
        assert block.title in words(document).replace("\u00a0", " ")


def test_it_counts_one_case_by_the_day_of_a_town_seven_hours_east() -> None:
    town = build_town("bogotol")
    town.case(POTHOLE, "pos", datetime.fromisoformat("2026-09-30T20:00:00+00:00"))
    rebuild(town.municipality)
    assert "поступило 1 сообщение" in words(compose(town.municipality, order(town, "week"), LATER))
    september = order(town, "week", asked_period("2026-09"))
    assert "не поступило" in words(compose(town.municipality, september, LATER))


def test_it_counts_appeals_alone_by_the_decree() -> None:
    town = build_town()
    town.case(POTHOLE, "paper", NOW)
    town.case("На улице Гагарина не горит фонарь у дома 3.", "pos", NOW)
    rebuild(town.municipality)
    document = compose(town.municipality, order(town, "ukaz171"), LATER)
    assert "поступило 1 обращение" in words(document)
    assert table(document, "Таблица 3")["Письменная"][0] == 1


def test_it_counts_what_people_have_marked_of_appeals() -> None:
    town = build_town()
    case = town.case(POTHOLE, "paper", NOW)
    with pytest.raises(Refused, match="только у обращений"):
        mark_outcome(town.case("Нет света на Мира, 5.", "incident", NOW), True, 0, town.vera, NOW)
    mark_outcome(case, True, 2, town.vera, NOW)
    _answered_on(case, NOW)
    marks = table(compose(town.municipality, order(town, "ukaz171"), LATER), "Отметки")
    assert marks["Рассмотрено с выездом на место"] == [1, 0]
    assert marks["Привлечены к ответственности, лиц"] == [2, 0]
    undo_last(case, town.vera, NOW)
    marks = table(compose(town.municipality, order(town, "ukaz171"), LATER), "Отметки")
    assert marks["Рассмотрено с выездом на место"] == marks["Привлечены к ответственности, лиц"] == [0, 0]


def _answered_on(case: Case, moment: datetime) -> None:
    Case.objects.filter(pk=case.pk).update(answered_at=moment)


@pytest.fixture
def note() -> Iterator[tuple[Town, Report]]:
    town = build_town()
    yield town, compose_report(town.municipality, order(town), town.vera, LATER)


def test_it_walks_from_a_draft_to_the_sent_paper(note: tuple[Town, Report]) -> None:
    town, report = note
    boss = town.user_with("boss", WRITERS)
    report = recompose(report, {"done": "Проведён осмотр 12 дворов."}, boss, LATER)
    assert "Проведён осмотр 12 дворов." in words(document_of(report))
    with pytest.raises(Refused, match="Сначала заморозьте"):
        approve(report, boss, LATER, "нет")
    report = freeze(report, boss, LATER)
    assert report.number == 1 and document_of(report).title.endswith("№\u00a01")
    with pytest.raises(Refused, match="уже заморожен"):
        recompose(report, {}, boss, LATER)
    with pytest.raises(Refused, match="уже заморожен"):
        drop_draft(report, boss)
    with pytest.raises(Refused, match="Не подтвердили"):
        approve(report, boss, LATER)
    approve(report, boss, LATER, "руководители блоков в отпуске")
    assert "руководители блоков в отпуске" in words(document_of(report))
    assert "boss" in " ".join(document_of(report).signature)
    with pytest.raises(Refused, match="как отправлен"):
        mark_sent(report, " ", boss, LATER)
    mark_sent(report, "СЭД, № 118", boss, LATER)
    assert Notice.objects.filter(permission="reports.view", link=f"/reports/{report.pk}/").exists()
    second = compose_report(town.municipality, order(town), boss, LATER)
    assert freeze(second, boss, LATER).number == 2


def test_it_does_not_freeze_a_period_that_still_runs_or_compose_one_to_come() -> None:
    town = build_town()
    running = compose_report(town.municipality, order(town), town.vera, NOW)
    with pytest.raises(Refused, match="ещё не закончился"):
        freeze(running, town.vera, NOW)
    with pytest.raises(Refused, match="ещё не начался"):
        compose_report(town.municipality, order(town, "note", asked_period("2027-01")), town.vera, NOW)


def test_it_lets_heads_of_blocks_confirm_their_parts(note: tuple[Town, Report]) -> None:
    town, report = note
    block, other = Block.objects.filter(municipality=town.municipality)[:2]
    head = head_of(town, block.key)
    confirm_block(report, block.key, head, LATER, "Проверено 12 площадок, заменены контейнеры.")
    with pytest.raises(Refused, match="уже подтверждена"):
        confirm_block(report, block.key, head, LATER)
    with pytest.raises(Refused, match="руководитель блока"):
        confirm_block(report, other.key, head, LATER)
    with pytest.raises(Refused, match="личные данные"):
        confirm_block(report, block.key, head, LATER, "Звонить 8 (911) 640-15-40")
    said = words(document_of(report))
    assert f"подтвердили блоки: «{block.title}»" in said
    assert f"«{block.title}»: Проверено 12 площадок, заменены контейнеры." in said
    states = {
        one.key: bool(one.confirmed) for one in blocks_of(report, rights_of(town.vera, town.municipality))
    }
    assert states[block.key] and not states[other.key]
    assert unconfirmed(report) == [
        one.title for one in Block.objects.filter(municipality=town.municipality) if one.pk != block.pk
    ]
    recompose(report, {}, town.user_with("writer", WRITERS), LATER)
    assert "подтвердили" not in words(document_of(report))
    assert "Проверено 12 площадок" in words(document_of(report))
    freeze(report, town.vera, LATER)
    with pytest.raises(Refused, match="дописать нельзя"):
        confirm_block(report, block.key, head, LATER, "Ещё 3 площадки.")
    confirm_block(report, block.key, head, LATER)
    assert "подтвердили блоки" in words(document_of(report))


def test_it_refuses_residents_data_in_what_is_typed(note: tuple[Town, Report]) -> None:
    town, report = note
    with pytest.raises(Refused, match="личные данные"):
        recompose(report, {"causes": "Звонила жительница, телефон 8 (911) 640-15-40."}, town.vera, LATER)


def test_it_reminds_once_of_a_paper_that_is_due() -> None:
    town = build_town()
    first, again = remind(), remind()
    assert again == 0
    assert first == Notice.objects.filter(permission="reports.compose").count()
    duties = duties_of(town.municipality, date(2026, 11, 21))
    note = next(one for one in duties if one.key == "note")
    assert [one.is_late for one in note.slots] == [True, True]
