"""Deeds of the other screens: triage, tray, rules, parameters, people, intake, journal, profile."""

from collections.abc import Callable
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import Settings

from otklik.accounts.models import Absence, Holding, Role, User
from otklik.cases.models import Case
from otklik.cases.services.intake import register_waiting
from otklik.channels.models import ImportRun, RawMessage
from otklik.channels.services import fail_raw
from otklik.charter.selectors import parameter, parameters_of
from otklik.desk.tests.conftest import TEXT, assigned_case
from otklik.desk.triage import other_places, written
from otklik.routing.models import Rule
from otklik.topics.models import Topic
from tests.town import Town

Enter = Callable[[User], Client]


def test_triage_takes_topic_and_body_and_goes_on(case: Case, town: Town, enter: Enter) -> None:
    Case.objects.filter(pk=case.pk).update(state="registered", body=None, needs_triage=True)
    client, topic = enter(town.vera), Topic.objects.all()[0]
    assert case.number in client.get(reverse("desk:triage")).content.decode()
    words = {"other_topic": topic.key, "other_body": town.bodies[3].pk}
    client.post(reverse("desk:accept", args=[case.number]), words)
    case.refresh_from_db()
    assert (case.topic_id, case.topic_checked, case.body_id, case.needs_triage) == (
        topic.pk,
        True,
        town.bodies[3].pk,
        False,
    )
    client.post(reverse("desk:undo", args=[case.number]) + "?back=triage")
    case.refresh_from_db()
    assert case.needs_triage
    assert not case.topic_checked
    assert client.session["triage_tally"] == 0


def test_triage_closes_and_joins_without_leaving_the_tray(case: Case, town: Town, enter: Enter) -> None:
    other = assigned_case(town, "Опять темно у перехода на Советской, фонари не горят.")
    Case.objects.filter(pk__in=[case.pk, other.pk]).update(state="registered", body=None, needs_triage=True)
    client, back = enter(town.vera), "?back=triage"
    dialog = client.get(reverse("desk:deed", args=[case.number, "close_unanswered"]) + back)
    assert f'{back}"' in dialog.content.decode()
    closed = client.post(
        reverse("desk:deed", args=[case.number, "close_unanswered"]) + back, {"ground": "spam"}
    )
    assert closed["Location"] == reverse("desk:triage")
    assert f"Отменить решение по {case.number}" in client.get(reverse("desk:triage")).content.decode()
    undone = client.post(reverse("desk:undo", args=[case.number]) + back)
    assert undone["Location"] == reverse("desk:triage_one", args=[case.number])
    client.post(reverse("desk:twin", args=[other.number, case.number]) + back, {"decision": "join"})
    assert client.session["triage_tally"] == 1
    client.post(reverse("desk:undo", args=[other.number]) + back)
    other.refresh_from_db()
    assert (other.joined_to, other.needs_triage) == (None, True)


def test_triage_offers_every_place_the_text_may_mean(town: Town, enter: Enter) -> None:
    text = "Почините дорогу: улица Гагарина, 12, и улица Коммунарная, 4. Ямы глубокие."
    case = assigned_case(town, text)
    Case.objects.filter(pk=case.pk).update(state="registered", body=None, needs_triage=True)
    client, topic = enter(town.vera), Topic.objects.all()[0]
    client.get(reverse("desk:triage_one", args=[case.number]))
    case.refresh_from_db()
    other = other_places(case)[0]
    assert other.street != case.street
    name = written(other.settlement, other.street, other.house)
    words = {"other_topic": topic.key, "other_body": town.bodies[3].pk, "place": name}
    client.post(reverse("desk:accept", args=[case.number]), words)
    case.refresh_from_db()
    assert (case.street, case.house, case.place_checked) == (other.street, other.house, True)


def test_triage_asks_for_a_body_and_changes_nothing_without_it(case: Case, town: Town, enter: Enter) -> None:
    Case.objects.filter(pk=case.pk).update(
        state="registered", body=None, needs_triage=True, topic_checked=False
    )
    topic = Topic.objects.all()[0]
    answer = enter(town.vera).post(reverse("desk:accept", args=[case.number]), {"other_topic": topic.key})
    assert answer.status_code == 422
    case.refresh_from_db()
    assert not case.topic_checked


def test_an_empty_tray_says_what_it_means(town: Town, enter: Enter) -> None:
    assert "Разбор пуст" in enter(town.vera).get(reverse("desk:triage")).content.decode()


def test_a_raw_message_is_shown_masked_and_taken_again(town: Town, enter: Enter) -> None:
    raw = town.raw(TEXT)
    fail_raw(raw, "не прочитано")
    clerk = enter(town.user_with("clerk", ["channels.view_raw"]))
    page = clerk.get(reverse("desk:raw_one", args=[raw.pk])).content.decode()
    assert "642-15-40" not in page
    clerk.post(reverse("desk:raw_again", args=[raw.pk]))
    raw.refresh_from_db()
    assert raw.state == "new"
    assert clerk.post(reverse("desk:raw_again", args=[raw.pk])).status_code == 422


def test_a_clerks_card_becomes_a_case(town: Town, enter: Enter) -> None:
    client, came = enter(town.vera), timezone.localtime().strftime("%Y-%m-%dT%H:%M")
    words = {"way": "phone", "text": TEXT, "came_on": came, "phone": "89210000000"}
    client.post(reverse("desk:new"), words)
    raw = RawMessage.objects.get(outer_id__startswith="desk-")
    waiting = reverse("desk:new_waiting", args=[raw.pk])
    assert "Читаем текст" in client.get(waiting).content.decode()
    register_waiting(town.municipality, timezone.now())
    case = Case.objects.get(raw=raw)
    assert client.get(waiting)["HX-Redirect"] == reverse("desk:card", args=[case.number])


