"""What may be done with an errand, how it counts, what its wording lacks: exact tables."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from otklik.common.errors import Refused
from otklik.language.morphology import marked
from otklik.office.errands.rules import (
    DEEDS,
    OPEN,
    STATES,
    Party,
    allowed,
    check_asking,
    check_dates,
    check_deed,
    check_new_date,
    day_to_remind,
    hints_for,
    standing,
    step_to_escalate,
)

DUE = date(2026, 11, 20)
PARTIES: tuple[Party, ...] = ("responsible", "controller", "giver", "helper")


def is_verb(word: str) -> bool:
    return marked(word, "INFN")


def test_it_lets_the_controller_alone_accept() -> None:
    assert check_deed("accept", "reported", {"controller"}, "").leads_to == "accepted"
    for party in ("responsible", "giver", "helper"):
        with pytest.raises(Refused, match="Принимает исполнение контролёр"):
            check_deed("accept", "reported", {party}, "")
    with pytest.raises(Refused, match="Принимает исполнение контролёр"):
        check_deed("accept", "reported", {"controller", "responsible"}, "")


@given(st.sampled_from(list(STATES)), st.sets(st.sampled_from(PARTIES)), st.booleans())
def test_it_offers_only_what_it_would_let_through(state: str, parties: set[Party], has_asked: bool) -> None:
    for key in allowed(state, parties, has_asked):
        assert check_deed(key, state, parties, "слова").leads_to in {"", *STATES}
    if state not in OPEN:
        assert allowed(state, parties, has_asked) == []


@pytest.mark.parametrize("key", [key for key, deed in DEEDS.items() if deed.needs_words])
def test_it_asks_for_words_where_they_stay_in_history(key: str) -> None:
    deed = DEEDS[key]
    with pytest.raises(Refused):
        check_deed(key, deed.since[0], {deed.parties[0]}, "  ")


def test_it_moves_a_date_only_ahead_and_not_after_it_has_passed() -> None:
    check_asking(DUE, date(2026, 11, 25), DUE)
    with pytest.raises(Refused, match="уже прошёл"):
        check_asking(DUE, date(2026, 11, 25), date(2026, 11, 21))
    with pytest.raises(Refused, match="позже прежнего"):
        check_new_date(DUE, DUE, DUE)
    with pytest.raises(Refused, match="не раньше сегодняшнего"):
        check_dates(DUE, date(2026, 11, 19))
    with pytest.raises(Refused, match="двух лет"):
        check_dates(DUE, date(2029, 1, 1))


@pytest.mark.parametrize(
    ("state", "reported", "was_late", "today", "counts"),
    [
        ("given", None, False, DUE, "running"),
        ("taken", None, False, date(2026, 11, 21), "overdue"),
        ("returned", date(2026, 11, 18), False, date(2026, 11, 21), "overdue"),
        ("reported", date(2026, 11, 18), False, date(2026, 12, 1), "waiting"),
        ("accepted", DUE, False, date(2026, 12, 1), "in_time"),
        ("accepted", date(2026, 11, 21), False, date(2026, 12, 1), "late"),
        ("accepted", DUE, True, date(2026, 12, 1), "late"),
        ("removed", None, False, date(2026, 12, 1), "removed"),
    ],
)
def test_it_judges_by_the_day_of_the_report(
    state: str, reported: date | None, was_late: bool, today: date, counts: str
) -> None:
    assert standing(state, DUE, reported, was_late, today) == counts


@pytest.mark.parametrize(
    ("text", "result", "lacks"),
    [
        ("отремонтировать мост на ул. Заречной", "акт приёмки", []),
        ("работа по мосту", "акт приёмки", ["verb"]),
        ("обследовать и отремонтировать мост", "акт приёмки", ["verb"]),
        ("усилить работу с жителями", "", ["verb", "result"]),
        ("направить письмо перевозчику", "", []),
        ("убрать снег", "", ["result"]),
    ],
)
def test_it_hints_at_what_a_wording_lacks(text: str, result: str, lacks: list[str]) -> None:
    found = hints_for(text, result, ["директор"], DUE, is_verb)
    assert [one.about for one in found] == lacks


def test_it_hints_at_an_absent_post_and_date() -> None:
    found = hints_for("убрать 3 свалки", "", [], None, is_verb)
    assert [one.about for one in found] == ["post", "date"]
    two = hints_for("убрать 3 свалки", "", ["директор", "начальник"], DUE, is_verb)
    assert [one.about for one in two] == ["post"]


def test_it_reminds_ahead_and_escalates_after() -> None:
    given = date(2026, 11, 14)
    told = [day_to_remind(DUE, given, date(2026, 11, day), [7, 5, 1]) for day in (14, 15, 18, 19, 20, 21)]
    assert [one.day if one else None for one in told] == [None, 15, 15, 19, 20, None]
    assert [step_to_escalate(DUE, date(2026, 11, day), [1, 5]) for day in (20, 21, 24, 25, 30)] == [
        None,
        1,
        1,
        5,
        5,
    ]
    assert step_to_escalate(DUE, date(2026, 11, 30), []) is None
