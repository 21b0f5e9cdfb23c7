"""Sentences by rules: numerals agree, every change carries its figures, periods read in a sentence."""

from datetime import date

import pytest

from otklik.common.errors import Refused
from otklik.common.period import Period
from otklik.reports.norms import WAITS
from otklik.reports.periods import asked_period, in_short, in_words, slots
from otklik.reports.phrases import (
    by_cards,
    difference,
    is_notable,
    listed,
    of_cards,
    of_whole,
    received,
    sentence,
    to_whom,
)


def plain(text: str) -> str:
    return text.replace("\u00a0", " ").replace("\u202f", " ")


@pytest.mark.parametrize(
    ("now", "was", "said"),
    [
        (412, 375, "на 37 больше, чем за 1–15 октября (375)"),
        (1, 22, "на 21 меньше, чем за 1–15 октября (22)"),
        (5, 5, "столько же, сколько за 1–15 октября"),
        (3, 0, "за 1–15 октября их не было"),
        (0, 4, "на 4 меньше, чем за 1–15 октября (4)"),
    ],
)
def test_it_says_a_change_with_its_figures(now: int, was: int, said: str) -> None:
    assert plain(difference(now, was, "1–15 октября")) == said


@pytest.mark.parametrize(
    ("appeals", "messages", "was", "said"),
    [
        (
            58,
            354,
            375,
            "поступило 58 обращений и 354 сообщения, всего 412, на 37 больше, чем за сентябрь (375)",
        ),
        (1, 0, 0, "поступило 1 обращение, за сентябрь их не было"),
        (0, 21, 21, "поступило 21 сообщение, столько же, сколько за сентябрь"),
        (0, 0, 7, "обращений и сообщений не поступило, за сентябрь было 7"),
        (0, 0, 0, "обращений и сообщений не поступило"),
    ],
)
def test_it_tells_what_came(appeals: int, messages: int, was: int, said: str) -> None:
    assert plain(received(appeals, messages, was, "сентябрь")) == said


def test_it_agrees_cards_with_any_numeral() -> None:
    assert [plain(by_cards(n)) for n in (1, 2, 11, 21)] == [
        "1 карточке",
        "2 карточкам",
        "11 карточкам",
        "21 карточке",
    ]
    assert [plain(of_cards(n)) for n in (1, 3, 12)] == ["1 карточки", "3 карточек", "12 карточек"]


def test_it_gives_a_share_only_of_enough() -> None:
    assert plain(of_whole(368, 396)) == "368 из 396 (93 %)"
    assert plain(of_whole(3, 7)) == "3 из 7"


def test_it_calls_a_change_notable_only_out_of_chance() -> None:
    assert not is_notable(3, 1)
    assert is_notable(64, 31)
    assert not is_notable(31, 33)
    assert is_notable(0, 9)


def test_it_joins_words_and_closes_a_sentence() -> None:
    assert plain(listed(["а", "б", "в"])) == "а, б и в"
    assert listed([]) == ""
    assert sentence("всего 3.") == "Всего 3."


def test_it_writes_to_whom() -> None:
    assert to_whom("Глава муниципального района") == "Главе муниципального района"
    assert to_whom("ЦУР в Волгоградской области") == "ЦУР в Волгоградской области"


@pytest.mark.parametrize(
    ("key", "words", "short"),
    [
        ("2026-10", "октябрь 2026 года", "октябрь"),
        ("2026-Q3", "III квартал 2026 года", "III квартал"),
        ("2026", "2026 год", "2026 год"),
        ("2026-10-16..2026-10-29", "16–29 октября 2026 года", "16–29 октября"),
        ("2026-10-15", "15 октября 2026 года", "15 октября"),
    ],
)
def test_it_says_a_period_after_za(key: str, words: str, short: str) -> None:
    period = asked_period(key)
    assert (plain(in_words(period)), plain(in_short(period))) == (words, short)


def test_it_refuses_a_key_that_is_no_period() -> None:
    for key in ("октябрь", "2026-13", "2026-10-31..2026-10-01", "2026-02-30", ""):
        with pytest.raises(Refused, match="не прочитан"):
            asked_period(key)


def test_it_dates_papers_by_the_cadence_and_the_days_of_the_charter() -> None:
    today = date(2026, 11, 21)
    halves = slots("twice_a_month", [], WAITS, today)
    assert [(one.period, one.due) for one in halves] == [
        (Period(date(2026, 11, 1), date(2026, 11, 15)), date(2026, 11, 18)),
        (Period(date(2026, 10, 16), date(2026, 10, 31)), date(2026, 11, 3)),
    ]
    (quarter, _) = slots("quarterly", [15], WAITS, today)
    assert (quarter.period.until, quarter.due) == (date(2026, 9, 30), date(2026, 10, 15))
    assert slots("as_needed", [], WAITS, today) == []