def test_a_reception_without_a_name_is_asked_for_it(town: Town, enter: Enter) -> None:
    came = timezone.localtime().strftime("%Y-%m-%dT%H:%M")
    answer = enter(town.vera).post(reverse("desk:new"), {"way": "reception", "text": TEXT, "came_on": came})
    assert answer.status_code == 422
    assert "нужно имя" in answer.content.decode()
    assert TEXT[:30] in answer.content.decode()


def test_twin_hints_come_while_typing(case: Case, town: Town, enter: Enter) -> None:
    part = enter(town.vera).post(reverse("desk:new_twins"), {"text": "не горят фонари, нет освещения"})
    assert part.status_code == 200
    assert case.number in part.content.decode()


def test_a_rule_is_written_tried_and_switched_on(case: Case, town: Town, enter: Enter) -> None:
    client = enter(town.vera)
    words = {"title": "Фонари", "body": town.bodies[1].pk, "words": "фонарь, освещение", "position": "1"}
    client.post(reverse("desk:rule_new"), words)
    rule = Rule.objects.get(title="Фонари")
    assert not rule.is_on
    trial = client.get(reverse("desk:rule_trial", args=[rule.pk])).content.decode()
    assert "правило изменило бы" in trial
    client.post(reverse("desk:rule_switch", args=[rule.pk]), {"on": "1"})
    assert Rule.objects.get(pk=rule.pk).is_on
    client.post(reverse("desk:rule_edit", args=[rule.pk]), {**words, "title": "Фонари и лампы"})
    assert Rule.objects.get(number=rule.number, replaced_at=None).version == 2


def test_a_rule_without_conditions_is_refused(town: Town, enter: Enter) -> None:
    answer = enter(town.vera).post(reverse("desk:rule_new"), {"title": "Всё", "body": town.bodies[1].pk})
    assert answer.status_code == 422
    assert "ни одного условия" in answer.content.decode()


def test_a_parameter_loses_its_badge_when_confirmed(town: Town, enter: Enter) -> None:
    key = next(key for key, one in parameters_of(town.municipality).items() if one.needs_confirmation)
    client = enter(town.vera)
    page = client.get(reverse("desk:parameter", args=[key])).content.decode()
    assert "требует подтверждения" in page
    client.post(reverse("desk:parameter_confirm", args=[key]))
    assert parameter(town.municipality, key).confirmed
    assert client.post(reverse("desk:parameter_confirm", args=[key])).status_code == 422
    assert client.get(reverse("desk:parameter", args=["no.such"])).status_code == 404


def test_a_person_is_taken_on_given_a_role_and_let_go(town: Town, enter: Enter) -> None:
    client, role = enter(town.vera), Role.objects.filter(municipality=town.municipality)[0]
    words = {"username": "novy", "name": "Новый сотрудник", "password": "zelyony-samovar-7", "role": role.pk}
    client.post(reverse("desk:add_person"), {f"person-{name}": value for name, value in words.items()})
    holding = Holding.objects.get(user__username="novy")
    client.post(reverse("desk:drop_role", args=[holding.pk]))
    holding.refresh_from_db()
    assert holding.until is not None


def test_a_substitute_is_named(town: Town, enter: Enter) -> None:
    today = timezone.localdate().isoformat()
    words = {"user": town.boris.pk, "substitute": town.gleb.pk, "since": today, "until": today}
    enter(town.vera).post(
        reverse("desk:add_absence"), {f"absence-{key}": value for key, value in words.items()}
    )
    assert Absence.objects.filter(user=town.boris, substitute=town.gleb).exists()


def test_the_journal_shows_deeds_in_words_and_verifies_its_chain(
    case: Case, town: Town, enter: Enter
) -> None:
    client = enter(town.vera)
    assert "Зарегистрировано" in client.get(reverse("desk:journal")).content.decode()
    answer = client.post(reverse("desk:journal_verify"), follow=True)
    assert "Цепочка журнала цела" in answer.content.decode()


def test_settings_are_kept_and_unknown_values_are_not(town: Town, enter: Enter) -> None:
    client = enter(town.boris)
    client.post(reverse("desk:save_profile"), {"theme": "dark", "density": "dense", "keys": "maybe"})
    town.boris.refresh_from_db()
    assert town.boris.settings == {"theme": "dark", "density": "dense"}
    assert 'data-theme="dark"' in client.get(reverse("desk:profile")).content.decode()


@pytest.fixture
def files(settings: Settings, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path


def test_an_unknown_table_is_mapped_and_its_run_is_opened(town: Town, enter: Enter, files: None) -> None:
    table = "Номер;Что написали\n7;На Мира не убрали снег\n8;Нет воды на Садовой\n".encode()
    client, channel = enter(town.vera), town.channel("phone")
    sent = SimpleUploadedFile("своя.csv", table, content_type="text/csv")
    page = client.post(reverse("desk:import_new"), {"file": sent, "channel": channel.pk}).content.decode()
    assert "Что написали" in page
    token = page.split('name="token" value="')[1].split('"')[0]
    words = {
        "token": token,
        "name": "своя.csv",
        "channel": channel.pk,
        "heading": ["Номер", "Что написали"],
        "field": ["outer_id", "text"],
    }
    opened = client.post(reverse("desk:import_start"), words, follow=True)
    assert "своя.csv" in opened.content.decode()
    assert ImportRun.objects.get().columns == {"outer_id": "Номер", "text": "Что написали"}
    without_text = {**words, "field": ["outer_id", ""]}
    assert client.post(reverse("desk:import_start"), without_text).status_code == 422
