"""Exact tables of what is drawn: marked text, the opening sentence, the ruler, the SQL of the two busiest screens."""

from collections.abc import Callable
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from otklik.accounts.models import User
from otklik.cases.models import Case
from otklik.common.words import NBSP
from otklik.deadlines.calendar import WorkCalendar
from otklik.desk.letter import Asked, pieces_of
from otklik.desk.ruler import draw_ruler
from otklik.desk.views.day import opening
from tests.town import Town

ZONE = ZoneInfo("Europe/Moscow")


def test_it_cuts_the_text_at_masks_questions_and_deciding_words() -> None:
    text = "Не горят фонари. Когда включат? Звоните [телефон]."
    pieces = pieces_of(text, [Asked(1, 17, 31)], ["фонари"])
    assert "".join(piece.text for piece in pieces) == text
    assert [piece.mask for piece in pieces if piece.mask] == ["телефон"]
    assert [piece.text for piece in pieces if piece.decided] == ["фонари"]
    assert [(piece.text, piece.number) for piece in pieces if piece.number] == [("Когда включат?", 1)]


def test_a_bracket_that_is_no_mask_stays_text() -> None:
    assert all(not piece.mask for piece in pieces_of("Дом [желтый] стоит", [], []))


@pytest.mark.parametrize(
    ("numbers", "said"),
    [
        ((3, 6, 4), "Три срока нарушены, шесть истекают сегодня. Вашего слова ждут четыре ответа"),
        ((1, 0, 0), "Один срок нарушен"),
        ((0, 2, 1), "Два срока истекают сегодня. Вашего слова ждёт один ответ"),
        ((0, 0, 5), "Вашего слова ждут пять ответов"),
        ((33, 0, 0), "33 срока нарушены"),
        ((0, 0, 0), ""),
    ],
)
def test_the_opening_sentence_agrees(numbers: tuple[int, int, int], said: str) -> None:
    pieces = opening(*numbers)
    assert "".join(piece.get("before", "") + piece["text"] for piece in pieces).replace(NBSP, " ") == said


def test_the_ruler_puts_each_clock_where_it_belongs() -> None:
    now = datetime(2026, 10, 20, 9, 42, tzinfo=ZONE)
    clocks = [
        (datetime(2026, 10, 19, 12, 0, tzinfo=ZONE), "fz59.review_days"),
        (datetime(2026, 10, 20, 15, 0, tzinfo=ZONE), "im.first_answer_hours"),
        (datetime(2026, 10, 22, 17, 0, tzinfo=ZONE), "deadline.draft_days"),
    ]
    ruler = draw_ruler(clocks, now, WorkCalendar({}))
    assert (ruler.late.number, ruler.today_number) == (1, 1)
    assert [day.number for day in ruler.days] == [0, 1, 0, 0, 0, 0, 0]
    assert ruler.days[1].squares[0].is_inner
    assert not ruler.late.squares[0].is_inner
    assert ruler.spoken.startswith("Просрочено 1")


BUDGETS = {"list": 10, "card": 15}


@pytest.mark.parametrize("name", BUDGETS)
def test_the_busiest_screens_keep_their_budget_of_sql(
    name: str, case: Case, town: Town, enter: Callable[[User], Client]
) -> None:
    client = enter(town.vera)
    address = reverse(f"desk:{name}", args=[case.number] if name == "card" else [])
    client.get(address)
    with CaptureQueriesContext(connection) as asked:
        client.get(address)
    work = [one["sql"] for one in asked if not one["sql"].startswith(("SAVEPOINT", "RELEASE"))]
    assert len(work) <= BUDGETS[name], "\n".join(work)
