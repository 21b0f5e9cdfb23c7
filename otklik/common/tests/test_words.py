"""Tables for the Russian of the screens."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from otklik.common import words
from otklik.common.words import NARROW, NBSP, Gender


@pytest.mark.parametrize(
    ("n", "said"),
    [
        (0, "карточек"),
        (1, "карточка"),
        (2, "карточки"),
        (4, "карточки"),
        (5, "карточек"),
        (11, "карточек"),
        (12, "карточек"),
        (14, "карточек"),
        (20, "карточек"),
        (21, "карточка"),
        (22, "карточки"),
        (25, "карточек"),
        (111, "карточек"),
        (101, "карточка"),
        (1002, "карточки"),
        (-1, "карточка"),
    ],
)
def test_it_agrees_a_noun_with_its_number(n: int, said: str) -> None:
    assert words.plural(n, "карточка", "карточки", "карточек") == said


@pytest.mark.parametrize(
    ("n", "gender", "forms", "said"),
    [
        (1, "m", ("срок", "срока", "сроков"), "один срок"),
        (2, "m", ("срок", "срока", "сроков"), "два срока"),
        (2, "f", ("жалоба", "жалобы", "жалоб"), "две жалобы"),
        (1, "f", ("жалоба", "жалобы", "жалоб"), "одна жалоба"),
        (1, "n", ("поручение", "поручения", "поручений"), "одно поручение"),
        (2, "n", ("поручение", "поручения", "поручений"), "два поручения"),
        (4, "m", ("ответ", "ответа", "ответов"), "четыре ответа"),
        (6, "m", ("срок", "срока", "сроков"), "шесть сроков"),
        (10, "m", ("день", "дня", "дней"), "десять дней"),
        (11, "m", ("день", "дня", "дней"), "11 дней"),
        (22, "f", ("жалоба", "жалобы", "жалоб"), "22 жалобы"),
        (0, "m", ("срок", "срока", "сроков"), "ноль сроков"),
    ],
)
def test_it_spells_small_numbers_with_gender(
    n: int, gender: Gender, forms: tuple[str, str, str], said: str
) -> None:
    assert words.spell_count(n, forms, gender) == said.replace(" ", NBSP)


@pytest.mark.parametrize(
    ("value", "said"),
    [(4720, f"4{NARROW}720"), (3.8, "3,8"), (-2, "−2"), (0, "0"), (1234567, f"1{NARROW}234{NARROW}567")],
)
def test_it_writes_numbers_the_russian_way(value: float, said: str) -> None:
    assert words.number(value) == said


def test_it_writes_shares_and_counts_unbreakable() -> None:
    assert words.percent(0.934) == f"93{NBSP}%"
    assert words.count(38, "сообщение", "сообщения", "сообщений") == f"38{NBSP}сообщений"


def test_it_writes_dates_for_sentences_tables_and_chips() -> None:
    day = date(2026, 10, 22)
    assert words.long_day(day) == f"22{NBSP}октября, чт"
    assert words.full_day(day) == f"22{NBSP}октября 2026"
    assert words.opening_day(date(2026, 10, 20)) == f"Вторник, 20{NBSP}октября"
    assert words.weekday_and_day(day) == f"чт 22{NBSP}окт"
    assert words.table_day(day) == "22.10.2026"
    assert words.short_day(day, date(2027, 1, 1)) == f"22{NBSP}окт 2026"


@pytest.mark.parametrize(
    ("moment", "said"),
    [
        (datetime(2026, 10, 20, 9, 38, tzinfo=UTC), "сегодня 9:38"),
        (datetime(2026, 10, 19, 16, 20, tzinfo=UTC), "вчера 16:20"),
        (datetime(2026, 9, 22, 9, 4, tzinfo=UTC), f"22{NBSP}сен 9:04"),
        (datetime(2025, 12, 31, 0, 5, tzinfo=UTC), f"31{NBSP}дек 2025 0:05"),
    ],
)
def test_it_says_when_relative_to_now(moment: datetime, said: str) -> None:
    assert words.moment_words(moment, datetime(2026, 10, 20, 9, 42, tzinfo=UTC)) == said


@pytest.mark.parametrize(
    ("text", "tied"),
    [
        ("школа № 2", "школа №~2"),
        ("ул. Мира, 8", "ул.~Мира, 8"),
        ("в с. Ключи", "в~с.~Ключи"),
        ("Вопрос и ответ", "Вопрос и~ответ"),
        ("за 3 дня — 9 сообщений", "за 3~дня~— 9~сообщений"),
        ("93 % верно", "93~% верно"),
        ("и в августе", "и~в~августе"),
        ("ст. 12 ч. 1", "ст.~12~ч.~1"),
        ("два дома", "два дома"),
    ],
)
def test_it_ties_words_that_must_not_part(text: str, tied: str) -> None:
    assert words.tie(text) == tied.replace("~", NBSP)


@given(st.text(alphabet="аив №.1 —яk%", max_size=40))
def test_it_ties_once_and_changes_nothing_but_spaces(text: str) -> None:
    tied = words.tie(text)
    assert words.tie(tied) == tied
    assert tied.replace(NBSP, " ") == text.replace(NBSP, " ")
