"""Deeds on a case: what each changes, what it refuses, what the clocks do."""

from datetime import date, datetime, timedelta

import pytest

from otklik.accounts.models import Body
from otklik.accounts.selectors import rights_of
from otklik.audit.models import JournalEntry
from otklik.cases import services
from otklik.cases.models import Case, Draft, Move, Term
from otklik.cases.selectors import terms_board
from otklik.channels.models import Outgoing
from otklik.common.errors import Refused
from tests.town import Town, build_town

NOW = datetime.fromisoformat("2026-10-20T09:00:00+03:00")
LATER = NOW + timedelta(days=2)
PIT = "На улице Гагарина напротив дома 12 огромная яма на дороге, пробили колесо. Когда заделаете?"
pytestmark = pytest.mark.django_db


@pytest.fixture
def town(db: None) -> Town:
    return build_town()


@pytest.fixture
def case(town: Town) -> Case:
    """An appeal on paper in the first body's hands."""
    case = town.case(PIT, "paper", NOW, author="Заявитель 1", address="ул. Мира, 1", email="anna@example.org")
    return services.assign_case(case, town.bodies[0], town.vera, NOW, "разобрано")


def running(case: Case) -> dict[str, Term]:
    return {term.key: term for term in Term.objects.filter(case=case, stopped_at=None)}


def submitted(town: Town, case: Case, kind: str = "solved", promise: date | None = None) -> Case:
    services.take_case(case, town.boris, NOW)
    services.save_draft(case, "Яму заделали 21.10.2026.", kind, promise, 0, town.boris)
    services.submit_answer(case, town.boris, LATER)
    case.refresh_from_db()
    return case


def test_every_deed_leaves_a_move_and_a_journal_entry(town: Town, case: Case) -> None:
    submitted(town, case)
    assert list(Move.objects.filter(case=case).order_by("id").values_list("deed", flat=True)) == [
        "register",
        "assign",
        "take",
        "submit",
    ]
    codes = set(JournalEntry.objects.filter(thing_id=str(case.pk)).values_list("code", flat=True))
    assert codes >= {"cases.registered", "cases.assigned", "cases.taken", "cases.answer_submitted"}


def test_a_stranger_to_the_deed_is_refused(town: Town, case: Case) -> None:
    with pytest.raises(Refused, match="права"):
        services.assign_case(case, town.bodies[1], town.boris, NOW, "хочу")


def test_asking_pauses_inner_clocks_only_and_the_reply_moves_them(town: Town, case: Case) -> None:
    services.take_case(case, town.boris, NOW)
    before = running(case)
    services.ask_applicant(case, "Какой подъезд?", town.boris, NOW)
    asked = running(case)
    assert all(term.paused_at for term in asked.values() if term.is_inner)
    assert not any(term.paused_at for term in asked.values() if not term.is_inner)
    services.take_reply(case, "Второй подъезд", LATER)
    after = running(case)
    assert after["fz59.review_days"].legal_at == before["fz59.review_days"].legal_at
    assert after["deadline.draft_days"].control_at >= before["deadline.draft_days"].control_at
    assert Outgoing.objects.filter(about=case.number, kind="ask").exists()


def test_a_stale_draft_is_refused_and_nothing_is_overwritten(town: Town, case: Case) -> None:
    services.save_draft(case, "Текст Бориса", "solved", None, 0, town.boris)
    with pytest.raises(services.DraftConflict) as conflict:
        services.save_draft(case, "Текст Веры", "solved", None, 0, town.vera)
    assert conflict.value.current.text == "Текст Бориса"
    assert Draft.objects.get(case=case).text == "Текст Бориса"


def test_the_author_does_not_approve_the_own_draft(town: Town, case: Case) -> None:
    services.take_case(case, town.vera, NOW)
    services.save_draft(case, "Готово 21.10.2026.", "solved", None, 0, town.vera)
    services.submit_answer(case, town.vera, NOW)
    with pytest.raises(Refused, match="другой сотрудник"):
        services.approve_answer(case, town.vera, NOW)


def test_nothing_unsigned_leaves_where_the_law_wants_a_signature(town: Town, case: Case) -> None:
    submitted(town, case)
    services.approve_answer(case, town.vera, LATER)
    with pytest.raises(Refused, match="подпис"):
        services.sign_answer(case, town.vera, LATER)
    assert not Outgoing.objects.filter(about=case.number, kind="answer").exists()
    services.sign_answer(case, town.galina, LATER)
    case.refresh_from_db()
    assert (case.state, case.answered_at) == ("sent", LATER)
    assert running(case) == {}


def test_an_interim_answer_puts_its_promise_under_control_and_the_law_runs_on(town: Town, case: Case) -> None:
    submitted(town, case, "interim", date(2026, 11, 5))
    services.approve_answer(case, town.vera, LATER)
    services.sign_answer(case, town.galina, LATER)
    case.refresh_from_db()
    assert case.state == "in_work"
    assert {"promise", "fz59.review_days"} <= set(running(case))


@pytest.mark.parametrize("day", [None, date(2026, 10, 31), date(2026, 10, 1)])
def test_an_interim_answer_needs_a_working_day_ahead(town: Town, case: Case, day: date | None) -> None:
    services.take_case(case, town.boris, NOW)
    services.save_draft(case, "Сделаем.", "interim", day, 0, town.boris)
    with pytest.raises(Refused):
        services.submit_answer(case, town.boris, NOW)


