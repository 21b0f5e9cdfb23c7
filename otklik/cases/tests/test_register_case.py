"""Registration: what a message becomes, alone and in bulk."""

from datetime import datetime, timedelta

import pytest

from otklik.cases.models import Applicant, Case, CaseText, Term, Twin
from otklik.cases.services.intake import register_case, register_waiting
from otklik.channels.models import Outgoing, RawMessage
from otklik.common.errors import Refused
from tests.town import Town, build_town

NOW = datetime.fromisoformat("2026-10-20T09:00:00+03:00")
PIT = "На улице Гагарина напротив дома 12 огромная яма на дороге, пробили колесо. Когда заделаете?"
pytestmark = pytest.mark.django_db


@pytest.fixture
def town(db: None) -> Town:
    return build_town()


def test_it_numbers_masks_and_keeps_the_original_apart(town: Town) -> None:
    case = town.case(PIT + " Мой телефон 8 900 123-45-67.", author="Анна Ивановна", phone="8 900 123-45-67")
    assert case.number == "2026-1"
    assert "123-45-67" not in case.masked_text
    assert "123-45-67" not in case.gist
    assert "123-45-67" in CaseText.objects.get(case=case).text
    assert case.questions.count() >= 1


def test_it_counts_the_clocks_of_an_appeal_and_stops_registration(town: Town) -> None:
    case = town.case(PIT, "paper")
    assert case.kind == "appeal"
    terms = {term.key: term for term in Term.objects.filter(case=case)}
    assert terms["fz59.register_days"].stopped_at == case.registered_at
    assert terms["fz59.review_days"].legal_at.date().isoformat() == "2026-11-19"
    assert case.next_legal_at == terms["fz59.review_days"].legal_at


def test_it_refuses_a_message_without_words_and_keeps_it_with_the_reason(town: Town) -> None:
    raw = town.raw("!!! 123")
    with pytest.raises(Refused, match="ни одного слова"):
        register_case(raw, None, NOW)
    assert RawMessage.objects.get(pk=raw.pk).state in {"new", "failed"}


def test_it_refuses_to_register_twice(town: Town) -> None:
    raw = town.raw(PIT)
    register_case(raw, None, NOW)
    raw.refresh_from_db()
    with pytest.raises(Refused, match="уже зарегистрировано"):
        register_case(raw, None, NOW)


def test_it_tells_a_repeat_of_the_same_author(town: Town) -> None:
    first = town.case(PIT, author="Анна", phone="89001234567")
    again = town.case(PIT, author="Анна", phone="+7 900 123 45 67", now=NOW + timedelta(days=1))
    twin = Twin.objects.get(case=again)
    assert (twin.other, twin.kind) == (first, "duplicate")
    assert "автор" in twin.reason


def test_it_knows_twins_among_messages_of_years_ago(town: Town) -> None:
    """An export of old years is taken in today: likeness counts by the days of coming, not by today."""
    then = datetime.fromisoformat("2023-03-01T09:00:00+03:00")
    first = town.case(PIT, author="Анна", phone="89001234567", now=then)
    neighbour = town.case(PIT, author="Олег", phone="89007654321", now=then + timedelta(days=2))
    stranger = town.case(PIT, author="Инна", phone="89005554433", now=then + timedelta(days=60))
    later = town.case(PIT, author="Анна", phone="89001234567", now=then + timedelta(days=200))
    assert [(twin.other, twin.kind) for twin in Twin.objects.filter(case=neighbour)] == [(first, "joined")]
    assert not Twin.objects.filter(case=stranger, other=first).exists()
    assert Twin.objects.get(case=later, other=first).kind == "repeat"


def test_a_batch_gives_the_same_cases_as_one_by_one(town: Town) -> None:
    texts = [PIT, "Не вывозят мусор с площадки на улице Мира, 5. Примите меры.", "Спасибо за ремонт моста!"]
    for text in texts:
        town.raw(text)
    assert register_waiting(town.municipality, NOW) == 3
    bulk = list(
        Case.objects.order_by("id").values_list("kind", "text_kind", "topic", "street", "body", "state")
    )
    for text in texts:
        town.case(text)
    singles = list(
        Case.objects.order_by("id").values_list("kind", "text_kind", "topic", "street", "body", "state")
    )
    assert singles[3:] == bulk
    assert Applicant.objects.count() == 6


def test_registering_again_makes_nothing(town: Town) -> None:
    town.raw(PIT)
    assert register_waiting(town.municipality, NOW) == 1
    assert register_waiting(town.municipality, NOW) == 0


def test_mail_is_explained_once_a_day_and_taken_as_a_message(town: Town) -> None:
    for _ in range(2):
        town.raw(PIT, "email", email="anna@example.org")
    assert register_waiting(town.municipality, NOW) == 2
    assert set(Case.objects.values_list("kind", flat=True)) == {"message"}
    notice = Outgoing.objects.get(kind="email_channel")
    assert notice.recipient == "anna@example.org"
    assert "Госуслуги" in notice.body


def test_mail_typed_in_by_a_clerk_is_registered(town: Town) -> None:
    town.raw(PIT, "email", clerk_id=town.vera.pk)
    assert register_waiting(town.municipality, NOW) == 1
    assert Case.objects.get().moves.get().by == town.vera


def test_one_broken_message_does_not_stop_the_others(town: Town) -> None:
    broken = town.raw(PIT)
    RawMessage.objects.filter(pk=broken.pk).update(payload={"nothing": 1})
    town.raw(PIT)
    assert register_waiting(town.municipality, NOW) == 1
    broken.refresh_from_db()
    assert broken.state == "failed"
    assert broken.error


def test_an_unsure_topic_waits_for_a_person(town: Town) -> None:
    case = town.case("Абракадабра, ну вы понимаете.")
    assert case.state == "registered"
    assert case.needs_triage
    assert case.triage_reason


@pytest.mark.parametrize(
    ("text", "gist"),
    [
        ("Здравствуйте. на улице Мира яма", "На улице Мира яма"),
        ("Уважаемая администрация, когда починят мост?", "Когда починят мост?"),
        ("Добрый день! Здравствуйте! Темно на остановке", "Темно на остановке"),
        ("Яма на дороге", "Яма на дороге"),
        ("Темно на остановке. Мой телефон 8 900 123-45-67.", "Темно на остановке."),
    ],
)
def test_the_gist_leaves_greetings_out(town: Town, text: str, gist: str) -> None:
    assert town.case(text).gist == gist
