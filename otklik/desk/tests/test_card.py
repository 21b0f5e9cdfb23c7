"""The card: what it shows and hides, its deeds, two people on one draft."""

from collections.abc import Callable

from django.test import Client
from django.urls import reverse
from django.utils import timezone

from otklik.accounts.models import User
from otklik.audit.models import JournalEntry
from otklik.cases import services
from otklik.cases.models import AnswerTemplate, Case, Draft
from otklik.cases.services import save_draft
from otklik.cases.services.answers import route_of
from otklik.desk.tests.conftest import assigned_case
from otklik.places.models import Settlement
from otklik.topics.models import Topic
from tests.town import Town

Enter = Callable[[User], Client]


def do(client: Client, case: Case, deed: str, **words: object) -> int:
    """Post a deed and follow it; the status of the last answer."""
    return client.post(reverse("desk:deed", args=[case.number, deed]), words, follow=True).status_code


def test_it_hides_the_phone_until_it_is_asked_for(case: Case, town: Town, enter: Enter) -> None:
    client = enter(town.vera)
    page = client.get(reverse("desk:card", args=[case.number])).content.decode()
    assert "642-15-40" not in page
    assert "телефон" in page
    shown = client.post(reverse("desk:personal", args=[case.number])).content.decode()
    assert "642-15-40" in shown
    assert JournalEntry.objects.filter(code="cases.personal_shown", thing_id=str(case.pk)).exists()


def test_the_answer_on_paper_is_a_reading_of_personal_data(case: Case, town: Town, enter: Enter) -> None:
    now = timezone.now()
    services.take_case(case, town.boris, now)
    services.save_draft(case, "Фонари заменили 20 ноября.", "solved", None, 0, town.boris)
    services.submit_answer(case, town.boris, now)
    services.approve_answer(case, town.vera, now)
    services.sign_answer(case, town.galina if route_of(case).signature == "required" else town.vera, now)
    paper = reverse("desk:paper", args=[case.number, case.answers.get().pk, "docx"])
    assert enter(town.boris).get(paper).status_code == 404
    assert not JournalEntry.objects.filter(code="cases.personal_shown").exists()
    assert enter(town.vera).get(paper).status_code == 200
    entry = JournalEntry.objects.get(code="cases.personal_shown", thing_id=str(case.pk))
    assert (entry.actor, entry.why) == (town.vera, "ответ на бумаге, DOCX")


def test_personal_data_need_their_right(case: Case, town: Town, enter: Enter) -> None:
    assert enter(town.boris).post(reverse("desk:personal", args=[case.number])).status_code == 404


def test_it_goes_from_taking_to_approval(case: Case, town: Town, enter: Enter) -> None:
    boris = enter(town.boris)
    assert do(boris, case, "take") == 200
    saved = boris.post(
        reverse("desk:draft", args=[case.number]),
        {
            "text": "Фонари заменим до 24 ноября, работы ведёт служба заказчика.",
            "version": "0",
            "kind": "solved",
        },
        headers={"HX-Request": "true"},
    )
    assert saved.json()["version"] == 1
    assert do(boris, case, "submit") == 200
    case.refresh_from_db()
    assert case.state == "on_approval"


def test_a_refusal_stands_in_the_dialog_and_keeps_the_words(case: Case, town: Town, enter: Enter) -> None:
    client = enter(town.vera)
    address = reverse("desk:deed", args=[case.number, "sign"])
    answer = client.post(address, headers={"HX-Request": "true"})
    assert answer.status_code == 422
    assert 'role="alert"' in answer.content.decode()
    case.refresh_from_db()
    assert case.state == "assigned"


def test_a_deed_needs_its_words(case: Case, town: Town, enter: Enter) -> None:
    body = town.bodies[1].pk
    assert do(enter(town.vera), case, "pass_on", body=body, reason="") == 422
    assert do(enter(town.vera), case, "pass_on", body=body, reason="их тема") == 200
    case.refresh_from_db()
    assert case.body_id == body


def test_a_hand_over_can_be_undone_by_a_deed_of_its_own(case: Case, town: Town, enter: Enter) -> None:
    client, first = enter(town.vera), case.body_id
    do(client, case, "pass_on", body=town.bodies[1].pk, reason="их тема")
    here = reverse("desk:undo", args=[case.number])
    assert client.get(here).status_code == 405
    client.post(here)
    case.refresh_from_db()
    assert case.body_id == first
    assert list(case.moves.values_list("deed", flat=True)[:2]) == ["undo", "pass_on"]
    assert client.post(here).status_code == 422


def test_a_hand_over_out_of_sight_leads_to_the_list_and_back(case: Case, town: Town, enter: Enter) -> None:
    client = enter(town.boris)
    words = {"body": town.bodies[-1].pk, "reason": "не наша территория"}
    answer = client.post(reverse("desk:deed", args=[case.number, "pass_on"]), words, follow=True)
    page = answer.content.decode()
    assert answer.redirect_chain[-1][0].startswith(reverse("desk:list"))
    assert "Отменить" in page
    assert client.get(reverse("desk:card", args=[case.number])).status_code == 404
    answer = client.post(reverse("desk:undo", args=[case.number]), follow=True)
    assert answer.redirect_chain[-1][0] == reverse("desk:card", args=[case.number])