def test_outer_channels_wait_for_placement(town: Town) -> None:
    case = town.case(PIT, "incident", NOW)
    case = services.assign_case(case, town.bodies[0], town.vera, NOW, "разобрано")
    submitted(town, case)
    services.approve_answer(case, town.vera, LATER)
    services.sign_answer(case, town.vera, LATER)
    case.refresh_from_db()
    assert case.state == "placing"
    assert "im.first_answer_hours" in running(case) or "im.first_answer_hours_urgent" in running(case)
    with pytest.raises(Refused, match="ссылку"):
        services.mark_placed(case, " ", town.vera, LATER)
    services.mark_placed(case, "https://example.org/1", town.vera, LATER)
    assert running(case) == {}


def test_the_term_is_extended_once_with_a_notice(town: Town, case: Case) -> None:
    services.extend_term(case, 15, "запрошены документы", town.vera, LATER)
    fresh = running(case)["fz59.review_days"]
    assert fresh.replaces is not None
    assert fresh.legal_at.date() > fresh.replaces.legal_at.date()
    assert "запрошены документы" in Outgoing.objects.get(about=case.number, kind="extended").body
    with pytest.raises(Refused, match="один раз"):
        services.extend_term(case, 5, "ещё", town.vera, LATER)


def test_forwarding_tells_the_applicant_and_stops_the_clocks(town: Town, case: Case) -> None:
    outer = Body.objects.create(
        municipality=town.municipality,
        key="gibdd",
        name="ГИБДД",
        short_name="ГИБДД",
        kind="state",
        is_external=True,
    )
    services.forward_case(case, outer, "знаки ставит этот орган", town.vera, LATER)
    case.refresh_from_db()
    assert case.state == "forwarded"
    assert running(case) == {}
    assert set(Outgoing.objects.filter(about=case.number).values_list("kind", flat=True)) >= {
        "forward",
        "forwarded",
    }


def test_a_complaint_never_goes_to_the_body_complained_of(town: Town, case: Case) -> None:
    Case.objects.filter(pk=case.pk).update(text_kind="complaint", complained_of=town.bodies[1])
    case.refresh_from_db()
    with pytest.raises(Refused, match="на кого жалуются"):
        services.pass_on(case, town.bodies[1], town.vera, NOW, "ваше")


@pytest.mark.parametrize(
    ("ground", "told"),
    [
        ("anonymous", False),
        ("offensive", True),
        ("unreadable", True),
        ("no_essence", True),
        ("court_decision", True),
        ("secret", True),
        ("return_complaint", True),
    ],
)
def test_each_ground_of_the_law_ends_the_case_with_its_notice(
    town: Town, case: Case, ground: str, told: bool
) -> None:
    services.leave_case(case, ground, town.vera, NOW)
    case.refresh_from_db()
    assert case.state == "left"
    assert running(case) == {}
    assert Outgoing.objects.filter(about=case.number, kind=ground).exists() is told


def test_correspondence_ends_only_after_two_answers(town: Town, case: Case) -> None:
    with pytest.raises(Refused, match="двух"):
        services.leave_case(case, "repeated", town.vera, NOW)


def test_grounds_of_the_law_are_not_for_messages(town: Town) -> None:
    message = town.case(PIT, "incident", NOW)
    with pytest.raises(Refused, match="только для обращений"):
        services.leave_case(message, "no_essence", town.vera, NOW)


def test_joining_keeps_both_authors(town: Town, case: Case) -> None:
    other = town.case(PIT, "paper", NOW, author="Заявитель 2", address="ул. Мира, 3")
    services.join_case(other, case, town.vera, NOW)
    other.refresh_from_db()
    assert (other.state, other.joined_to) == ("joined", case)
    assert other.applicant_id != case.applicant_id
    with pytest.raises(Refused, match="сама"):
        services.join_case(case, other, town.vera, NOW)


def test_changing_the_kind_starts_the_clocks_of_the_other_regime(town: Town) -> None:
    message = town.case(PIT, "incident", NOW)
    services.set_kind(message, "appeal", town.vera, NOW, "заявитель просит ответ по 59-ФЗ")
    message.refresh_from_db()
    assert "fz59.review_days" in running(message)
    assert not any(key.startswith("im.") for key in running(message))


def test_reopening_starts_the_answer_clock_anew(town: Town, case: Case) -> None:
    submitted(town, case)
    services.approve_answer(case, town.vera, LATER)
    services.sign_answer(case, town.galina, LATER)
    services.close_case(case, town.vera, LATER)
    services.reopen_case(case, "яма снова появилась", town.vera, LATER + timedelta(days=3))
    case.refresh_from_db()
    assert case.state == "assigned"
    assert "fz59.review_days" in running(case)


def test_personal_data_is_shown_by_right_with_a_journal_entry(town: Town, case: Case) -> None:
    with pytest.raises(Refused):
        services.reveal_personal(case, town.boris, NOW)
    assert "Гагарина" in services.reveal_personal(case, town.vera, NOW).text
    assert JournalEntry.objects.filter(code="cases.personal_shown", thing_id=str(case.pk)).count() == 1


def test_over_a_weekend_the_laws_clock_hours_come_before_working_hours(town: Town) -> None:
    friday = datetime.fromisoformat("2026-10-23T16:00:00+03:00")
    case = town.case(PIT, "incident", friday)
    term = running(case)["im.first_answer_hours"]
    assert term.legal_at < term.control_at
    assert (case.next_term_key, case.next_control_at) == ("im.first_answer_hours", term.legal_at)
    sunday = friday + timedelta(days=2)
    rights = rights_of(town.vera, town.municipality)
    board = terms_board(town.vera, town.municipality, sunday, rights)
    assert term in board.overdue
    assert term not in [*board.today, *board.tomorrow, *board.week]
