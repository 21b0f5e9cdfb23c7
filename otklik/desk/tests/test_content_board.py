"""The board of posts: days, cards in their states, conditions of the address, norms, looks. No database."""

from datetime import date

import pytest
from django.http import QueryDict

from otklik.desk.content_about import about_link, about_words
from otklik.desk.content_board import (
    ICONS,
    BoardFilter,
    PostCard,
    board_of,
    norms_of,
    say_days,
    steps,
)
from otklik.desk.content_look import fold, look_of
from otklik.desk.content_paper import WIDTHS
from otklik.outreach.content.words import POST_STATES
from otklik.outreach.models import OfficialPage

TODAY = date(2026, 11, 19)


def card(
    pk: int, at: str, page: str = "Округ", state: str = "approved", is_exercise: bool = False
) -> PostCard:
    return PostCard(
        pk,
        "/",
        "Вода",
        at[11:],
        at,
        "",
        page,
        "ВК",
        state,
        POST_STATES[state],
        "",
        "",
        "",
        True,
        is_exercise,
        False,
    )


def is_working(day: date) -> bool:
    return day.weekday() < 5


def test_it_lays_a_week_out_in_seven_columns_and_keeps_what_has_no_day_aside() -> None:
    cards = [
        card(1, "2026-11-16T09:00"),
        card(2, "2026-11-19T12:30"),
        card(3, ""),
        card(4, "2026-11-30T09:00"),
    ]
    board = board_of(cards, BoardFilter(), TODAY, is_working)
    assert [len(day.cards) for day in board.days] == [1, 0, 0, 1, 0, 0, 0]
    assert [one.pk for one in board.undated] == [3]
    assert [day.is_today for day in board.days].index(True) == 3
    assert [day.is_off for day in board.days] == [False] * 5 + [True] * 2
    assert board.says == "16–22\u00a0ноября 2026" and board.days[0].head == "пн 16\u00a0ноя"


def test_it_fills_a_month_up_to_whole_weeks() -> None:
    board = board_of([], BoardFilter("month", date(2026, 11, 5)), TODAY, is_working)
    assert len(board.weeks) == 6 and board.days[0].date == date(2026, 10, 26)
    assert board.days[0].is_other and not board.days[6].is_other and board.says == "Ноябрь 2026"
    assert (board.before, board.after) == (date(2026, 10, 1), date(2026, 12, 1))
    assert steps(date(2026, 1, 31), "month") == (date(2025, 12, 1), date(2026, 2, 1))
    assert say_days(date(2026, 12, 31), "week").startswith("28\u00a0декабря 2026")


def test_it_reads_the_address_and_writes_it_back() -> None:
    asked = BoardFilter.read(QueryDict("view=month&day=2026-11-05&page=7&rubric=works&state=held"))
    assert asked == BoardFilter("month", date(2026, 11, 5), "7", "works", "", "held") and asked.is_narrowed
    assert BoardFilter.read(QueryDict(asked.with_()[1:])) == asked
    assert asked.with_(view="week", day="", page="", rubric="", state="") == "?"
    assert BoardFilter.read(QueryDict("view=year&day=2026-13-41&page=x&state=lost")) == BoardFilter()
    assert BoardFilter.read(QueryDict("day=0001-01-01")).day is None


def test_it_counts_posts_of_pages_beside_their_norms() -> None:
    cards = [
        card(n, "2026-11-16T09:00", "Округ", state)
        for n, state in enumerate(("approved", "placed", "failed"))
    ]
    cards.append(card(9, "2026-11-16T10:00", is_exercise=True))
    days = board_of(cards, BoardFilter(), TODAY, is_working).days
    # The same title in another network is another page.
    own, twin, other = norms_of([("Округ", "vk", 3), ("Округ", "telegram", 1), ("Школа", "ok", 1)], days)
    assert [one.title for one in (own, twin, other)] == ["Округ (ВК)", "Округ (Телеграм)", "Школа"]
    assert (own.planned, own.lacks, other.planned, other.lacks) == (2, 1, 0, 1) and own.network == "ВК"
    assert (twin.planned, twin.lacks) == (0, 1)


def test_it_has_an_icon_for_each_state_and_a_whole_line_of_paper() -> None:
    assert ICONS.keys() == POST_STATES.keys()
    assert sum(WIDTHS) == 100


@pytest.mark.parametrize(
    ("about", "words", "link"),
    [
        ("risk:12", "Информационный риск", "/risks/12/"),
        ("analysis:planned:4", "Предложение из анализа: что будет сделано", "/content/ideas/"),
        ("", "", ""),
        ("unknown:1", "", ""),
    ],
)
def test_it_says_what_a_material_is_about(about: str, words: str, link: str) -> None:
    assert (about_words(about), about_link(about)) == (words, link)


def test_it_shows_a_version_as_its_network_does() -> None:
    page = OfficialPage(title="Округ", network="vk")
    long = look_of(page, "Вода. " * 100, None)
    assert long.rest and len(long.seen) <= 280 and long.long == 599 and not long.over
    assert any("до «ещё»" in words.lower() for words in long.hints)
    short = look_of(page, "Подробности: https://okrug.example/voda, звоните +7 900 123-45-67", None)
    assert short.link is not None and short.link.site == "okrug.example" and not short.link.is_read
    assert any("телефон" in words for words in short.hints)
    assert look_of(OfficialPage(title="Телеграм", network="telegram"), "а" * 5000, None).over == 904
    assert fold("слово " * 3, 8) == ("слово", " слово слово ")