def test_each_reversible_deed_offers_its_undo(case: Case, town: Town, enter: Enter) -> None:
    client, topic = enter(town.vera), Topic.objects.exclude(pk=case.topic_id or 0)[0]
    for deed, words in (
        ("set_topic", {"topic": topic.pk}),
        ("set_place", {"street": "Мира", "house": "7"}),
        ("set_urgency", {"urgency": "high"}),
        ("close_unanswered", {"ground": "spam"}),
    ):
        page = client.post(reverse("desk:deed", args=[case.number, deed]), words, follow=True)
        assert page.content.decode().count(reverse("desk:undo", args=[case.number])) == 2, deed
        client.post(reverse("desk:undo", args=[case.number]))
    case.refresh_from_db()
    assert (case.state, case.urgency, case.street) == ("assigned", "normal", "Советская")


def test_a_place_named_anew_leaves_the_old_point_behind(case: Case, town: Town, enter: Enter) -> None:
    Case.objects.filter(pk=case.pk).update(lat=58.1, lon=33.9)
    client, here = enter(town.vera), reverse("desk:deed", args=[case.number, "set_place"])
    assert 'data-map="pick-data"' in client.get(here).content.decode()
    place = Settlement.objects.filter(municipality=town.municipality).exclude(pk=case.settlement_id or 0)[0]
    client.post(here, {"settlement": place.pk, "street": "", "house": "", "lat": "58.1", "lon": "33.9"})
    case.refresh_from_db()
    assert (case.settlement, case.lat, case.lon) == (place, place.lat, place.lon)
    client.post(here, {"settlement": place.pk, "lat": "58.25", "lon": "33.75"})
    case.refresh_from_db()
    assert (case.lat, case.lon) == (58.25, 33.75)


def test_no_answer_is_needed_only_to_a_message(case: Case, town: Town, enter: Enter) -> None:
    client = enter(town.vera)
    assert do(client, case, "close_unanswered", ground="other", reason="") == 422
    assert do(client, case, "close_unanswered", ground="thanks") == 200
    page = client.get(reverse("desk:list"), {"state": "closed"}).content.decode()
    assert case.number in page
    assert "закрыто" in page
    Case.objects.filter(pk=case.pk).update(state="assigned", kind="appeal", closed_at=None)
    assert do(client, case, "close_unanswered", ground="thanks") == 422


def test_two_people_on_one_draft_get_the_conflict_bar(case: Case, town: Town, enter: Enter) -> None:
    save_draft(case, "Текст Веры", "explained", None, 0, town.vera)
    stale = enter(town.boris).post(
        reverse("desk:draft", args=[case.number]),
        {"text": "Текст Бориса", "version": "0", "kind": "explained"},
    )
    assert stale.status_code == 409
    words = stale.content.decode()
    assert "Ваш текст цел" in words
    assert "Текст Веры" in words
    assert Draft.objects.get(case=case).text == "Текст Веры"


def test_notes_stay_among_colleagues(case: Case, town: Town, enter: Enter) -> None:
    client = enter(town.boris)
    client.post(reverse("desk:note", args=[case.number]), {"text": "звонил электрик"})
    assert "звонил электрик" in client.get(reverse("desk:card", args=[case.number])).content.decode()


def test_a_twin_is_joined_from_the_card(case: Case, town: Town, enter: Enter) -> None:
    other = assigned_case(town, "Опять темно у перехода на Советской, фонари не горят.")
    answer = enter(town.vera).post(
        reverse("desk:twin", args=[other.number, case.number]), {"decision": "join"}, follow=True
    )
    assert answer.status_code == 200
    other.refresh_from_db()
    assert other.joined_to_id == case.pk


def test_an_unknown_deed_is_not_there(case: Case, town: Town, enter: Enter) -> None:
    assert enter(town.vera).get(reverse("desk:deed", args=[case.number, "burn"])).status_code == 404


def test_a_template_is_written_offered_on_the_card_changed_and_closed(
    case: Case, town: Town, enter: Enter
) -> None:
    client, words = enter(town.vera), {"title": "Фонарь", "about": "group:lighting", "kind": "solved"}
    client.post(reverse("desk:template_new"), words | {"text": "По № {номер} свет включили {день}."})
    template = AnswerTemplate.objects.get(municipality=town.municipality, title="Фонарь")
    offered = client.get(reverse("desk:card_templates", args=[case.number])).content.decode()
    assert f"По № {case.number} свет включили {{день}}." in offered
    page = reverse("desk:template", args=[template.pk])
    assert "selected>все темы: уличное освещение" in client.get(page).content.decode()
    assert client.post(page, words | {"text": ""}).status_code == 422
    client.post(page, words | {"text": "Свет горит."})
    assert "Свет горит." in client.get(reverse("desk:templates")).content.decode()
    client.post(reverse("desk:template_close", args=[template.pk]))
    assert "Свет горит." not in enter(town.gleb).get(reverse("desk:templates")).content.decode()
