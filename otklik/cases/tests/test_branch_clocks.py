"""The law's own term of each branch, counted from registration and ended by the branch's deed (59-ФЗ ст. 8, 11)."""

from datetime import date, datetime, timedelta

import pytest

from otklik.accounts.models import Body
from otklik.cases import services
from otklik.cases.models import Case, Term
from otklik.deadlines.running import state_of
from otklik.deadlines.selectors import calendar_of
from tests.town import Town, build_town

# Tuesday: seven calendar days end on the next one.
NOW = datetime.fromisoformat("2026-10-20T09:00:00+03:00")
DUE = date(2026, 10, 27)
PIT = "На улице Гагарина напротив дома 12 огромная яма на дороге, пробили колесо. Когда заделаете?"
pytestmark = pytest.mark.django_db


@pytest.fixture
def town(db: None) -> Town:
    return build_town()


def appeal(town: Town) -> Case:
    return town.case(PIT, "paper", NOW, author="Заявитель 1", address="ул. Мира, 1", email="anna@example.org")


def outer(town: Town) -> Body:
    return Body.objects.create(
        municipality=town.municipality,
        key="gibdd",
        name="ГИБДД",
        short_name="ГИБДД",
        kind="state",
        is_external=True,
    )


def take(town: Town, case: Case, branch: str, at: datetime) -> None:
    match branch:
        case "forward":
            services.forward_case(case, outer(town), "знаки ставит этот орган", town.vera, at)
        case "copies":
            services.send_copies(case, [outer(town)], "часть вопросов", town.vera, at)
        case _:
            services.leave_case(case, branch, town.vera, at, "https://example.org/otvet")


TERMS = {
    "forward": "fz59.forward_days",
    "copies": "fz59.copies_days",
    "return_complaint": "fz59.return_days",
    "published": "fz59.site_answer_notice_days",
    "court_decision": "fz59.court_decision_return_days",
    "unreadable": "fz59.unreadable_notice_days",
    "no_essence": "fz59.no_essence_notice_days",
}


@pytest.mark.parametrize(("days", "state"), [(2, "done"), (9, "done_late")])
@pytest.mark.parametrize("branch", TERMS)
def test_it_puts_the_branchs_term_on_record_and_ends_it_by_the_deed(
    town: Town, branch: str, days: int, state: str
) -> None:
    case, at = appeal(town), NOW + timedelta(days=days)
    take(town, case, branch, at)
    term = Term.objects.get(case=case, key=TERMS[branch])
    assert (term.start_at, term.nominal_on, term.stopped_at) == (NOW, DUE, at)
    assert not term.is_inner
    calendar = calendar_of(town.municipality)
    assert (calendar.day_of(term.legal_at), state_of(term, at, calendar)) == (DUE, state)


@pytest.mark.parametrize("branch", ["anonymous", "offensive", "secret"])
def test_it_invents_no_term_where_the_law_gives_none(town: Town, branch: str) -> None:
    case = appeal(town)
    before = set(Term.objects.filter(case=case).values_list("key", flat=True))
    take(town, case, branch, NOW)
    assert set(Term.objects.filter(case=case).values_list("key", flat=True)) == before


def test_it_leaves_the_answers_clock_running_beside_copies_and_no_other(town: Town) -> None:
    case = appeal(town)
    take(town, case, "copies", NOW + timedelta(days=1))
    case.refresh_from_db()
    assert Term.objects.filter(case=case, key="fz59.review_days", stopped_at=None).exists()
    assert case.next_legal_at is not None
    assert case.next_legal_at.date() > DUE


def test_a_message_is_not_under_the_law(town: Town) -> None:
    message = town.case(PIT, "incident", NOW)
    take(town, message, "forward", NOW + timedelta(days=1))
    assert not Term.objects.filter(case=message, key="fz59.forward_days").exists()
