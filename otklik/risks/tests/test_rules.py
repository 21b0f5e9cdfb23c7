"""Tables of the procedure: which deed in which state, when clocks run out, what is lacking to close and to report."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from otklik.charter.files import preset_folders, read_charter
from otklik.common.errors import Refused
from otklik.risks import rules
from otklik.risks.rules import DEEDS, Procedure, Standing
from otklik.risks.words import SPREAD, STATES, TONES

NOW = datetime(2026, 10, 20, 9, tzinfo=UTC)
HOUR = timedelta(hours=1)
WHOLE, OFFICER_ONLY = Procedure(), Procedure(has_chat=False)
ALL = {"risks.view", "risks.work", "risks.close"}


@dataclass(frozen=True)
class Look:
    at: datetime
    spread: str = "none"
    tone: str = "calm"


@pytest.mark.parametrize(
    ("deed", "state", "leads_to"),
    [
        ("tell_chat", "found", "alert"),
        ("check", "alert", "verification"),
        ("verify", "alert", "work"),
        ("verify", "verification", "work"),
        ("placed", "work", "answer_placed"),
        ("report", "answer_placed", "report"),
        ("observe", "report", "reaction"),
        ("observe", "reaction", "reaction"),
        ("close", "reaction", "closed"),
        ("return", "reaction", "work"),
        ("return", "report", "work"),
        ("repeat", "closed", "found"),
        ("no_answer", "work", "reaction"),
        ("measure", "verification", "verification"),
    ],
)
def test_it_leads_through_the_nine_states(deed: str, state: str, leads_to: str) -> None:
    assert rules.next_state(deed, state, WHOLE) == leads_to


@pytest.mark.parametrize(
    ("deed", "state", "says"),
    [
        ("verify", "found", "алерт-чат"),
        ("observe", "answer_placed", "отчёт"),
        ("close", "answer_placed", "ответ размещён"),
        ("placed", "alert", "направлен в алерт-чат"),
        ("repeat", "reaction", "наблюдение реакции"),
        ("measure", "closed", "отработан"),
    ],
)
def test_it_refuses_a_deed_out_of_turn_and_says_where_the_card_stands(
    deed: str, state: str, says: str
) -> None:
    with pytest.raises(Refused, match=says):
        rules.next_state(deed, state, WHOLE)


def test_a_town_without_a_chat_skips_the_two_steps_that_speak_there() -> None:
    assert rules.steps(WHOLE) == list(STATES)
    assert rules.steps(OFFICER_ONLY) == [
        "watch", "found", "verification", "work", "answer_placed", "reaction", "closed",
    ]  # fmt: skip
    assert rules.next_state("verify", "found", OFFICER_ONLY) == "work"
    assert rules.next_state("observe", "answer_placed", OFFICER_ONLY) == "reaction"
    with pytest.raises(Refused, match="Алерт-чата в положении нет"):
        rules.next_state("tell_chat", "found", OFFICER_ONLY)


@given(st.lists(st.sampled_from(sorted(DEEDS)), max_size=40), st.booleans())
def test_no_row_of_deeds_closes_a_risk_past_its_verification_and_its_watch(
    deeds: list[str], chat: bool
) -> None:
    state, seen = "found", ["found"]
    for deed in deeds:
        try:
            state = rules.next_state(deed, state, Procedure(has_chat=chat))
        except Refused:
            continue
        seen.append(state)
        if state == "closed":
            last = seen[len(seen) - 1 - seen[::-1].index("found") :]
            assert "work" in last and "reaction" in last
            assert ("alert" in last) == chat


def test_it_offers_what_may_be_done_by_the_rights_of_the_person() -> None:
    assert "close" in rules.deeds_in("reaction", WHOLE, ALL)
    assert "close" not in rules.deeds_in("reaction", WHOLE, {"risks.view", "risks.work"})
    assert rules.deeds_in("found", WHOLE, {"risks.view"}) == ["decide"]
    assert "tell_chat" in rules.deeds_in("found", WHOLE, ALL)
    assert "tell_chat" not in rules.deeds_in("found", OFFICER_ONLY, ALL)


def test_it_counts_clocks_from_detection_by_the_level_of_the_charter() -> None:
    levels = read_charter(preset_folders()["demyansk"]).risk_levels
    due = rules.clocks_of(levels["critical"], NOW, True)
    assert {key: (at - NOW) / timedelta(minutes=1) for key, at in due.items()} == {
        "alert": 15, "verify": 30, "first_word": 60, "full_answer": 180,
    }  # fmt: skip
    assert "alert" not in rules.clocks_of(levels["low"], NOW, False)
    assert rules.watch_ends(levels["critical"], NOW) - NOW == 48 * HOUR


@pytest.mark.parametrize(
    ("minutes", "said"),
    [(0, ""), (44, ""), (45, "soon"), (59, "soon"), (60, "late"), (74, "late"), (75, "escalated")],
)
def test_it_warns_in_the_last_quarter_and_speaks_higher_a_quarter_later(minutes: int, said: str) -> None:
    assert rules.nudge_of(NOW, NOW + HOUR, NOW + timedelta(minutes=minutes)) == said


@given(st.integers(1, 10_000), st.integers(-100, 20_000))
def test_a_clock_never_speaks_before_its_last_quarter(length: int, passed: int) -> None:
    due, now = NOW + timedelta(minutes=length), NOW + timedelta(minutes=passed)
    assert bool(rules.nudge_of(NOW, due, now)) == (passed >= length * 3 / 4)


def standing(*looks: Look, verdict: str = "confirmed", until: datetime | None = NOW) -> Standing:
    return Standing(verdict, until, looks)


LATER = NOW + HOUR


@pytest.mark.parametrize(
    ("known", "says"),
    [
        (standing(verdict=""), "Итога проверки нет"),
        (standing(), "Наблюдений реакции нет"),
        (standing(Look(NOW - HOUR)), "Часы наблюдения"),
        (standing(Look(LATER), until=None), "Часы наблюдения"),
        (standing(Look(LATER), until=LATER + HOUR), "Часы наблюдения"),
        (standing(Look(LATER, spread="grows")), "Распространение продолжается"),
        (standing(Look(LATER, spread="same")), "Распространение продолжается"),
        (standing(Look(LATER, tone="negative")), "Реакция не спокойная"),
        (standing(Look(LATER, tone="mixed")), "Реакция не спокойная"),
        (standing(Look(NOW), Look(LATER, spread="grows")), "Распространение продолжается"),
    ],
)
def test_it_says_what_is_lacking_to_close(known: Standing, says: str) -> None:
    assert any(says in one for one in rules.lacks(known, True, LATER))


def test_it_closes_by_the_newest_observation_after_the_watch() -> None:
    assert rules.lacks(standing(Look(NOW - HOUR, "grows", "negative"), Look(LATER)), True, LATER) == []


def test_one_condition_is_enough_only_where_the_charter_says_so() -> None:
    calm_but_spreading, silent_but_angry = (
        standing(Look(LATER, "grows")),
        standing(Look(LATER, tone="negative")),
    )
    for known in (calm_but_spreading, silent_but_angry):
        assert rules.lacks(known, True, LATER)
        assert rules.lacks(known, False, LATER) == []
    assert rules.lacks(standing(Look(LATER, "grows", "negative")), False, LATER)


@given(
    st.lists(
        st.builds(Look, st.just(LATER), st.sampled_from(sorted(SPREAD)), st.sampled_from(sorted(TONES))),
        max_size=1,
    ),
    st.booleans(),
)
def test_the_strict_reading_never_closes_what_the_mild_one_keeps_open(
    looks: list[Look], verified: bool
) -> None:
    known = standing(*looks, verdict="refuted" if verified else "")
    if rules.lacks(known, False, LATER):
        assert rules.lacks(known, True, LATER)


ASKED = ["regional_media", "federal_media", "official_page"]


@pytest.mark.parametrize(
    ("text", "places", "links", "lacking"),
    [
        ("Текст", ["Страница"], [("official_page", "https://vk.com/1")], 0),
        ("", ["Страница"], [("official_page", "https://vk.com/1")], 1),
        ("Текст", [], [("official_page", "https://vk.com/1")], 1),
        ("Текст", ["Страница"], [], 1),
        ("Текст", ["Страница"], [("local_media", "https://news.example/1")], 1),
        ("Текст", ["Страница"], [("regional_media", " ")], 1),
        (" ", [], [], 3),
    ],
)
def test_a_report_is_refused_while_a_part_is_missing(
    text: str, places: list[str], links: list[tuple[str, str]], lacking: int
) -> None:
    found = rules.report_lacks(text, places, links, ASKED)
    assert len(found) == lacking
    if found:
        with pytest.raises(Refused, match="Отчёт не отправлен"):
            rules.check_report(found)
